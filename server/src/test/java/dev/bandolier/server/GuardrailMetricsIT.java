package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Metrics that guardrails watch are counted unit by unit and arm by arm, beside the objective and never into it.
final class GuardrailMetricsIT {

    private static final int CALLERS = 4;
    private static final int UNITS = 200;

    /// Units per arm that reported a metric of their own.
    private static final String REPORTED = """
        select d.arm, count(distinct d.unit) from decisions d
        join conversions c on c.unit = d.unit and (c.experiment is null or c.experiment = d.experiment)
        where d.experiment = (select id from experiments where key = ?) and d.occasion = 0 and c.metric = ?
          and c.reverses is null
        group by d.arm order by d.arm
        """;

    /// Units per arm one of whose orders was refunded, in whole or in part.
    private static final String REFUNDED = """
        select d.arm, count(distinct d.unit) from decisions d
        join conversions c on c.unit = d.unit and c.metric = 'purchase' and c.reverses is null
        join conversions r on r.source = c.source and r.reverses = c.event_id and r.metric = 'refund'
        where d.experiment = (select id from experiments where key = ?) and d.occasion = 0
        group by d.arm order by d.arm
        """;

    private static final String CREDITED = """
        select arm, sum(conversions) from rewards
        where experiment = (select id from experiments where key = ?) and metric = ?
        group by arm having sum(conversions) <> 0 order by arm
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node(Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "61"));
    }

    @Test
    void guardedMetrics_ofARandomWorkload_areCountedPerArmAndNotIntoTheCounters() {
        api.start(Definitions.guarding(Definitions.of("shop", "a", "b", "c"), "refund", "unsubscribe"));
        api.start(Definitions.of("unguarded", "x", "y"));
        Random random = new Random(3);
        List<JsonObject> reports = new ArrayList<>();
        for (String unit : Crowd.units("g", UNITS)) {
            api.decide("unguarded", unit);
            reports.addAll(deeds(random, unit, api.decide("shop", unit).getString("decision")));
        }
        Collections.shuffle(reports, random);
        report(reports);
        site.books().settled();

        site.sql().update("analyze decisions, conversions");
        assertThat(credited("shop", "unsubscribe"))
                .hasSize(3)
                .isEqualTo(site.sql().rows(REPORTED, "shop", "unsubscribe"));
        assertThat(credited("shop", "refund")).hasSize(3).isEqualTo(site.sql().rows(REFUNDED, "shop"));
        assertThat(site.sql()
                        .number("select count(*) from rewards where metric is not null and"
                                + " (value, value_sq, raw, raw_sq) <> (0, 0, 0, 0)"))
                .isZero();
        for (String key : List.of("shop", "unguarded")) {
            assertThat(site.books().stored(key))
                    .isEqualTo(site.books().fromRewards(key))
                    .isEqualTo(site.books().fromConversions(key));
            assertThat(site.books().delays(key)).isEqualTo(site.books().delaysFromConversions(key));
        }
        assertThat(site.sql()
                        .number("select count(*) from rewards where metric is not null and experiment ="
                                + " (select id from experiments where key = 'unguarded')"))
                .isZero();
    }

    @Test
    void event_takenBackLater_isNoLongerOne() {
        api.start(Definitions.guarding(Definitions.counting("left", Definitions.of("left", "a", "b")), "left-too"));
        api.decide("left", "l");
        report(List.of(event("l1", "left-too", "l"), event("l2", "left-too", "l")));
        site.books().settled();
        assertThat(converted("left", "left-too")).isEqualTo(1);

        report(List.of(
                new JsonObject().put("id", "l3").put("metric", "left-too").put("reverses", "l1")));
        site.books().settled();
        assertThat(converted("left", "left-too")).isEqualTo(1);

        report(List.of(
                new JsonObject().put("id", "l4").put("metric", "left-too").put("reverses", "l2")));
        site.books().settled();
        assertThat(converted("left", "left-too")).isZero();
        assertThat(site.books().totals("left")).containsExactly("1", "0", "0", "0");
    }

    @Test
    void refund_takenBackLater_isNoEventAnyMore() {
        JsonObject definition = Definitions.counting("sale", Definitions.of("mistakes", "a", "b"));
        api.start(Definitions.guarding(definition, "back"));
        api.decide("mistakes", "m");
        report(List.of(event("m1", "sale", "m").put("value", 50).put("currency", "EUR")));
        report(List.of(new JsonObject().put("id", "m2").put("metric", "back").put("reverses", "m1")));
        site.books().settled();
        assertThat(converted("mistakes", "back")).isEqualTo(1);
        assertThat(site.books().totals("mistakes")).containsExactly("1", "0", "0", "0");

        report(List.of(new JsonObject().put("id", "m3").put("metric", "back").put("reverses", "m2")));
        site.books().settled();
        assertThat(converted("mistakes", "back")).isZero();
        assertThat(site.books().totals("mistakes")).containsExactly("1", "0", "0", "0");
    }

    @Test
    void event_withoutAValueOrInAnyCurrency_isAdmittedWhereRevenueIsLearned() {
        JsonObject revenue = Definitions.counting("turnover", Definitions.of("revenue", "a", "b"));
        revenue.getJsonObject("objective").put("kind", "revenue").put("cap", "500.00");
        api.start(Definitions.guarding(revenue, "complaint"));
        api.decide("revenue", "r");

        api.report(event("r1", "complaint", "r")).with(202);
        api.report(event("r2", "complaint", "r").put("value", 5).put("currency", "USD"))
                .with(202);
        assertThat(refused(event("r3", "turnover", "r"))).isEqualTo("value");
        assertThat(refused(event("r4", "turnover", "r").put("value", 5).put("currency", "USD")))
                .isEqualTo("currency");
        assertThat(refused(event("r5", "complaints", "r"))).isEqualTo("metric");
        assertThat(refused(event("r6", "complaint", "nobody"))).isEqualTo("unit");

        site.books().settled();
        assertThat(converted("revenue", "complaint")).isEqualTo(1);
        assertThat(site.books().totals("revenue")).containsExactly("1", "0", "0", "0");
    }

    @Test
    void arm_pausedSinceTheSnapshot_isMissingFromWhatUnitsAreDrawnAmong() {
        try (Site own = Site.fresh()) {
            Api node = own.node();
            node.start(Definitions.of("paused", "a", "b", "c"));
            node.decide("paused", "before");
            // Nobody learns, so the snapshot that gives the paused arm a share stays.
            own.sql()
                    .update("update leases set holder = gen_random_uuid(), until = now() + interval '1 hour'"
                            + " where name = 'learn'");
            node.command("paused/arms/b/pause");
            Crowd.each(CALLERS, Crowd.units("after", 20), unit -> node.decide("paused", unit));

            assertThat(own.sql()
                            .rows("select coalesce(eligible, '-'), count(*), count(distinct version) from decisions"
                                    + " where occasion = 0 group by eligible order by 1"))
                    .containsExactly(List.of("-", "1", "1"), List.of("a,c", "20", "1"));
        }
    }

    /// What one unit does, or does not.
    private static List<JsonObject> deeds(Random random, String unit, String token) {
        List<JsonObject> deeds = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            JsonObject left = new JsonObject().put("id", unit + "-left-" + n).put("metric", "unsubscribe");
            deeds.add(random.nextBoolean() ? left.put("unit", unit) : left.put("decision", token));
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            String id = unit + "-" + n;
            deeds.add(event(id, "purchase", unit).put("value", 20).put("currency", "EUR"));
            for (int part = random.nextInt(4) - 1; part > 0; part--) {
                JsonObject refund = new JsonObject()
                        .put("id", id + "-back-" + part)
                        .put("metric", random.nextInt(3) == 0 ? "purchase" : "refund")
                        .put("reverses", id);
                deeds.add(random.nextBoolean() ? refund : refund.put("value", 7).put("currency", "EUR"));
            }
        }
        return deeds;
    }

    private static JsonObject event(String id, String metric, String unit) {
        return new JsonObject().put("id", id).put("metric", metric).put("unit", unit);
    }

    private static List<List<String>> credited(String experiment, String metric) {
        return site.sql().rows(CREDITED, experiment, metric);
    }

    private static long converted(String experiment, String metric) {
        return credited(experiment, metric).stream()
                .mapToLong(row -> Long.parseLong(row.getLast()))
                .sum();
    }

    private static String refused(JsonObject conversion) {
        return api.report(conversion)
                .with(422)
                .json()
                .getJsonArray("errors")
                .getJsonObject(0)
                .getString("field");
    }

    private static void report(List<JsonObject> reports) {
        for (int from = 0; from < reports.size(); from += 100) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + 100, reports.size()));
            JsonObject answer = api.report(new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
    }
}
