package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What happened before reports are read: five experiments, round by round of units that ask, convert and are learned
/// from.
///
/// @param site where they are
/// @param then the node that decided
record ClaimsRounds(Site site, Api then) {

    private static final int CALLERS = 4;

    /// Share of the units of each arm that buy; `c` is the best by far, so that shares move.
    private static final Map<String, Double> RATES = Map.of("a", 0.25, "b", 0.3, "c", 0.6);

    /// What is counted in each experiment.
    static final Map<String, String> METRICS =
            Map.of("rates", "buy", "spending", "spend", "requests", "click", "mixed", "order", "moving", "sign");

    /// All of it.
    void play() {
        rates();
        spending();
        requests();
        mixed();
        moving();
    }

    /// Visitors on two devices; asks that exclude or choose arms; an arm that is paused for a while.
    private void rates() {
        JsonObject definition = guarded(Definitions.counting("buy", Definitions.of("rates", "a", "b", "c")))
                .put("holdout", 0.2)
                .put("segments", new JsonObject("{\"attribute\":\"device\",\"values\":[\"mobile\",\"desktop\"]}"));
        then.start(definition);
        for (int round = 0; round < 6; round++) {
            if (round == 2 || round == 3) {
                then.command("rates/arms/" + (round == 2 ? "b/pause" : "b/resume"));
            }
            int n = round;
            play("rates", "r" + round + "-", (ask, random) -> {
                ask.put("context", new JsonObject().put("device", random.nextBoolean() ? "mobile" : "desktop"));
                switch (random.nextInt(5)) {
                    case 0 -> ask.put("eligible", new JsonArray().add("a").add("c"));
                    case 1 -> ask.put("exclude", new JsonArray().add(n % 2 == 0 ? "a" : "c"));
                    default -> {}
                }
            });
        }
    }

    private void spending() {
        JsonObject definition = guarded(Definitions.counting("spend", Definitions.of("spending", "a", "b", "c")));
        definition.getJsonObject("objective").put("kind", "revenue").put("cap", "80.00");
        then.start(definition);
        for (int round = 0; round < 4; round++) {
            play("spending", "s" + round + "-", (ask, random) -> {
                if (random.nextInt(4) == 0) {
                    ask.put("eligible", new JsonArray().add("a").add("b"));
                }
            });
        }
    }

    /// Thirty units that come again and again.
    private void requests() {
        JsonObject definition = guarded(Definitions.counting("click", Definitions.of("requests", "a", "b", "c")))
                .put("sticky", "none")
                .put("holdout", 0.2);
        definition.getJsonObject("objective").put("kind", "count").put("baseline", 0.5);
        then.start(definition);
        for (int round = 0; round < 3; round++) {
            play("requests", "q" + round + "-", (ask, random) -> {});
        }
    }

    private void mixed() {
        then.start(guarded(Definitions.counting(METRICS.get("mixed"), Definitions.of("mixed", "a", "b", "c"))));
        play("mixed", "m0-", (ask, random) -> {});
        play("mixed", "m1-", (ask, random) -> {});
    }

    /// Nobody is held out while all sell well; then some are, and at last more while all sell badly.
    private void moving() {
        then.start(guarded(Definitions.counting(METRICS.get("moving"), Definitions.of("moving", "a", "b", "c"))));
        play("moving", "sale-0-", (ask, random) -> {});
        redefine("moving", 0.3);
        play("moving", "sale-1-", (ask, random) -> {});
        play("moving", "sale-2-", (ask, random) -> {});
        redefine("moving", 0.6);
        play("moving", "dull-3-", (ask, random) -> {});
        play("moving", "dull-4-", (ask, random) -> {});
    }

    private void redefine(String experiment, double holdout) {
        String path = "/v1/experiments/" + experiment;
        long revision = then.get(path).with(200).json().getLong("revision");
        then.patch(path, "\"" + revision + "\"", new JsonObject().put("holdout", holdout))
                .with(200);
    }

    private static JsonObject guarded(JsonObject definition) {
        return definition
                .put("warmUp", 0)
                .put("floor", 0.05)
                .put(
                        "guardrails",
                        new JsonObject("{\"harm\":\"off\",\"feed\":false,\"budget\":\"off\",\"ramp\":\"none\"}"));
    }

    private interface Asking {
        void narrow(JsonObject ask, Random random);
    }

    /// A round of units, what they earn, and the learning that follows.
    private void play(String experiment, String prefix, Asking asking) {
        Random random = new Random((experiment + prefix).hashCode());
        List<JsonObject> asks = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            String unit = experiment.equals("requests") ? "same-" + i % 30 : prefix + i;
            JsonObject ask = new JsonObject().put("experiment", experiment).put("unit", unit);
            asking.narrow(ask, random);
            asks.add(ask);
        }
        List<JsonObject> answers = Crowd.each(CALLERS, asks, then::decide);
        String metric = METRICS.get(experiment);
        JsonArray conversions = new JsonArray();
        for (int i = 0; i < answers.size(); i++) {
            JsonObject answer = answers.get(i);
            for (int n = 0; n < 2 && answer.containsKey("decision"); n++) {
                double season = prefix.startsWith("dull") ? 0.4 : 1;
                if (random.nextDouble() < season * RATES.get(answer.getString("arm"))) {
                    String id = experiment + "-" + prefix + i + "-" + n;
                    JsonObject bought = new JsonObject()
                            .put("id", id)
                            .put("metric", metric)
                            .put("decision", answer.getString("decision"))
                            .put("value", 20 + random.nextInt(60) + ".50")
                            .put("currency", "EUR");
                    conversions.add(bought);
                    if (random.nextInt(6) == 0) {
                        conversions.add(new JsonObject()
                                .put("id", id + "-back")
                                .put("metric", metric)
                                .put("reverses", id));
                    }
                }
            }
        }
        then.report(conversions).with(202);
        site.books().settled();
    }
}
