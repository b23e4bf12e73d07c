package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Tally;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The table of how many orders each origin reports a day, those included that weigh nothing.
///
/// One writer at a time: who attributes, in the transaction that holds its lease.
public final class OriginTable {

    /// A day of one origin in one experiment.
    ///
    /// @param day in UTC, on which orders arrived
    public record Day(long experiment, OriginKey origin, LocalDate day) {}

    /// Where an order is counted.
    ///
    /// @param arm arm of its decision
    public record Place(Day day, String arm) {}

    /// The origin that an arm owes more orders to than any other, beyond what the origin's orders in all arms let expect;
    /// of those that have arrived in the last four weeks from origins that were named and are not under quarantine, those
    /// included that weigh nothing.
    ///
    /// @param arm       key of the arm
    /// @param origin    the origin
    /// @param ofArm     its orders in the arm
    /// @param allOfArm  orders of all origins in the arm
    /// @param elsewhere its orders in all other arms
    /// @param allOthers orders of all origins in all other arms
    /// @param days      the same day by day, of the days on which the origin had any
    public record Suspect(
            String arm,
            OriginKey origin,
            long ofArm,
            long allOfArm,
            long elsewhere,
            long allOthers,
            List<Share> days) {}

    /// A part of the orders of a day.
    ///
    /// @param both     of the arm and of the origin
    /// @param ofOrigin of the origin, in all arms
    /// @param ofArm    of the arm, of all origins
    /// @param all      of all arms and origins
    public record Share(LocalDate day, long both, long ofOrigin, long ofArm, long all) {}

    /// Who is suspect.
    ///
    /// @param pairs number of pairs of an arm and an origin that the suspects were chosen from
    /// @param top   one for each arm that an origin has three orders or more in: fewer are no evidence
    public record Suspects(long pairs, List<Suspect> top) {}

    /// What counters owe to the origins that report most.
    ///
    /// @param earned  what to subtract from the counters of the experiment, all versions as 0
    /// @param origins how many origins these are
    public record Top(Map<Counters.Cell, Tally> earned, long origins) {}

    /// How many days an experiment's origins are looked at: four weeks, so that every weekday counts alike.
    private static final int DAYS = 28;

    private static final String ADD = """
        insert into origins as o (experiment, origin, day, arm, conversions)
        select * from unnest($1::bigint[], $2::uuid[], $3::date[], $4::text[], $5::bigint[])
        on conflict (experiment, origin, day, arm) do update set conversions = o.conversions + excluded.conversions\
        """;

    // The inner select cannot be merged into a join (offset 0), so each key is one descent of the primary key.
    private static final String COUNTS = """
        select k.experiment, k.origin, k.day, o.conversions
        from unnest($1::bigint[], $2::uuid[], $3::date[]) as k (experiment, origin, day)
        cross join lateral (
          select sum(conversions)::bigint as conversions from origins o
          where o.experiment = k.experiment and o.origin = k.origin and o.day = k.day offset 0
        ) as o
        where o.conversions is not null\
        """;

    /// Whether the origin of a row `o` may be believed.
    static final String FREE =
            "not exists (select from quarantines q where q.origin = o.origin and q.released_at is null)";

    private static final String HISTORY = """
        select conversions, count(*) as days
        from (
          select sum(conversions)::bigint as conversions from origins o
          where experiment = $1 and day >= $2 and day < $3 and %s
          group by origin, day
        ) as totals
        group by conversions\
        """.formatted(FREE);

    // Surplus: orders of arm and origin less what there would be if the origin had its share in every arm.
    private static final String SUSPECTS = """
        with counted as materialized (
          select origin, arm, day, conversions from origins o
          where experiment = $1 and day > (select max(day) from origins where experiment = $1) - $2::int and %s
        ), pairs as materialized (
          select origin, arm, sum(conversions)::bigint as pair from counted group by origin, arm
        ), arms as materialized (
          select arm, sum(pair)::bigint as of_arm, count(*) as pairs from pairs group by arm
        ), sums as materialized (
          select p.origin, p.arm, p.pair, o.of_origin, a.of_arm, (select sum(of_arm) from arms)::bigint as everything,
                 (select sum(pairs) from arms)::bigint as pairs
          from pairs p join arms a on a.arm = p.arm
          join (
            select origin, sum(pair)::bigint as of_origin from pairs group by origin having sum(pair) >= 3
          ) as o on o.origin = p.origin
          where p.pair >= 3
        ), top as materialized (
          select distinct on (arm) * from sums
          order by arm, pair - of_origin::numeric * of_arm / everything desc, pair desc, origin
        ), arm_days as materialized (
          select arm, day, sum(conversions)::bigint as conversions from counted group by arm, day
        ), days as materialized (
          select day, sum(conversions)::bigint as conversions from arm_days group by day
        ), shares as (
          select t.arm, c.day, sum(c.conversions) filter (where c.arm = t.arm)::bigint as pair,
                 sum(c.conversions)::bigint as of_origin
          from top t join counted c on c.origin = t.origin group by t.arm, c.day
        )
        select t.*, s.day, coalesce(s.pair, 0) as day_both, s.of_origin as day_of_origin,
               coalesce(a.conversions, 0) as day_of_arm, d.conversions as day_all
        from top t join shares s on s.arm = t.arm join days d on d.day = s.day
        left join arm_days a on a.arm = s.arm and a.day = s.day
        order by t.arm, s.day\
        """.formatted(FREE);

