package dev.bandolier.server;

import java.time.Duration;
import java.util.List;

/// The books of an installation, audited by plain SQL: what the counters hold, what the logs say they should hold.
///
/// @param sql the database
record Books(Sql sql) {

    private static final Duration SETTLE_MAX = Duration.ofSeconds(30);

    private static final String CELL = "segment, version, eligible, arm, holdout, bucket";

    private static final String SETTLED = """
        select case when not exists (select from conversions where outcome is null)
                     and not exists (select from quarantines where not walked)
                     and not exists (select from replays where finished_at is null)
                     and not exists (select from decisions where xid >= (select decisions from cursors))
                     and not exists (select from rewards where id > (select rewards from cursors))
          then 1 else 0 end
        """;

    private static final String STORED = "select " + CELL + """
        , exposures, conversions, orders, orders_sq, value, value_sq, raw, raw_sq
        from counters where experiment = (select id from experiments where key = ?)
          and (exposures, conversions, orders, orders_sq, value, value_sq, raw, raw_sq) <> (0, 0, 0, 0, 0, 0, 0, 0)
        order by segment, version, eligible, arm, holdout, bucket
        """;

    /// The counters over again from the decisions and the rewards.
    private static final String FROM_REWARDS = "select " + CELL + """
        , sum(exposures), sum(conversions), sum(orders), sum(orders_sq), sum(value), sum(value_sq), sum(raw), sum(raw_sq)
        from (
          select experiment, segment, version, coalesce(eligible, '') as eligible, arm, holdout, bucket, 1 as exposures,
                 0 as conversions, 0 as orders, 0 as orders_sq, 0 as value, 0 as value_sq, 0 as raw, 0 as raw_sq
          from decisions where occasion = 0 or occasion >= 4294967296
          union all
          select experiment, segment, version, coalesce(eligible, ''), arm, holdout, bucket, 0,
                 conversions, orders, orders_sq, value, value_sq, raw, raw_sq
          from rewards where metric is null
        ) as changes
        where experiment = (select id from experiments where key = ?)
        group by segment, version, eligible, arm, holdout, bucket
        having (sum(exposures), sum(conversions), sum(orders), sum(orders_sq), sum(value), sum(value_sq), sum(raw),
                sum(raw_sq)) <> (0, 0, 0, 0, 0, 0, 0, 0)
        order by segment, version, eligible, arm, holdout, bucket
        """;

