package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.Platforms.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a sample would become is shown as it would be, and leaves nothing behind.
final class DryRunIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        api.start(Definitions.of("shop", "a", "b"));
        api.start(Definitions.of("elsewhere", "a", "b"));
        api.decide("shop", "visitor");
        for (Platforms each : Platforms.values()) {
            each.setUp(api);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sampleOfAnOrder_isShownAsItWouldBe(Platforms platform) {
        Message order = platform.order(1, "visitor", Instant.now());

        JsonObject answer = rehearse(platform, order, order.headers(), false);

        assertThat(answer.getString("signature")).as(answer.encode()).isEqualTo("not-checked");
        assertThat(answer.containsKey("refused")).isFalse();
        JsonObject item = answer.getJsonArray("items").getJsonObject(0);
        assertThat(item.getString("status")).as(item.encode()).isEqualTo("accepted");
        assertThat(item.getString("id")).isEqualTo(platform.id(1));
        JsonObject conversion = item.getJsonObject("conversion");
        assertThat(conversion.getString("metric")).isEqualTo("purchase");
        assertThat(conversion.getString("unit")).isEqualTo("visitor");
        assertThat(new BigDecimal(conversion.getString("value"))).isEqualByComparingTo("49.90");
        assertThat(conversion.getString("currency")).isEqualTo("EUR");
        assertThat(would(item, "shop").getString("would")).isEqualTo("earn");
        assertThat(would(item, "elsewhere").getString("would")).isEqualTo("not");
        assertThat(would(item, "elsewhere").getString("reason")).startsWith("unit: ");
    }

    @ParameterizedTest
    @EnumSource
    void signatureOfARawSample_isChecked(Platforms platform) {
        Message order = platform.order(2, "visitor", Instant.now());
        List<String> headers = platform.sign(order, Instant.now());

        assertThat(rehearse(platform, order, headers, true).getString("signature"))
                .isEqualTo("verified");
        JsonObject forged = rehearse(platform, order.with(order.body() + " "), headers, true);
        assertThat(forged.getString("signature")).isEqualTo("signature-wrong");
        assertThat(forged.getJsonObject("refused").getString("fix")).isNotEmpty();
        assertThat(forged.getJsonArray("items")).hasSize(1);
    }

    @Test
    void sample_thatCannotBeRead_saysWhy() {
        JsonObject answer = rehearse(Platforms.STRIPE, new Message("order=1"), List.of(), true);

        assertThat(answer.getJsonObject("refused").getString("reason")).isEqualTo("malformed");
        assertThat(answer.getJsonArray("items")).isEmpty();
        api.post("/v1/sources/stripe/dry-run", "{}").with(422);
        api.post("/v1/sources/nobody/dry-run", "{\"body\":{}}").with(404);
        JsonObject unsound =
                rehearse(Platforms.JSON, new Message("{\"metric\":\"purchase\",\"id\":\"1\"}"), List.of(), false);
        assertThat(unsound.getJsonArray("items").getJsonObject(0).getString("status"))
                .isEqualTo("refused");
        assertThat(unsound.getJsonArray("items").getJsonObject(0).getString("field"))
                .isEqualTo("unit");
    }

    @Test
    void rehearsals_leaveNothing() {
        Message order = Platforms.JSON.order(3, "visitor", Instant.now());
        rehearse(Platforms.JSON, order, Platforms.JSON.sign(order, Instant.now()), true);
        rehearse(Platforms.JSON, order.with("{}"), Platforms.JSON.sign(order, Instant.now()), true);
        // Longer than what came in waits to be written down.
        Eventually.pause(Duration.ofMillis(2_500));

        assertThat(site.sql().number("select count(*) from conversions")).isZero();
        assertThat(site.sql().number("select count(*) from receipts")).isZero();
        assertThat(site.sql().number("select count(*) from refusals")).isZero();
    }

    private static JsonObject would(JsonObject item, String experiment) {
        JsonArray attribution = item.getJsonArray("attribution");
        return attribution.stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("experiment").equals(experiment))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject rehearse(Platforms platform, Message message, List<String> headers, boolean raw) {
        JsonObject named = new JsonObject();
        for (int i = 0; i < headers.size(); i += 2) {
            named.put(headers.get(i), headers.get(i + 1));
        }
        JsonObject request = new JsonObject()
                .put("headers", named)
                .put("body", raw ? message.body() : new JsonObject(message.body()));
        return api.post("/v1/sources/" + platform.kind() + "/dry-run", request.encode())
                .with(200)
                .json();
    }
}
