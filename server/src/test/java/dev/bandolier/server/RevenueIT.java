package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What units are worth: at most the cap of their experiment, to the cent, and to nothing when all is given back.
final class RevenueIT {

    private static final int UNITS = 300;
    private static final long CAP_CENTS = 10_000;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void revenue_withACap_countsWhatIsLeftOfEachUnitUpToIt() {
        api.start(earning("capped").put("holdout", 0.1));
        List<JsonObject> reports = workload("capped", new Random(8));
        report(reports);

        site.books().settled();
        check("capped");
        List<String> sums = site.sql().rows("""
            select sum(c.conversions), sum(value), sum(raw), sum(orders), sum(orders_sq)
            from counters c join experiments e on e.id = c.experiment where e.key = 'capped'
            """).getFirst();
        long conversions = Long.parseLong(sums.get(0));
        assertThat(Long.parseLong(sums.get(1)))
                .as("the cap bites")
                .isLessThan(Long.parseLong(sums.get(2)))
                .isLessThanOrEqualTo(conversions * CAP_CENTS);
        assertThat(Long.parseLong(sums.get(4))).isGreaterThan(Long.parseLong(sums.get(3)));
        Eventually.holds(
                "revenue is believed in",
                Times.LEARNED,
                () -> snapshot("capped").getJsonArray("arms").getJsonObject(0).getLong("conversions") > 0);
        assertThat(snapshot("capped")
                        .getJsonArray("arms")
                        .getJsonObject(0)
                        .getJsonObject("posterior")
                        .getString("kind"))
                .isEqualTo("revenue");
    }

    @Test
    void refunds_ofEverything_leaveExactlyTheExposures() {
        api.start(earning("returned"));
        List<JsonObject> reports = workload("returned", new Random(9));
        JsonArray back = new JsonArray();
        for (JsonObject report : reports) {
            if (!report.containsKey("reverses")) {
                back.add(new JsonObject()
                        .put("id", report.getString("id") + " back")
                        .put("metric", "returned")
                        .put("reverses", report.getString("id")));
            }
        }
        report(reports);
        site.books().settled();
        check("returned");
        assertThat(site.books().totals("returned").getLast()).isNotEqualTo("0");
        api.report(back).with(202);

        site.books().settled();
        check("returned");
        assertThat(site.books().totals("returned")).containsExactly(Integer.toString(UNITS), "0", "0", "0");
        assertThat(site.sql().rows("""
            select orders_sq, value_sq, raw, raw_sq from counters c join experiments e on e.id = c.experiment
            where e.key = 'returned' and (orders_sq, value_sq, raw, raw_sq) <> (0, 0, 0, 0)
            """)).isEmpty();
        assertThat(site.books().delays("returned")).isEmpty();
    }

    @Test
    void order_withoutAValue_isRefusedWhereOnlyRevenueCountsIt() {
        api.start(earning("valued"));
        api.decide("valued", "v");
        JsonObject order = new JsonObject().put("metric", "valued").put("unit", "v");

        assertThat(fields(api.report(order))).containsExactly("value");
        assertThat(fields(api.report(order.copy().put("value", 5).put("currency", "USD"))))
                .containsExactly("currency");
        api.report(order.copy().put("id", "euros").put("value", 5).put("currency", "EUR"))
                .with(202);
        // What takes back a whole order needs no value.
        api.report(new JsonObject().put("metric", "valued").put("reverses", "euros"))
                .with(202);
    }

    @Test
    void order_thatAnotherExperimentCounts_isNoRevenueWithoutAValue() {
        api.start(earning("shared"));
        api.start(Definitions.counting("shared", Definitions.of("shared-rate", "a", "b")));
        for (String unit : List.of("s1", "s2")) {
            api.decide("shared", unit);
            api.decide("shared-rate", unit);
        }
        api.report(new JsonObject().put("metric", "shared").put("unit", "s1")).with(202);
        api.report(new JsonObject()
                        .put("metric", "shared")
                        .put("unit", "s2")
                        .put("value", "20.00")
                        .put("currency", "EUR"))
                .with(202);

        site.books().settled();
        check("shared");
        check("shared-rate");
        assertThat(site.books().totals("shared")).containsExactly("2", "1", "1", "2000");
        assertThat(site.books().totals("shared-rate")).containsExactly("2", "2", "2", "2000");
    }

    private static List<String> fields(Api.Answer answer) {
        return answer.with(422).json().getJsonArray("errors").stream()
                .map(each -> ((JsonObject) each).getString("field"))
                .toList();
    }

    private static void check(String key) {
        assertThat(site.books().stored(key))
                .isEqualTo(site.books().fromRewards(key))
                .isEqualTo(site.books().fromConversions(key));
    }

    private static JsonObject earning(String key) {
        return Definitions.of(key, "a", "b")
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", key)
                                .put("kind", "revenue")
                                .put("currency", "EUR")
                                .put("cap", "100.00"));
    }

    /// One to three orders of each unit, of up to 90 euros each, and some given back in part, in any order.
    private static List<JsonObject> workload(String key, Random random) {
        List<String> tokens = Crowd.each(
                8, Crowd.units(key + "-", UNITS), unit -> api.decide(key, unit).getString("decision"));
        List<JsonObject> reports = new ArrayList<>();
        for (int i = 0; i < UNITS; i++) {
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                String id = key + "-" + i + "-" + n;
                reports.add(valued(
                        random,
                        new JsonObject().put("id", id).put("metric", key).put("decision", tokens.get(i))));
                if (random.nextInt(4) == 0) {
                    reports.add(valued(
                            random,
                            new JsonObject()
                                    .put("id", id + " part")
                                    .put("metric", key)
                                    .put("reverses", id)));
                }
            }
        }
        Collections.shuffle(reports, random);
        return reports;
    }

    private static JsonObject valued(Random random, JsonObject report) {
        return report.put("value", random.nextInt(90) + "." + (10 + random.nextInt(90)))
                .put("currency", "EUR");
    }

    private static void report(List<JsonObject> reports) {
        for (int from = 0; from < reports.size(); from += 100) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + 100, reports.size()));
            JsonObject answer = api.report(new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("accepted")).isEqualTo(batch.size());
        }
    }

    private static JsonObject snapshot(String key) {
        return api.get("/v1/experiments/" + key).json().getJsonObject("snapshot");
    }
}