    /// The counters over again from the decisions and the conversions, as the rules of attribution say in words: an
    /// order counts for the decision of its token, or of its unit where units keep their arm, within window and
    /// tolerance; what is left of it is its value less what was taken back, and nothing at all once it was taken back
    /// whole. What is under quarantine, by its source or its origin, never happened; of one origin only so many orders of a
    /// day count, the first. To revenue an order without a value in its currency is none. Switched units are left out. A unit counts as
    /// much as the cap of its experiment at most, which tests state in euros.
    private static final String EARNED = """
        with free as (
          select * from conversions c where not exists (
            select from quarantines q where q.released_at is null and (q.source = c.source or q.origin = c.origin))
        ), reported as (
          select d.experiment, d.unit, d.occasion, d.decided_at, c.source, c.event_id, c.received_at,
                 ((e.definition #>> '{objective,cap}')::numeric * 100)::bigint as cap,
                 e.definition #>> '{objective,window}' as time_allowed,
                 case when c.currency = e.definition #>> '{objective,currency}' then c.value end as amount,
                 c.origin is null or row_number() over (
                   partition by d.experiment, c.origin, (c.received_at at time zone 'utc')::date order by c.seq
                 ) <= coalesce(nullif(e.definition #>> '{guardrails,originCap}', 'off')::int, 2147483647) as within_cap
          from conversions c
          join decisions d on d.unit = c.unit
          join experiments e on e.id = d.experiment
          where c.reverses is null and coalesce(c.counted_as, c.metric) = e.definition #>> '{objective,metric}'
            and (d.occasion = 0 or d.occasion >= 4294967296)
            and case when c.occasion is not null then (d.experiment, d.occasion) = (c.experiment, c.occasion)
                     else d.occasion = 0 end
            and (e.definition #>> '{objective,kind}' <> 'revenue'
                 or c.value is not null and c.currency = e.definition #>> '{objective,currency}')
            and c.happened_at >= d.decided_at - interval '600 seconds'
            and c.happened_at <= d.decided_at + (e.definition #>> '{objective,window}')::interval
        ), orders as (
          select * from reported where within_cap and (source, event_id) in (select source, event_id from free)
        ), taken as (
          select o.experiment, o.unit, o.occasion, o.source, o.event_id, o.amount, o.received_at, o.decided_at, o.cap,
                 extract(epoch from o.time_allowed::interval)::double precision as seconds,
                 count(r.event_id) filter (where r.value is null) > 0 as whole, coalesce(sum(r.value), 0) as part
          from orders o left join free r on r.source = o.source and r.reverses = o.event_id
          group by o.experiment, o.unit, o.occasion, o.source, o.event_id, o.amount, o.received_at, o.decided_at, o.cap,
                   o.time_allowed
        ), standing as (
          select taken.*, greatest(coalesce(amount, 0) - part, 0) as net
          from taken where not whole and not (coalesce(amount, 0) > 0 and part >= amount)
        ), earned as (
          select experiment, unit, occasion, count(*) as orders, sum(net) as raw, least(sum(net), min(cap)) as value,
                 min(seconds) as seconds, extract(epoch from min(received_at) - min(decided_at)) as delay
          from standing group by experiment, unit, occasion
        )
        """;

    private static final String FROM_CONVERSIONS = EARNED + """
        select d.segment, d.version, coalesce(d.eligible, '') as among, d.arm, d.holdout, d.bucket, count(*), count(e.orders),
               coalesce(sum(e.orders), 0), coalesce(sum(e.orders * e.orders), 0), coalesce(sum(e.value), 0),
               coalesce(sum(e.value * e.value), 0), coalesce(sum(e.raw), 0), coalesce(sum(e.raw * e.raw), 0)
        from decisions d left join earned e using (experiment, unit, occasion)
        where (d.occasion = 0 or d.occasion >= 4294967296)
          and d.experiment = (select id from experiments where key = ?)
        group by d.segment, d.version, among, d.arm, d.holdout, d.bucket
        order by d.segment, d.version, among, d.arm, d.holdout, d.bucket
        """;

    private static final String OUTCOMES = EARNED + """
        select d.segment, d.version, d.arm, d.holdout, e.value, count(*)
        from decisions d join earned e using (experiment, unit, occasion)
        where d.experiment = (select id from experiments where key = ?)
        group by d.segment, d.version, d.arm, d.holdout, e.value
        order by d.segment, d.version, d.arm, d.holdout, e.value
        """;

    /// Refunds are events of a metric of their own where guardrails watch it.
    private static final String REFUNDS = EARNED + """
        select d.arm, count(*) from orders o
        join free r on r.source = o.source and r.reverses = o.event_id and coalesce(r.counted_as, r.metric) = ?
        join decisions d on (d.experiment, d.unit, d.occasion) = (o.experiment, o.unit, o.occasion)
        where o.experiment = (select id from experiments where key = ?)
        group by d.arm order by d.arm
        """;

    private static final String REFUNDS_FROM_REWARDS = """
        select arm, sum(orders) from rewards
        where metric = ? and experiment = (select id from experiments where key = ?)
        group by arm having sum(orders) <> 0 order by arm
        """;

    private static final String BY_DECISION = """
        select unit, occasion, sum(orders), sum(raw), sum(value) from rewards
        where metric is null and experiment = (select id from experiments where key = ?)
        group by unit, occasion having (sum(conversions), sum(orders), sum(raw), sum(value)) <> (0, 0, 0, 0)
        order by unit, occasion
        """;