    // What orders and their reversals changed, up to where the learner has counted. Versions are left out, as they are
    // when counters are loaded.
    private static final String TOP = """
        with totals as materialized (
          select origin, sum(conversions) as conversions from origins o where experiment = $1 and %s group by origin
        ), top as materialized (
          select origin from totals order by conversions desc, origin
          limit (select ceil(count(*) * $2::numeric) from totals)
        )
        select r.segment, 0::bigint as version, r.arm, r.holdout, r.bucket, sum(r.conversions)::bigint as conversions,
               sum(r.orders)::bigint as orders, sum(r.orders_sq)::bigint as orders_sq, sum(r.value)::bigint as value,
               sum(r.value_sq) as value_sq, sum(r.raw)::bigint as raw, sum(r.raw_sq) as raw_sq,
               (select count(*) from top) as origins
        from top cross join lateral (
          select * from rewards r
          where r.experiment = $1 and r.origin = top.origin and r.metric is null
            and r.id <= (select rewards from cursors where name = 'learn') offset 0
        ) as r
        group by r.segment, r.arm, r.holdout, r.bucket\
        """.formatted(FREE);

    /// Counts more orders.
    public void add(SqlClient client, Map<Place, Long> orders) {
        if (orders.isEmpty()) {
            return;
        }
        List<Place> places = List.copyOf(orders.keySet());
        List<Day> days = places.stream().map(Place::day).toList();
        Tuple columns = columns(days)
                .addValue(places.stream().map(Place::arm).toArray(String[]::new))
                .addValue(places.stream().map(orders::get).toArray(Long[]::new));
        client.preparedQuery(ADD).execute(columns).await();
    }

    /// How many orders were counted on these days, in all arms; nothing for those without any.
    public Map<Day, Long> counts(SqlClient client, Collection<Day> days) {
        Map<Day, Long> found = new HashMap<>();
        if (days.isEmpty()) {
            return found;
        }
        for (Row row : client.preparedQuery(COUNTS).execute(columns(days)).await()) {
            Day day = new Day(row.getLong("experiment"), new OriginKey(row.getUUID("origin")), row.getLocalDate("day"));
            found.put(day, row.getLong("conversions"));
        }
        return found;
    }

    /// How many orders the origins of an experiment had on each of the four weeks of days before this one: how many days
    /// of single origins there are of each number of orders. Origins under quarantine are left out.
    public Map<Long, Long> history(SqlClient client, long experiment, LocalDate before) {
        Map<Long, Long> days = new HashMap<>();
        for (Row row : client.preparedQuery(HISTORY)
                .execute(Tuple.of(experiment, before.minusDays(DAYS), before))
                .await()) {
            days.put(row.getLong("conversions"), row.getLong("days"));
        }
        return days;
    }

    /// The origin that each arm of an experiment owes most to.
    public Suspects suspects(SqlClient client, long experiment) {
        Map<String, Suspect> top = new LinkedHashMap<>();
        long pairs = 0;
        for (Row row : client.preparedQuery(SUSPECTS)
                .execute(Tuple.of(experiment, DAYS))
                .await()) {
            pairs = row.getLong("pairs");
            top.computeIfAbsent(row.getString("arm"), arm -> suspect(row))
                    .days()
                    .add(share(row));
        }
        return new Suspects(pairs, List.copyOf(top.values()));
    }

    /// What the counters of an experiment owe to the origins with the most orders, as far as the learner has counted;
    /// those under quarantine are left out, since they are counted no more. Where several origins report orders of one
    /// unit, its conversion belongs to the first.
    ///
    /// @param share part of the origins in (0, 1], of any number above 0 at least one
    public Top top(SqlClient client, long experiment, double share) {
        Map<Counters.Cell, Tally> earned = new HashMap<>();
        long origins = 0;
        for (Row row : client.preparedQuery(TOP)
                .execute(Tuple.of(experiment, BigDecimal.valueOf(share)))
                .await()) {
            origins = row.getLong("origins");
            earned.put(Rows.cell(row), Rows.tally(row, 0));
        }
        return new Top(earned, origins);
    }

    private static Suspect suspect(Row row) {
        long ofArm = row.getLong("of_arm");
        long both = row.getLong("pair");
        return new Suspect(
                row.getString("arm"),
                new OriginKey(row.getUUID("origin")),
                both,
                ofArm,
                row.getLong("of_origin") - both,
                row.getLong("everything") - ofArm,
                new ArrayList<>());
    }

    private static Share share(Row row) {
        return new Share(
                row.getLocalDate("day"),
                row.getLong("day_both"),
                row.getLong("day_of_origin"),
                row.getLong("day_of_arm"),
                row.getLong("day_all"));
    }

    private static Tuple columns(Collection<Day> days) {
        return Tuple.of(
                days.stream().map(Day::experiment).toArray(Long[]::new),
                days.stream().map(day -> day.origin().uuid()).toArray(UUID[]::new),
                days.stream().map(Day::day).toArray(LocalDate[]::new));
    }
}
