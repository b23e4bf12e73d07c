package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What settings imply, asked before there is an experiment.
final class PreviewsIT {

    private static final String PREVIEWS = "/v1/previews";

    @Test
    void preview_usualSettings_saysWhatItTakesAndStoresNothing() {
        try (Site site = Site.fresh()) {
            Api api = site.node();
            JsonObject asked = asked("wanted");

            JsonObject found = api.post(PREVIEWS, asked.encode()).with(200).json();

            // 53,208 of each arm (see YieldTest), two arms, 5 % held out.
            assertThat(found.getJsonArray("perArm").getJsonObject(0).getDouble("units"))
                    .isEqualTo(53_208);
            assertThat(found.getDouble("unitsNeeded")).isBetween(112_016.0, 112_018.0);
            assertThat(found.getDouble("daysNeeded")).isBetween(22.40, 22.41);
            // The same sums of squares by hand: 2.801585 x sqrt(0.97 / 0.03 x (1 / 7,000 + 1 / 133,000)).
            JsonObject provable =
                    found.getJsonObject("holdout").getJsonArray("detectable").getJsonObject(2);
            assertThat(provable.getDouble("effect")).isBetween(0.1953, 0.1954);
            assertThat(fields(found.getJsonArray("warnings"), "field")).containsExactly("holdout");
            assertThat(api.post(PREVIEWS, asked.encode()).with(200).json()).isEqualTo(found);
            assertThat(api.get("/v1/experiments/wanted").status()).isEqualTo(404);
        }
    }

    @Test
    void preview_whatCannotBeCreated_isRefusedInTheSameWords() {
        try (Site site = Site.fresh()) {
            Api api = site.node();
            JsonObject broken = Definitions.of("b", "a", "a").put("floor", 0.9).put("colour", "red");
            JsonArray created = api.post("/v1/experiments", broken.encode())
                    .with(422)
                    .json()
                    .getJsonArray("errors");
            broken.put("traffic", new JsonObject().put("unitsPerDay", 0));

            JsonArray previewed =
                    api.post(PREVIEWS, broken.encode()).with(422).json().getJsonArray("errors");

            assertThat(previewed.stream().limit(created.size()).toList())
                    .isEqualTo(created.stream().toList());
            assertThat(fields(previewed, "field")).hasSize(created.size() + 1).contains("traffic.unitsPerDay");
        }
    }

    @Test
    void preview_revenueWithoutAnOrder_namesWhatIsMissing() {
        try (Site site = Site.fresh()) {
            JsonObject asked = asked("income");
            asked.getJsonObject("objective").put("kind", "revenue").put("currency", "EUR");

            JsonArray errors =
                    site.node().post(PREVIEWS, asked.encode()).with(422).json().getJsonArray("errors");

            assertThat(fields(errors, "field")).containsExactly("traffic.orderValue");
        }
    }

    @Test
    void preview_moreThanMayWait_areToldToComeBack() {
        try (Site site = Site.fresh()) {
            Api api = site.node(Map.of("BANDOLIER_PREVIEWS_MAX", "1"));

            List<CompletableFuture<Api.Answer>> asked = IntStream.range(0, 12)
                    .mapToObj(each -> CompletableFuture.supplyAsync(
                            () -> api.post(PREVIEWS, asked("many").encode()), Thread::startVirtualThread))
                    .toList();
            List<Api.Answer> answers =
                    asked.stream().map(CompletableFuture::join).toList();

            assertThat(answers)
                    .extracting(Api.Answer::status)
                    .contains(200, 503)
                    .containsOnly(200, 503);
            assertThat(answers.stream().filter(each -> each.status() == 503))
                    .allMatch(each -> each.header("retry-after").isPresent());
        }
    }

    private static JsonObject asked(String key) {
        JsonObject asked = Definitions.of(key, "a", "b")
                .put("holdout", 0.05)
                .put("traffic", new JsonObject().put("unitsPerDay", 5_000).put("baseline", 0.03));
        asked.getJsonObject("objective").put("baseline", 0.03);
        return asked;
    }

    private static List<String> fields(JsonArray listed, String name) {
        return listed.stream().map(each -> ((JsonObject) each).getString(name)).toList();
    }
}
