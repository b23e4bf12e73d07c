package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The forgery that an under-sampled arm invites: conversions with sound decision tokens, all from one origin, that
/// would make a loser the winner. What they are worth is bounded at once, and then they are taken back.
final class ForgeryIT {

    private static final int VISITORS = 3_000;
    private static final Duration SOON = Duration.ofSeconds(40);

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void shop() {
        site = Site.fresh();
        api = site.node();
        JsonObject definition = Definitions.of("hero", "classic", "video", "loser")
                .put(
                        "policy",
                        new JsonObject()
                                .put("kind", "fixed")
                                .put(
                                        "shares",
                                        new JsonObject()
                                                .put("classic", 0.45)
                                                .put("video", 0.45)
                                                .put("loser", 0.1)));
        api.start(definition);
    }

    @Test
    void twentyForgedConversions_ofOneOrigin_moveNothing() {
        Map<String, List<JsonObject>> byArm = visitors();
        report("classic", byArm, 0.05, this::honest);
        report("video", byArm, 0.065, this::honest);
        report("loser", byArm, 0.035, this::honest);
        site.books().settled();
        Eventually.holds(
                "beliefs know of all conversions",
                SOON,
                () -> told() == site.sql().number("select count(*) from conversions"));
        Map<String, Double> before = best();
        List<String> counters = site.books().stored("hero");

        // Twenty of the loser's visitors who have not converted, each with the token of their own decision.
        List<JsonObject> victims = byArm.get("loser").subList(100, 120);
        JsonArray forged = new JsonArray();
        victims.forEach(each -> forged.add(conversion(each, "forged").put("origin", "203.0.113.0/24")));
        api.report(forged).with(202);

        Eventually.holds(
                "the origin is under quarantine", SOON, () -> !quarantines().isEmpty());
        Eventually.holds(
                "what it reported is taken back",
                SOON,
                () -> site.sql().number("select count(*) from conversions where outcome = 'quarantined'") == 20);
        site.books().settled();
        Eventually.holds("beliefs are what they were", SOON, () -> moved(before) < 0.02);
        assertThat(site.books().stored("hero")).as("counters, bit for bit").isEqualTo(counters);
        assertThat(api.get("/v1/audit?experiment=hero").json().encode()).contains("origin-quarantined");
        assertThat(verdicts()).contains("origin-quarantined");
        assertThat(site.sql().number("select count(*) from conversions where origin::text like '%203.0%'"))
                .isZero();

        // A person who knows better releases it; more than a few a day still do not count.
        long id = quarantines().getJsonObject(0).getLong("id");
        api.send("DELETE", "/v1/quarantines/" + id, BodyPublishers.noBody()).with(204);
        Eventually.holds(
                "what is within the cap counts", SOON, () -> forged("credited") == 3 && forged("capped") == 17);
        Eventually.holds("the verdict is over", SOON, () -> !verdicts().contains("origin-quarantined"));
        Eventually.pause(Duration.ofSeconds(8));
        assertThat(quarantines()).as("nobody overrules that person").isEmpty();
    }

    private static long forged(String outcome) {
        return site.sql()
                .number("select count(*) from conversions where event_id like 'forged%' and outcome = ?", outcome);
    }

    private static double moved(Map<String, Double> before) {
        Map<String, Double> now = best();
        return before.keySet().stream()
                .mapToDouble(arm -> Math.abs(now.get(arm) - before.get(arm)))
                .max()
                .orElseThrow();
    }

    private static Map<String, List<JsonObject>> visitors() {
        List<String> units = Crowd.units("v-", VISITORS);
        return Crowd.each(8, units, unit -> api.decide("hero", unit).put("unit", unit)).stream()
                .collect(Collectors.groupingBy(each -> each.getString("arm")));
    }

    private interface Teller {
        JsonObject of(JsonObject answer, int number);
    }

    private JsonObject honest(JsonObject answer, int number) {
        return conversion(answer, "order").put("origin", "198.51.100." + number);
    }

    /// The first visitors of an arm convert, as many as its rate says.
    private static void report(String arm, Map<String, List<JsonObject>> byArm, double rate, Teller teller) {
        List<JsonObject> answers = byArm.get(arm);
        JsonArray conversions = new JsonArray();
        IntStream.range(0, Math.toIntExact(Math.round(rate * answers.size())))
                .forEach(i -> conversions.add(teller.of(answers.get(i), conversions.size() + arm.length() * 1_000)));
        api.report(conversions).with(202);
    }

    private static JsonObject conversion(JsonObject answer, String kind) {
        return new JsonObject()
                .put("id", kind + " of " + answer.getString("unit"))
                .put("metric", "purchase")
                .put("decision", answer.getString("decision"));
    }

    private static Map<String, Double> best() {
        Map<String, Double> best = new HashMap<>();
        report().getJsonArray("arms").stream()
                .map(JsonObject.class::cast)
                .forEach(arm -> best.put(arm.getString("arm"), arm.getDouble("best")));
        return best;
    }

    private static long told() {
        return report().getJsonArray("arms").stream()
                .map(JsonObject.class::cast)
                .mapToLong(arm -> arm.getLong("conversions"))
                .sum();
    }

    private static JsonArray quarantines() {
        return api.get("/v1/quarantines").json().getJsonArray("quarantines");
    }

    private static List<String> verdicts() {
        List<String> kinds = new ArrayList<>();
        report().getJsonObject("guardrails").getJsonObject("guard").getJsonArray("verdicts").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> kinds.add(each.getString("kind")));
        return kinds;
    }

    private static JsonObject report() {
        return api.get("/v1/experiments/hero/report").json();
    }
}
