package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Reports and snapshots carry what was counted, what is believed and what follows, whatever is earned.
final class ReportIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void report_ofADraft_is409AndSaysStartIt() {
        api.post("/v1/experiments", Definitions.of("draft", "a", "b").encode()).with(201);

        assertThat(api.get("/v1/experiments/draft/report").with(409).json().getString("detail"))
                .contains("start it");
    }

    @Test
    void report_ofAnExperimentJustStarted_saysThatNothingIsKnown() {
        api.start(Definitions.of("fresh", "a", "b", "c"));

        JsonObject report = report("fresh");

        assertThat(report.getString("phase")).isEqualTo("warming-up");
        assertThat(report.getValue("decision")).as("nobody leads by chance").isNull();
        JsonObject b = arm(report, "b");
        assertThat(b.getDouble("best")).isCloseTo(1.0 / 3, Offset.offset(1e-6));
        assertThat(b.getDouble("aboveControl")).isCloseTo(0.5, Offset.offset(1e-6));
        assertThat(b.getJsonObject("lift").getDouble("median")).isCloseTo(0, Offset.offset(1e-3));
        assertThat(arm(report, "a").fieldNames()).doesNotContain("aboveControl", "shortfall", "lift");
    }

    @Test
    void report_ofAPausedArm_comparesItWithControlAndNotForTheBest() {
        api.start(Definitions.of("paused", "a", "b", "c"));
        api.decide("paused", "somebody");
        Eventually.holds("it is counted", SOON, () -> report("paused").getValue("decision") != null);
        api.command("paused/arms/c/pause");
        awaitArm("paused", "c", arm -> arm.getDouble("best") == 0 && arm.getDouble("share") == 0);

        JsonObject c = arm(report("paused"), "c");

        assertThat(c.getString("status")).isEqualTo("paused");
        assertThat(c.containsKey("expectedLoss")).isFalse();
        assertThat(c.getDouble("aboveControl")).isBetween(0.3, 0.7);
        api.command("paused/arms/a/pause");
        api.command("paused/arms/b/pause");
        assertThat(report("paused").getValue("decision")).isNull();
    }

    @Test
    void revenue_ofSegments_isReportedInTheCurrencyAndBySegment() {
        JsonObject definition = Definitions.counting("spent", Definitions.of("spend", "a", "b"))
                .put("warmUp", 0)
                .put("segments", new JsonObject("{\"attribute\":\"device\",\"values\":[\"mobile\",\"desktop\"]}"));
        definition.getJsonObject("objective").put("kind", "revenue").put("cap", "50.00");
        api.start(definition);
        buy("spend", "spent", "mobile", 40, "80.00");
        buy("spend", "spent", "desktop", 20, "10.00");
        site.books().settled();
        awaitArm("spend", "a", arm -> true);
        Eventually.holds("all is reported", SOON, () -> counted(report("spend").getJsonArray("arms")) == 60);

        JsonObject report = report("spend");

        long mobile = counted(report.getJsonArray("segments").getJsonObject(0).getJsonArray("arms"));
        assertThat(mobile).isEqualTo(40);
        double value = sum(report, "value");
        double raw = sum(report, "raw");
        assertThat(value).isEqualTo(40 * 50 + 20 * 10.0);
        assertThat(raw).isEqualTo(40 * 80 + 20 * 10.0);
        JsonObject posterior = arm(report, "a").getJsonObject("posterior");
        assertThat(posterior.getString("kind")).isEqualTo("revenue");
        // Every unit bought for 10 or 50 euros, so a unit is worth euros and not cents.
        assertThat(posterior.getDouble("mean")).isBetween(1.0, 60.0);
        assertThat(posterior.getDouble("lower")).isLessThan(posterior.getDouble("mean"));
        assertThat(report.getDouble("dispersion")).isPositive();
        assertThat(report.containsKey("kappa")).isTrue();
        JsonObject shown = api.get("/v1/experiments/spend").with(200).json().getJsonObject("standing");
        assertThat(shown.getJsonArray("segments")).hasSize(2);
        assertThat(shown.getJsonArray("arms").getJsonObject(0).getString("value"))
                .isEqualTo(report.getJsonArray("arms").getJsonObject(0).getString("value"));
    }

    @Test
    void counts_areReportedWithAGammaBeliefAndTheirDispersion() {
        JsonObject definition =
                Definitions.counting("view", Definitions.of("views", "a", "b")).put("warmUp", 0);
        definition.getJsonObject("objective").put("kind", "count").put("baseline", 3);
        api.start(definition);
        buy("views", "view", "mobile", 20, "1.00");
        buy("views", "view", "mobile", 20, "1.00");
        site.books().settled();
        Eventually.holds("all is reported", SOON, () -> orders(report("views")) == 40);

        JsonObject report = report("views");

        assertThat(arm(report, "a").getJsonObject("posterior").getString("kind"))
                .isEqualTo("gamma");
        assertThat(report.containsKey("dispersion")).isTrue();
        assertThat(report.getJsonObject("delay").getBoolean("estimated")).isFalse();
    }

    /// So many units of a device ask, and each reports one conversion of this value.
    private static void buy(String experiment, String metric, String device, int units, String value) {
        JsonArray reports = new JsonArray();
        for (String unit : Crowd.units(experiment + "-" + device + "-", units)) {
            api.decide(new JsonObject()
                    .put("experiment", experiment)
                    .put("unit", unit)
                    .put("context", new JsonObject().put("device", device)));
            reports.add(new JsonObject()
                    .put("metric", metric)
                    .put("unit", unit)
                    .put("value", value)
                    .put("currency", "EUR"));
        }
        api.report(reports).with(202);
    }

    private static JsonObject report(String experiment) {
        return api.get("/v1/experiments/" + experiment + "/report").with(200).json();
    }

    private static void awaitArm(String experiment, String arm, Predicate<JsonObject> condition) {
        Eventually.holds("arm " + arm, SOON, () -> condition.test(arm(report(experiment), arm)));
    }

    private static JsonObject arm(JsonObject report, String key) {
        return objects(report.getJsonArray("arms")).stream()
                .filter(each -> each.getString("arm").equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static long counted(JsonArray arms) {
        return objects(arms).stream()
                .mapToLong(each -> each.getLong("conversions"))
                .sum();
    }

    private static long orders(JsonObject report) {
        return objects(report.getJsonArray("arms")).stream()
                .mapToLong(each -> each.getLong("orders"))
                .sum();
    }

    private static double sum(JsonObject report, String field) {
        return objects(report.getJsonArray("arms")).stream()
                .mapToDouble(each -> Double.parseDouble(each.getString(field)))
                .sum();
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
