package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Where there are segments, everything that shows how traffic was divided shows the part of all units that an arm got.
final class ServedIT {

    /// In another order than that of the alphabet.
    private static final List<String> ARMS = List.of("z", "m", "a");

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        new Planted(site.sql()).withoutLearner();
    }

    /// The second snapshot was stored before there was `served`, the fourth moved segments alone.
    @Test
    void history_ofSegments_saysWhatAllUnitsGot() {
        start("told");
        plant("told", 2, "[{'share': 0.2}, {'share': 0.3}, {'share': 0.5}]");
        plant(
                "told",
                3,
                "[{'share': 0.1, 'served': 0.6}, {'share': 0.2, 'served': 0.3}, {'share': 0.7, 'served': 0.1}]");
        plant(
                "told",
                4,
                "[{'share': 0.3, 'served': 0.6}, {'share': 0.3, 'served': 0.3}, {'share': 0.4, 'served': 0.1}]");

        List<JsonObject> past = snapshots("told");
        assertThat(past).hasSize(4).allMatch(each -> !each.containsKey("segments"));
        assertThat(numbers(past.get(1), "share")).containsExactly(0.2, 0.3, 0.5);
        assertThat(numbers(past.get(1), "served")).containsOnlyNulls();
        assertThat(numbers(past.get(2), "share")).containsExactly(0.1, 0.2, 0.7);
        assertThat(numbers(past.get(2), "served")).containsExactly(0.6, 0.3, 0.1);

        JsonObject spark = listed(
                        api.get("/v1/sparks?points=12&days=5").with(200).json(), "sparks")
                .filter(each -> each.getString("experiment").equals("told"))
                .findFirst()
                .orElseThrow();
        assertThat(spark.getJsonArray("arms")).isEqualTo(new JsonArray(ARMS));
        assertThat(spark.getJsonArray("shares").getJsonArray(1)).isEqualTo(JsonArray.of(0.2, 0.3, 0.5));
        assertThat(spark.getJsonArray("shares").getJsonArray(2)).isEqualTo(JsonArray.of(0.6, 0.3, 0.1));
        assertThat(spark.getJsonArray("shares").getJsonArray(3)).isEqualTo(JsonArray.of(0.6, 0.3, 0.1));

        List<JsonObject> events = listed(
                        api.get("/v1/experiments/told/timeline?kinds=snapshot")
                                .with(200)
                                .json(),
                        "events")
                .toList();
        assertThat(events.get(0).getJsonArray("changes")).isEmpty();
        assertThat(events.get(0).getString("sentence"))
                .endsWith("Over all, arms keep theirs: those of segments moved.");
        assertThat(listed(events.get(1), "changes"))
                .as("that of 'm' is what it was")
                .containsExactly(change("z", 0.2, 0.6), change("a", 0.5, 0.1));
    }

    /// Half of all came from phones, of which nine in ten get the first arm; the others get what those of no segment get.
    @Test
    void now_withSegments_isWhatSharesComeToForThoseWhoCame() {
        start("now");
        plant("now", 2, """
            [{'share': 0.4, 'exposures': 500}, {'share': 0.5, 'exposures': 200}, {'share': 0.1, 'exposures': 100}]
            """);
        site.sql().update("""
            update snapshots set body = jsonb_set(body, '{segments}', (
              select jsonb_agg(case when segment ->> 'segment' = 'mobile'
                then segment || jsonb_build_object('own', true, 'arms', (
                  select jsonb_agg(arm || (?::jsonb -> (place::int - 1)) order by place)
                  from jsonb_array_elements(segment -> 'arms') with ordinality as each (arm, place)))
                else segment end)
              from jsonb_array_elements(body -> 'segments') as segment))
            where experiment = (select id from experiments where key = 'now') and version = 2
            """, """
            [{"share": 0.9, "exposures": 300}, {"share": 0.06, "exposures": 60}, {"share": 0.04, "exposures": 40}]
            """);
        site.sql().rows("select pg_notify('bandolier_board', '')");
        Eventually.holds(
                "the snapshot is in force", Times.LEARNED, () -> standing().getLong("version") == 2);

        Double[] wanted = {0.65, 0.28, 0.07};
        Offset<Double> rounding = Offset.offset(1e-12);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(numbers(standing(), "served").get(i)).isCloseTo(wanted[i], rounding);
            JsonObject report = api.get("/v1/experiments/now/report").with(200).json();
            JsonObject traffic = report.getJsonArray("traffic").getJsonObject(i);
            assertThat(traffic.getString("arm")).isEqualTo(ARMS.get(i));
            assertThat(traffic.getDouble("share")).isCloseTo(wanted[i], rounding);
        }
        assertThat(standing().getJsonArray("segments").encode()).doesNotContain("served");
    }

    private static void start(String key) {
        api.start(Definitions.of(key, ARMS.toArray(String[]::new))
                .put("segments", new JsonObject("{\"attribute\":\"device\",\"values\":[\"mobile\",\"desktop\"]}")));
    }

    /// A later version of the first snapshot, with these parts of its arms in place of its own.
    private static void plant(String key, int version, String arms) {
        site.sql().update("""
            insert into snapshots (experiment, version, made_at, revision, body)
            select s.experiment, ?::int, s.made_at + ?::int * interval '1 minute', s.revision,
              jsonb_set(s.body || '{"cause": "moved"}', '{arms}', (
                select jsonb_agg((arm - 'served') || (?::jsonb -> (place::int - 1)) order by place)
                from jsonb_array_elements(s.body -> 'arms') with ordinality as each (arm, place)))
            from snapshots s
            where s.experiment = (select id from experiments where key = ?) and s.version = 1
            """, version, version, arms.replace('\'', '"'), key);
    }

    private static JsonObject standing() {
        return api.get("/v1/experiments/now").with(200).json().getJsonObject("snapshot");
    }

    private static List<JsonObject> snapshots(String key) {
        return listed(api.get("/v1/experiments/" + key + "/snapshots").with(200).json(), "snapshots")
                .toList();
    }

    private static List<Double> numbers(JsonObject snapshot, String field) {
        return listed(snapshot, "arms").map(arm -> arm.getDouble(field)).toList();
    }

    private static JsonObject change(String arm, double from, double to) {
        return new JsonObject().put("arm", arm).put("from", from).put("to", to);
    }

    private static Stream<JsonObject> listed(JsonObject answer, String field) {
        return answer.getJsonArray(field).stream().map(JsonObject.class::cast);
    }
}
