package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every experiment has its turn: however many there are, whichever of them fails, and when nothing happens but time.
final class LearningTurnsIT {

    private static final int CALLERS = 8;

    private Site site;

    @BeforeEach
    void open() {
        site = Site.fresh();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void turn_withABudgetForOneExperiment_comesToAllAndSaysSoOnlyThen() {
        Api api = site.node(Map.of("BANDOLIER_LEARN_BUDGET_MILLIS", "1"));
        List<String> keys = Crowd.units("many-", 20);
        keys.forEach(key -> api.start(Definitions.counting("many", Definitions.of(key, "a", "b"))));
        Crowd.each(CALLERS, Crowd.units("u-", 50), unit -> {
            JsonObject ask = new JsonObject().put("unit", unit).put("experiments", new JsonArray(keys));
            return api.decide(ask);
        });
        JsonArray orders = new JsonArray();
        Crowd.units("u-", 50)
                .forEach(unit -> orders.add(
                        new JsonObject().put("id", unit).put("metric", "many").put("unit", unit)));
        api.report(orders).with(202);

        Eventually.holds(
                "all that was reported is learned",
                Times.LEARNED,
                () -> site.sql().number("""
                    select count(*) from cursors where through > (select max(received_at) from conversions)
                    """) == 1);
        // What was learned of is shown a second later at most.
        Eventually.holds(
                "every experiment shows every conversion",
                Times.LEARNED,
                () -> site.sql().number("""
                    select count(*) from (
                      select distinct on (experiment) experiment, body
                      from (select experiment, made_at, body from snapshots
                            union all select experiment, made_at, body from standings) as views
                      order by experiment, made_at desc
                    ) as latest
                    where (select sum((a ->> 'conversions')::bigint) from jsonb_array_elements(body -> 'arms') as a) = 50
                    """) == keys.size());
    }

    /// Less than nothing was sold: no belief follows from that. Or a third of a cent: that cannot even be read.
    @ParameterizedTest
    @ValueSource(strings = {"conversions = -1000", "value_sq = 1.0 / 3"})
    void experiment_thatCannotBeLearnedFrom_keepsItsAllocationWhileOthersLearn(String damage) {
        try (Node first = site.opened(Map.of())) {
            Api api = new Api(first.address());
            api.start(Definitions.counting("broken", Definitions.of("broken", "a", "b")));
            api.start(Definitions.counting("healthy", Definitions.of("healthy", "a", "b")));
            sell(api, "broken", "x-");
            site.books().settled();
        }
        site.sql().update("update counters set " + damage);
        List<String> before = versions("broken");

        Api api = site.node();
        sell(api, "broken", "y-");
        sell(api, "healthy", "y-");

        Eventually.holds(
                "the other one learns", Times.LEARNED, () -> versions("healthy").size() > 1);
        site.books().settled();
        assertThat(versions("broken")).isEqualTo(before);
        assertThat(api.decide("broken", "somebody").getString("reason")).isEqualTo("allocated");
        assertThat(site.sql().number("select count(*) from cursors where through > now() - interval '1 minute'"))
                .as("nobody waits for what cannot be learned from")
                .isEqualTo(1);
    }

    @Test
    void experiment_thatNobodyVisits_isLookedAtAgainAsItsExposuresMature() {
        Api api = site.node();
        JsonObject definition = Definitions.counting("quiet", Definitions.of("quiet", "a", "b"));
        definition.getJsonObject("objective").put("window", "PT10M");
        api.start(definition);
        // Two buckets, of three seconds each: how much the younger counts for depends on the time.
        Crowd.each(CALLERS, Crowd.units("early-", 40), unit -> api.decide("quiet", unit));
        Eventually.pause(Duration.ofSeconds(4));
        Crowd.each(CALLERS, Crowd.units("late-", 40), unit -> api.decide("quiet", unit));
        site.books().settled();
        Eventually.holds("all are shown", Times.LEARNED, () -> exposures(api) == 80);
        double effective = effective(api);
        String shown = shownAt();

        Eventually.holds("they count for more", Times.LEARNED, () -> effective(api) > effective);
        assertThat(Duration.between(Instant.parse(shown), Instant.parse(shownAt())))
                .isGreaterThan(Duration.ofSeconds(9));
    }

    private static void sell(Api api, String key, String prefix) {
        List<JsonObject> answers = Crowd.each(CALLERS, Crowd.units(prefix, 300), unit -> api.decide(key, unit));
        JsonArray orders = new JsonArray();
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).getString("arm").equals("b") && i % 2 == 0) {
                orders.add(new JsonObject()
                        .put("id", key + prefix + i)
                        .put("metric", key)
                        .put("unit", prefix + i));
            }
        }
        api.report(orders).with(202);
    }

    private List<String> versions(String key) {
        return site.sql().column("""
            select version from snapshots s join experiments e on e.id = s.experiment where e.key = ? order by version
            """, key);
    }

    private String shownAt() {
        return site.sql()
                .value("select to_char(max(made_at) at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') from"
                        + " standings");
    }

    private static JsonArray arms(Api api) {
        return api.get("/v1/experiments/quiet/report").with(200).json().getJsonArray("arms");
    }

    private static double effective(Api api) {
        return arms(api).stream()
                .mapToDouble(each -> ((JsonObject) each).getDouble("effective"))
                .sum();
    }

    private static long exposures(Api api) {
        return arms(api).stream()
                .mapToLong(each -> ((JsonObject) each).getLong("exposures"))
                .sum();
    }
}
