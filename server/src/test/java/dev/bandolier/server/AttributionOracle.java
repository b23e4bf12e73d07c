package dev.bandolier.server;

import java.util.List;

/// What every decision has earned, found anew from the conversions and the decisions by plain SQL, as the rules of
/// attribution say in words.
///
/// @param sql the database
record AttributionOracle(Sql sql) {

    /// How an experiment credits conversions, in the words of this oracle.
    ///
    /// @param experiment key
    /// @param touch      `sticky` where units keep their arm, else `token`, `first` or `last`
    /// @param orders     `every` or `first`
    /// @param window     as Postgres reads intervals
    /// @param grace      as Postgres reads intervals
    /// @param crossing   whether tokens of other experiments say which unit it was
    /// @param revenue    whether orders without a value do not count
    /// @param own        currency, or null
    /// @param cap        in minor units
    /// @param rates      JSON: what a minor unit of other currencies is worth in minor units of the own
    record Rules(
            String experiment,
            String touch,
            String orders,
            String window,
            String grace,
            boolean crossing,
            boolean revenue,
            String own,
            long cap,
            String rates) {}

    private static final String HALF_EVEN = """
        create function half_even(x numeric) returns numeric language sql immutable as $$
          select floor(x) + case when x - floor(x) > 0.5 or (x - floor(x) = 0.5 and mod(floor(x), 2) = 1) then 1 else 0 end
        $$
        """;

    private static final String EARNED = """
        with rules as (
          select (select id from experiments where key = ?) as experiment, ?::text as touch, ?::text as orders,
                 ?::interval as span, ?::interval as grace, ?::boolean as crossing, ?::boolean as revenue,
                 ?::text as own, ?::numeric as cap, ?::jsonb as rates
        ), placed as (
          select c.*, x.*, d.unit as whose, d.occasion as draw,
                 case when x.own is null or c.currency = x.own then 1 else (x.rates ->> c.currency)::numeric end as factor
          from conversions c cross join rules x cross join lateral (
            select d.* from decisions d
            where c.experiment = x.experiment and (d.experiment, d.unit, d.occasion) = (c.experiment, c.unit, c.occasion)
            union all
            (select d.* from decisions d
             where (c.experiment is null or x.crossing and c.experiment <> x.experiment)
               and d.experiment = x.experiment and d.unit = c.unit
               and case when x.touch = 'sticky' then d.occasion = 0
                        when x.touch = 'token' then false else d.occasion > 4000000000 end
               and case when x.touch = 'first'
                          then c.happened_at between d.decided_at - interval '10 minutes' and d.decided_at + x.span
                        else c.happened_at between d.decided_at - interval '10 minutes' and d.decided_at + x.span end
             order by case when x.touch = 'first' or d.decided_at <= c.happened_at then 0 else 1 end,
                      case when x.touch = 'first' then extract(epoch from d.decided_at)
                           else abs(extract(epoch from c.happened_at - d.decided_at)) end
             limit 1)
          ) as d
          where c.reverses is null and c.metric = 'purchase'
            and c.happened_at between d.decided_at - interval '10 minutes' and d.decided_at + x.span
            and c.received_at <= d.decided_at + x.span + x.grace
        ), orders as (
          select *, value as amount from placed
          where not revenue or (value is not null and factor is not null)
        ), reversals as (
          select o.source, o.event_id, r.value is null as whole,
                 case when o.own is null or r.currency = o.currency then r.value
                      when r.currency <> o.own and o.rates ->> r.currency is null then 0
                      when o.currency = o.own then half_even(r.value * (o.rates ->> r.currency)::numeric)
                      when r.currency = o.own then half_even(r.value / o.factor)
                      else half_even(half_even(r.value * (o.rates ->> r.currency)::numeric) / o.factor) end as part
          from orders o join conversions r on r.source = o.source and r.reverses = o.event_id
        ), taken as (
          select source, event_id, bool_or(whole) as whole, coalesce(sum(part), 0) as part
          from reversals group by source, event_id
        ), standing as (
          select o.*, half_even(greatest(coalesce(amount, 0) - coalesce(part, 0), 0) * coalesce(factor, 0)) as net,
                 row_number() over (partition by whose, draw
                                    order by o.happened_at, o.source collate "C", o.event_id collate "C") as place
          from orders o left join taken t on t.source = o.source and t.event_id = o.event_id
          where not coalesce(whole, false) and (coalesce(amount, 0) = 0 or coalesce(part, 0) < amount)
        )
        select whose, draw, 1, count(*), least(sum(net), min(cap)), sum(net)
        from standing where orders = 'every' or place = 1
        group by whose, draw order by whose, draw
        """;

    private static final String NET = """
        select unit, occasion, sum(conversions), sum(orders), sum(value), sum(raw) from rewards
        where metric is null and experiment = (select id from experiments where key = ?)
        group by unit, occasion having (sum(conversions), sum(orders), sum(value), sum(raw)) <> (0, 0, 0, 0)
        order by unit, occasion
        """;

    /// Prepares the database for this oracle.
    AttributionOracle prepared() {
        sql.update(HALF_EVEN);
        return this;
    }

    /// Unit, occasion, conversions, orders, value and raw of every decision that earned something, as it should be.
    List<String> earned(Rules rules) {
        return lines(sql.rows(
                EARNED,
                rules.experiment(),
                rules.touch(),
                rules.orders(),
                rules.window(),
                rules.grace(),
                rules.crossing(),
                rules.revenue(),
                rules.own(),
                rules.cap(),
                rules.rates()));
    }

    /// The same as the rewards say.
    List<String> rewarded(Rules rules) {
        return lines(sql.rows(NET, rules.experiment()));
    }

    private static List<String> lines(List<List<String>> rows) {
        return rows.stream().map(row -> String.join("|", row)).toList();
    }
}
