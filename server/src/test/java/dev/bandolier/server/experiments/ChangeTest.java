package dev.bandolier.server.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.DefinitionJson;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a change leaves out stays as it is.
final class ChangeTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void arm_withoutStatus_keepsTheOneThatItHas() {
        assertThat(changed("""
            {"arms":[{"key":"a","control":true},{"key":"b","payload":{"text":"new"}},{"key":"c"},{"key":"d"}]}
            """)).containsExactly(Arm.Status.LIVE, Arm.Status.PAUSED, Arm.Status.LIVE, Arm.Status.LIVE);
    }

    @Test
    void arm_withStatus_hasIt() {
        assertThat(changed("""
            {"arms":[{"key":"a","control":true},{"key":"b","status":"live"},{"key":"c","status":"paused"}]}
            """)).containsExactly(Arm.Status.LIVE, Arm.Status.LIVE, Arm.Status.PAUSED);
    }

    private static List<Arm.Status> changed(String fields) {
        Experiment before =
                new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, NOON, DefinitionJson.read(new JsonObject("""
                    {"key":"hero","objective":{"metric":"purchase"},"arms":[
                     {"key":"a","control":true},{"key":"b","status":"paused"},{"key":"c"}]}
                    """)));
        return new Change(new JsonObject(fields))
                .of(before).arms().stream().map(Arm::status).toList();
    }
}
