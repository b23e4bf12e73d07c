package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Units of different segments are told apart, learned from apart, and served apart.
final class SegmentsIT {

    private static final int CALLERS = 8;

    /// Propensities that are not the share of their arm, in their segment if it has shares of its own, else in all.
    private static final String OTHER_PROPENSITIES = """
        select d.segment, d.version, d.propensity, coalesce(own.share, pooled.share)
        from decisions d
        join experiments e on e.id = d.experiment
        join snapshots s using (experiment, version)
        join lateral (
          select (a ->> 'share')::double precision as share from jsonb_array_elements(s.body -> 'arms') as a
          where a ->> 'arm' = d.arm
        ) as pooled on true
        left join lateral (
          select (a ->> 'share')::double precision as share
          from jsonb_array_elements(s.body -> 'segments') as g, jsonb_array_elements(g -> 'arms') as a
          where g ->> 'segment' = d.segment and (g ->> 'own')::boolean and a ->> 'arm' = d.arm
        ) as own on true
        where e.key = ? and not d.holdout and abs(d.propensity - coalesce(own.share, pooled.share)) > 1e-12
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    /// Rates of one half and one twentieth, 600 units per segment: that a segment's better arm has less than 0.9 at the
    /// end, or fewer than 150 of 200 previews at a share of 0.9, is left in less than one in a million runs.
    @Test
    void segments_withOppositeWinners_areServedTheirOwn() {
        api.start(segmented("devices", new JsonArray().add("mobile").add("desktop")));
        // All of them are decided for before anything is learned: each segment hears of both arms.
        List<String> mobile = enter("devices", "mobile");
        List<String> desktop = enter("devices", "desktop");
        buy("devices", "mobile", mobile, "a");
        buy("devices", "desktop", desktop, "b");
        for (String unit : Crowd.units("tv-", 60)) {
            decide("devices", unit, "tv", true);
        }
        site.books().settled();

        Eventually.holds("each segment has found its winner", Times.LEARNED, () -> {
            return share("devices", "mobile", "a") > 0.9 && share("devices", "desktop", "b") > 0.9;
        });
        assertThat(previewed("devices", "mobile", "a")).isGreaterThan(150);
        assertThat(previewed("devices", "desktop", "b")).isGreaterThan(150);
        // Decided with what was learned, and not only before.
        Crowd.each(CALLERS, Crowd.units("after-", 200), unit -> decide("devices", unit, "mobile", true));

        site.books().settled();
        assertThat(site.sql().rows(OTHER_PROPENSITIES, "devices")).isEmpty();
        assertThat(rows("devices")).containsExactly("60", "600", "800");
        assertThat(site.books().stored("devices"))
                .isEqualTo(site.books().fromRewards("devices"))
                .isEqualTo(site.books().fromConversions("devices"));
    }

    @Test
    void history_ofSegments_isThatOfAllTogether() {
        api.start(segmented("told", new JsonArray().add("mobile").add("desktop")));

        JsonObject told = api.get("/v1/experiments/told/snapshots")
                .with(200)
                .json()
                .getJsonArray("snapshots")
                .getJsonObject(0);
        assertThat(told.fieldNames()).contains("arms", "phase").doesNotContain("segments");
        assertThat(api.get("/v1/experiments/told")
                        .json()
                        .getJsonObject("snapshot")
                        .getJsonArray("segments"))
                .hasSize(2);
    }

    @Test
    void unit_knownAlready_keepsItsSegmentWhateverItComesWith() {
        api.start(segmented("moving", new JsonArray().add("mobile").add("desktop")));
        JsonObject first = decide("moving", "someone", "mobile", true);
        JsonObject again = decide("moving", "someone", "desktop", true);
        JsonObject bare = api.decide("moving", "someone");

        for (JsonObject answer : List.of(again, bare)) {
            assertThat(answer.getString("reason")).isEqualTo("sticky");
            assertThat(answer.getString("arm")).isEqualTo(first.getString("arm"));
            assertThat(answer.getDouble("propensity")).isEqualTo(first.getDouble("propensity"));
        }
        assertThat(segments("moving")).containsExactly("mobile");
    }

    @Test
    void attribute_numberOrFlag_isItsTextAndAnythingElseIsOther() {
        api.start(segmented("plain", new JsonArray().add("3").add("true").add("x")));
        Map<String, Object> contexts = Map.of(
                "number",
                3,
                "flag",
                true,
                "text",
                "x",
                "unknown",
                "y",
                "nested",
                new JsonObject().put("device", "x"),
                "listed",
                new JsonArray().add("x"));
        contexts.forEach((unit, value) -> api.decide(ask("plain", unit, true)
                .put("context", new JsonObject().put("device", value).put("more", "x"))));
        api.decide("plain", "without");
        api.decide(ask("plain", "null", true).put("context", new JsonObject().putNull("device")));

        assertThat(segments("plain")).containsExactly("", "", "", "", "", "3", "true", "x");
    }

    /// The arms of 600 units of a segment.
    private static List<String> enter(String experiment, String device) {
        return Crowd.each(
                CALLERS,
                Crowd.units(device + "-", 600),
                unit -> decide(experiment, unit, device, true).getString("arm"));
    }

    /// They buy with one half at the better arm and with one twentieth at the other.
    private static void buy(String experiment, String device, List<String> arms, String better) {
        Random random = new Random(device.hashCode());
        List<String> units = Crowd.units(device + "-", arms.size());
        JsonArray orders = new JsonArray();
        for (int i = 0; i < units.size(); i++) {
            boolean won = arms.get(i).equals(better);
            if (random.nextDouble() < (won ? 0.5 : 0.05)) {
                orders.add(new JsonObject()
                        .put("id", experiment + units.get(i))
                        .put("metric", experiment)
                        .put("unit", units.get(i)));
            }
        }
        api.report(orders).with(202);
    }

    private static JsonObject segmented(String key, JsonArray values) {
        JsonObject definition = Definitions.counting(key, Definitions.of(key, "a", "b"));
        return definition.put(
                "segments", new JsonObject().put("attribute", "device").put("values", values));
    }

    private static JsonObject decide(String experiment, String unit, String device, boolean keep) {
        return api.decide(ask(experiment, unit, keep).put("context", new JsonObject().put("device", device)));
    }

    private static JsonObject ask(String experiment, String unit, boolean keep) {
        return new JsonObject().put("experiment", experiment).put("unit", unit).put("record", keep);
    }

    private static long previewed(String experiment, String device, String arm) {
        return Crowd.each(CALLERS, Crowd.units("look-", 200), unit -> decide(experiment, unit, device, false)).stream()
                .filter(answer -> answer.getString("arm").equals(arm))
                .count();
    }

    /// The share of an arm within a segment that has shares of its own; 0 if it has none.
    private static double share(String experiment, String segment, String arm) {
        JsonArray segments = api.get("/v1/experiments/" + experiment)
                .json()
                .getJsonObject("snapshot")
                .getJsonArray("segments", new JsonArray());
        return segments.stream()
                .map(JsonObject.class::cast)
                .filter(each -> segment.equals(each.getString("segment")) && each.getBoolean("own"))
                .flatMap(each -> each.getJsonArray("arms").stream())
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("arm").equals(arm))
                .mapToDouble(each -> each.getDouble("share"))
                .sum();
    }

    private static List<String> segments(String experiment) {
        return site.sql().column("""
            select segment from decisions d join experiments e on e.id = d.experiment where e.key = ? order by segment
            """, experiment);
    }

    private static List<String> rows(String experiment) {
        return site.sql().column("""
            select count(*) from decisions d join experiments e on e.id = d.experiment
            where e.key = ? group by segment order by count(*)
            """, experiment);
    }
}
