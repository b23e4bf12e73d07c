package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How long conversions take is counted where their decisions are, and taken back as they are.
///
/// What takes hours is written into the logs as other nodes would have written it.
final class DelaysIT {

    private static final int UNITS = 700;

    /// Half of the delays that the logs below are made of are shorter, in seconds: exponential with a mean of two hours.
    private static final double MEDIAN_SECONDS = 7_200 * Math.log(2);

    /// Units of the last six days, one in ten held out and one in twenty drawn again.
    private static final String DECISIONS = """
        insert into decisions (unit, experiment, occasion, arm, propensity, version, segment, holdout, eligible,
                               decided_at, bucket)
        select md5(e.key || i)::uuid, e.id, case when i % 20 = 1 then 1 else 0 end,
               case when i % 10 = 0 or i % 2 = 1 then 'a' else 'b' end, 0.5, 1, '', i % 10 = 0, null, t,
               to_timestamp(floor(extract(epoch from t) / 3600) * 3600)
        from experiments e,
             (select i, date_trunc('milliseconds', now() - interval '6 days' * random()) as t
              from generate_series(1, ?) as i) as units
        where e.key = ?
        """;

    /// An order of three in four units after an exponential time, as far as it has come by now.
    private static final String ORDERS = """
        insert into conversions (source, event_id, metric, unit, happened_at, received_at)
        select 'api', e.key || ' ' || d.unit, e.key, d.unit, d.decided_at, t
        from experiments e join decisions d on d.experiment = e.id,
             lateral (select d.decided_at - ln(1 - random()) * interval '2 hours' as t) as heard
        where e.key = ? and get_byte(decode(replace(d.unit::text, '-', ''), 'hex'), 0) < 192 and t < now()
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    /// The median of about 480 exponential delays has a standard error of 7 %, and the grid has bins of 23 %: a factor of
    /// two is five standard errors and more than a bin, left in less than one in a million runs.
    @Test
    void delays_ofSixDays_equalTheLogsAndAreLearned() {
        workload("slow");

        check("slow");
        Eventually.holds(
                "the delay is estimated", Times.LEARNED, () -> delay("slow").getBoolean("estimated"));
        long median = Duration.parse(delay("slow").getString("median")).toSeconds();
        assertThat((double) median).isBetween(MEDIAN_SECONDS / 2, MEDIAN_SECONDS * 2);
    }

    @Test
    void refund_ofTheOnlyOrder_takesItsDelayBack() {
        workload("refunded");
        long before = converted("refunded");
        int refunds = site.sql().update("""
            insert into conversions (source, event_id, metric, happened_at, received_at, reverses)
            select source, event_id || ' back', metric, now(), now(), event_id
            from conversions where metric = 'refunded' and reverses is null and ctid::text like '%1)'
            """);
        assertThat(refunds).isPositive();

        check("refunded");
        assertThat(converted("refunded")).isLessThan(before);
        site.sql().update("""
            insert into conversions (source, event_id, metric, happened_at, received_at, reverses)
            select source, event_id || ' all back', metric, now(), now(), event_id
            from conversions where metric = 'refunded' and reverses is null
            """);
        site.books().settled();
        assertThat(site.books().delays("refunded")).isEmpty();
        assertThat(converted("refunded")).isZero();
    }

    @Test
    void order_thatAnotherNodeHeardOfEarlierButWroteLater_movesTheDelay() {
        workload("moved");
        List<String> before = site.books().delays("moved");
        long conversions = converted("moved");
        site.sql().update("""
            insert into conversions (source, event_id, metric, unit, happened_at, received_at)
            select 'api', event_id || ' first', metric, c.unit, happened_at, happened_at + interval '500 milliseconds'
            from conversions c where metric = 'moved'
            """);

        check("moved");
        assertThat(converted("moved")).as("as many units as before").isEqualTo(conversions);
        assertThat(site.books().delays("moved"))
                .isNotEqualTo(before)
                .allSatisfy(row -> assertThat(row).contains("|0|"));
        // Taken back, the first leaves what was heard second.
        site.sql().update("""
            insert into conversions (source, event_id, metric, happened_at, received_at, reverses)
            select source, event_id || ' back', metric, now(), now(), event_id
            from conversions where metric = 'moved' and event_id like '% first'
            """);
        site.books().settled();
        assertThat(site.books().delays("moved")).isEqualTo(before);
    }

    private static void workload(String key) {
        api.start(Definitions.counting(key, Definitions.of(key, "a", "b")));
        site.sql().update(DECISIONS, UNITS, key);
        site.sql().update(ORDERS, key);
        site.books().settled();
    }

    private static void check(String key) {
        site.books().settled();
        assertThat(site.books().delays(key))
                .hasSizeGreaterThan(50)
                .isEqualTo(site.books().delaysFromRewards(key))
                .isEqualTo(site.books().delaysFromConversions(key));
        assertThat(site.books().stored(key))
                .isEqualTo(site.books().fromRewards(key))
                .isEqualTo(site.books().fromConversions(key));
    }

    private static long converted(String key) {
        return site.sql().number("""
            select coalesce(sum(d.conversions), 0) from delays d join experiments e on e.id = d.experiment
            where e.key = ?
            """, key);
    }

    private static JsonObject delay(String key) {
        return api.get("/v1/experiments/" + key)
                .json()
                .getJsonObject("snapshot")
                .getJsonObject("delay");
    }
}
