package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportsTest {

    /// What is kept is bounded in bytes, so each report must weigh what is in it, wherever it stands.
    @Test
    void bytes_ofAReport_growWithEveryNumberInIt() {
        List<Double> density = Collections.nCopies(64, 0.5);
        JsonObject arm = new JsonObject().put("arm", "a").put("density", new JsonObject().put("values", density));
        JsonObject small = new JsonObject().put("arms", new JsonArray().add(arm));
        JsonArray many = new JsonArray();
        for (int i = 0; i < 100; i++) {
            many.add(arm);
        }
        JsonObject large = new JsonObject().put("segments", new JsonArray().add(new JsonObject().put("arms", many)));

        assertThat(Reports.bytes(small)).isBetween(64 * 16, 64 * 40);
        assertThat(Reports.bytes(large)).isBetween(95 * Reports.bytes(small), 105 * Reports.bytes(small));
    }
}
