package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Counters are a function of the logs: computed over again from zero they are the same to the last digit, and the
/// order of arrival is not in them.
final class RebuildIT {

    private static final int CALLERS = 8;
    private static final int UNITS = 400;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        // Small turns, so that a workload takes many of them and cursors are moved often.
        api = site.node(Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "97"));
    }

    @Test
    void counters_afterARandomWorkload_equalThoseComputedFromTheLogs() {
        api.start(Definitions.of("random", "a", "b", "c").put("holdout", 0.2));
        Random random = new Random(5);
        for (int round = 0; round < 3; round++) {
            String prefix = "x" + round + "-";
            List<String> tokens = decide("random", Crowd.units(prefix, UNITS));
            List<JsonObject> reports = workload(random, prefix, tokens, "purchase");
            Collections.shuffle(reports, random);
            report(reports);
        }

        site.books().settled();
        check("random");
    }

    @Test
    void counters_ofDrawsPerRequest_equalThoseComputedFromTheLogs() {
        api.start(Definitions.counting("click", Definitions.of("requests", "a", "b"))
                .put("sticky", "none"));
        Random random = new Random(6);
        // Forty units that come again and again: only the token tells their draws apart.
        List<String> tokens = decide(
                "requests",
                IntStream.range(0, UNITS).mapToObj(i -> "q" + i % 40).toList());
        List<JsonObject> reports = workload(random, null, tokens, "click");
        Collections.shuffle(reports, random);
        report(reports);

        site.books().settled();
        check("requests");
        assertThat(site.books().totals("requests").getFirst()).isEqualTo(Integer.toString(UNITS));
    }

    @Test
    void counters_ofTheSameConversionsInAnotherOrder_areTheSame() {
        List<List<String>> sums = new ArrayList<>();
        for (String key : List.of("order-1", "order-2")) {
            // No draw: every unit that is asked for as eligible for one arm gets it, in both experiments.
            api.start(Definitions.counting(key, Definitions.of(key, "a", "b")));
            List<String> tokens = Crowd.each(
                    CALLERS,
                    Crowd.units("o", UNITS),
                    unit -> api.decide(new JsonObject()
                                    .put("experiment", key)
                                    .put("unit", unit)
                                    .put("eligible", new JsonArray().add(unit.hashCode() % 2 == 0 ? "a" : "b")))
                            .getString("decision"));
            List<JsonObject> reports = workload(new Random(7), "o", tokens, key);
            Collections.shuffle(reports, new Random(key.hashCode()));
            report(reports);
            site.books().settled();
            check(key);
            sums.add(site.sql().column("""
                select concat_ws('|', segment, arm, holdout, sum(exposures), sum(c.conversions), sum(orders),
                                 sum(orders_sq), sum(value), sum(value_sq), sum(raw), sum(raw_sq))
                from counters c join experiments e on e.id = c.experiment where e.key = ?
                group by segment, arm, holdout order by segment, arm, holdout
                """, key));
        }

        assertThat(sums.getFirst()).hasSize(2).isEqualTo(sums.getLast());
    }

    private static void check(String experiment) {
        assertThat(site.books().stored(experiment))
                .isEqualTo(site.books().fromRewards(experiment))
                .isEqualTo(site.books().fromConversions(experiment));
        assertThat(site.books().delays(experiment))
                .isNotEmpty()
                .isEqualTo(site.books().delaysFromRewards(experiment))
                .isEqualTo(site.books().delaysFromConversions(experiment));
    }

    private static List<String> decide(String experiment, List<String> units) {
        return Crowd.each(CALLERS, units, unit -> api.decide(experiment, unit).getString("decision"));
    }

    /// Orders with and without a value, several per decision, some repeated, some refunded in whole, in parts, twice.
    ///
    /// @param prefix of the names of units, if they are reported by name as well
    private static List<JsonObject> workload(Random random, String prefix, List<String> tokens, String metric) {
        List<JsonObject> reports = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            for (int n = random.nextInt(4); n > 0; n--) {
                String id = metric + "-" + (prefix == null ? "" : prefix) + i + "-" + n;
                JsonObject order = new JsonObject().put("id", id).put("metric", metric);
                boolean named = prefix != null && random.nextBoolean();
                reports.add(valued(random, order.put(named ? "unit" : "decision", named ? prefix + i : tokens.get(i))));
                if (random.nextInt(10) == 0) {
                    reports.add(order.copy());
                }
                for (int refund = random.nextInt(5) - 2; refund > 0; refund--) {
                    reports.add(valued(
                            random,
                            new JsonObject()
                                    .put("id", id + " back " + refund)
                                    .put("metric", metric)
                                    .put("reverses", id)));
                }
            }
        }
        return reports;
    }

    private static JsonObject valued(Random random, JsonObject report) {
        return random.nextInt(4) == 0
                ? report
                : report.put("value", (1 + random.nextInt(9_999)) + "." + (10 + random.nextInt(90)))
                        .put("currency", "EUR");
    }

    private static void report(List<JsonObject> reports) {
        for (int from = 0; from < reports.size(); from += 100) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + 100, reports.size()));
            JsonObject answer = api.report(new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
    }
}
