package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A report says of itself what it cannot say yet, and whether it can be trusted at the moment.
final class SanityIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void report_beforeAnythingHasMatured_claimsNothing() {
        api.start(
                Definitions.counting("early", Definitions.of("early", "a", "b")).put("holdout", 0.1));

        JsonObject report = report("early");

        JsonObject claims = report.getJsonObject("claims");
        assertThat(claims.getLong("units")).isZero();
        for (Object each : claims.getJsonArray("arms")) {
            JsonObject claim = (JsonObject) each;
            assertThat(claim.getLong("units")).isZero();
            for (String field : new String[] {"observed", "value", "covered", "lift", "stabilised", "anytime"}) {
                assertThat(claim.containsKey(field)).as(field).isTrue();
                assertThat(claim.getValue(field)).as(field).isNull();
            }
        }
        JsonObject holdout = claims.getJsonObject("holdout");
        assertThat(holdout.getLong("units")).isZero();
        assertThat(holdout.getValue("rate")).isNull();
        assertThat(holdout.getValue("uplift")).isNull();
        assertThat(holdout.getValue("detectable")).isNull();
        JsonObject money = report.getJsonObject("money");
        assertThat(money.getDouble("earned")).isZero();
        assertThat(money.getValue("currency")).isNull();
        assertThat(money.getValue("uniform")).isNull();
        assertThat(money.getValue("control")).isNull();
        JsonObject first = report.getJsonArray("traffic").getJsonObject(0);
        assertThat(first.getJsonObject("all").getLong("units")).isZero();
        assertThat(first.getJsonObject("all").getValue("share")).isNull();
        JsonObject advice = report.getJsonObject("advice");
        assertThat(advice.getString("kind")).isEqualTo("keep-going");
        assertThat(advice.getString("sentence"))
                .isEqualTo("No visitor has been shown an arm yet, so there is nothing to say.");
        assertThat(report.getJsonObject("sanity").getJsonObject("sampleRatio").getString("state"))
                .isEqualTo("too-early");
        assertThat(report.getJsonObject("sanity").getJsonObject("feed").getValue("last"))
                .isNull();
    }

    @Test
    void density_ofEveryArm_isACurveThatReachesOne() {
        api.start(Definitions.counting("curve", Definitions.of("curve", "a", "b")));

        for (Object each : report("curve").getJsonArray("arms")) {
            JsonObject density = ((JsonObject) each).getJsonObject("density");
            assertThat(density.getDouble("from")).isLessThan(density.getDouble("to"));
            assertThat(density.getJsonArray("values")).hasSize(64);
            assertThat(density.getJsonArray("values").stream().mapToDouble(value -> ((Number) value).doubleValue()))
                    .allMatch(height -> height >= 0 && height <= 1)
                    .contains(1.0);
        }
    }

    @Test
    void oneLiveArm_leavesNothingToCompare() {
        api.start(Definitions.counting("alone", Definitions.of("alone", "a", "b")));
        api.command("alone/arms/b/pause");
        Eventually.holds(
                "b is paused",
                SOON,
                () -> report("alone").getJsonObject("advice").getString("kind").equals("nothing-to-compare"));

        JsonObject advice = report("alone").getJsonObject("advice");

        assertThat(advice.getValue("arm")).isNull();
        assertThat(advice.getJsonArray("checks").getJsonObject(2).getValue("value"))
                .isNull();
    }

    @Test
    void verdictsInForce_areWhatMakesNumbersOdd() {
        try (Site planted = Site.fresh()) {
            Api other = planted.node();
            new Planted(planted.sql()).withoutLearner();
            other.start(Definitions.counting("odd", Definitions.of("odd", "a", "b")));
            new Planted(planted.sql()).verdicts("odd", Planted.EVERY_KIND);
            Eventually.holds(
                    "the verdicts are shown",
                    SOON,
                    () -> other.get("/v1/experiments/odd/report").text().contains("ratio-broken"));

            JsonObject report =
                    other.get("/v1/experiments/odd/report").with(200).json();

            JsonObject sanity = report.getJsonObject("sanity");
            assertThat(sanity.getJsonObject("sampleRatio").getString("state")).isEqualTo("odd");
            assertThat(sanity.getJsonObject("sampleRatio").getDouble("evidence"))
                    .isBetween(3.49, 3.491);
            assertThat(sanity.getJsonObject("sampleRatio").getDouble("threshold"))
                    .isEqualTo(100);
            assertThat(sanity.getJsonObject("feed").getString("state")).isEqualTo("silent");
            assertThat(report.getJsonObject("money").getJsonObject("budget"))
                    .isEqualTo(new JsonObject("{\"agreed\":120.0,\"spent\":2.5,\"left\":117.5,\"paused\":false}"));
        }
    }

    @Test
    void conversionsThatWait_areCountedAsSuch_andQuarantinedOnesToo() {
        api.start(Definitions.counting("wait", Definitions.of("waiting", "a", "b")));
        api.decide("waiting", "u0");
        report(1, 0);
        site.books().settled();
        Eventually.holds(
                "the first is told", SOON, () -> sanity().getJsonObject("feed").getString("last") != null);
        String lease = "update leases set holder = gen_random_uuid(), until = 'infinity' where name = 'attribute'";
        assertThat(site.sql().update(lease)).isEqualTo(1);

        report(3, 1);

        Eventually.holds("three wait", SOON, () -> sanity().getLong("unattributed") == 3);
        assertThat(sanity().getJsonObject("lag").getDouble("seconds")).isPositive();
        site.sql().update("update leases set until = now() where name = 'attribute'");
        site.books().settled();
        Eventually.holds("none waits", SOON, () -> sanity().getLong("unattributed") == 0);
        assertThat(sanity().getJsonObject("lag").getDouble("seconds")).isZero();

        api.post("/v1/quarantines", "{\"source\":\"api\",\"reason\":\"test\"}").with(201);
        site.books().settled();
        JsonObject quarantined = new JsonObject("{\"sources\":1,\"origins\":0,\"conversions\":4}");
        Eventually.holds(
                "all four are quarantined",
                SOON,
                () -> sanity().getJsonObject("quarantined").equals(quarantined));
    }

    private static void report(int conversions, int from) {
        JsonArray reports = new JsonArray();
        for (int i = from; i < from + conversions; i++) {
            reports.add(new JsonObject()
                    .put("id", "wait-" + i)
                    .put("metric", "wait")
                    .put("unit", "u0"));
        }
        api.report(reports).with(202);
    }

    private static JsonObject sanity() {
        return report("waiting").getJsonObject("sanity");
    }

    private static JsonObject report(String experiment) {
        return api.get("/v1/experiments/" + experiment + "/report").with(200).json();
    }
}