    private static final String BY_DECISION_FROM_CONVERSIONS = EARNED + """
        select unit, occasion, orders, raw, value from earned
        where experiment = (select id from experiments where key = ?) order by unit, occasion
        """;

    private static final String DELAYS = """
        select bucket, bin, conversions from delays
        where experiment = (select id from experiments where key = ?) and conversions <> 0 order by bucket, bin
        """;

    private static final String DELAYS_FROM_REWARDS = """
        select bucket, bin, sum(entered) from rewards
        cross join lateral (values (delay_to, 1), (delay_from, -1)) as moves (bin, entered)
        where bin is not null and metric is null and experiment = (select id from experiments where key = ?)
        group by bucket, bin having sum(entered) <> 0 order by bucket, bin
        """;

    /// How long after its decision the first order of each unit that still stands arrived: bin k of 64 ends at the
    /// window's k-th 64th on a scale of logarithms that begins at one second.
    private static final String DELAYS_FROM_CONVERSIONS = EARNED + """
        select d.bucket, case when e.delay <= 1 then 0 else least(63, floor(64 * ln(e.delay) / ln(e.seconds))) end as bin,
               count(*)
        from decisions d join earned e using (experiment, unit, occasion)
        where d.experiment = (select id from experiments where key = ?)
        group by d.bucket, bin order by d.bucket, bin
        """;

    /// Waits until every conversion is attributed and everything is counted.
    Books settled() {
        Eventually.holds("all is attributed and counted", SETTLE_MAX, () -> sql.number(SETTLED) == 1);
        return this;
    }

    /// The counters of an experiment as they stand, a text per cell.
    List<String> stored(String experiment) {
        return cells(STORED, experiment);
    }

    /// What its decisions and rewards say they should be.
    List<String> fromRewards(String experiment) {
        return cells(FROM_REWARDS, experiment);
    }

    /// What its decisions and the conversions say they should be.
    List<String> fromConversions(String experiment) {
        return fresh().cells(FROM_CONVERSIONS, experiment);
    }

    /// What each of its decisions earned, as the rewards say.
    List<String> byDecision(String experiment) {
        return cells(BY_DECISION, experiment);
    }

    /// What each of its decisions earned, as the conversions say.
    List<String> byDecisionFromConversions(String experiment) {
        return fresh().cells(BY_DECISION_FROM_CONVERSIONS, experiment);
    }

    /// The delays of an experiment as they stand, a text per bucket and bin.
    List<String> delays(String experiment) {
        return cells(DELAYS, experiment);
    }

    /// What its rewards say they should be.
    List<String> delaysFromRewards(String experiment) {
        return cells(DELAYS_FROM_REWARDS, experiment);
    }

    /// What its decisions and the conversions say they should be.
    List<String> delaysFromConversions(String experiment) {
        return fresh().cells(DELAYS_FROM_CONVERSIONS, experiment);
    }

    /// Units that converted, by what they were worth, as the conversions say.
    List<String> outcomes(String experiment) {
        return fresh().cells(OUTCOMES, experiment);
    }

    /// Refunds per arm, as the conversions say.
    List<String> refunds(String metric, String experiment) {
        return fresh().cells(REFUNDS, metric, experiment);
    }

    /// Refunds per arm, as the rewards say.
    List<String> refundsFromRewards(String metric, String experiment) {
        return cells(REFUNDS_FROM_REWARDS, metric, experiment);
    }

    /// Tells Postgres how large the logs are by now: it would join them row by row, as if they were still empty.
    private Books fresh() {
        sql.update("analyze decisions, conversions");
        return this;
    }

    private List<String> cells(String query, Object... values) {
        return sql.rows(query, values).stream()
                .map(row -> String.join("|", row))
                .toList();
    }

    /// Exposures, conversions, orders, value of one experiment, everything summed up.
    List<String> totals(String experiment) {
        return sql.rows("""
            select sum(exposures), sum(c.conversions), sum(orders), sum(value)
            from counters c join experiments e on e.id = c.experiment where e.key = ?
            """, experiment).getFirst();
    }
}
