package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The table of arrivals: what came in for each experiment minute by minute, and the latest rewards themselves.
///
/// One writer at a time, in the transaction that moves the cursor of the learner.
public final class ArrivalTable {

    /// How long a minute is kept: a day longer than anybody can ask for.
    public static final Duration KEPT = Duration.ofDays(31);

    /// What came in within some time.
    ///
    /// @param units       units exposed, the holdout included
    /// @param conversions units that converted by the objective, by when that was heard
    /// @param value       by what the net value changed, in minor units
    public record Sum(long units, long conversions, long value) {

        /// Nothing.
        public static final Sum NONE = new Sum(0, 0, 0);
    }

    /// One reward as people watch it come in: nothing says whose it is.
    ///
    /// @param at       when it arrived
    /// @param metric   a metric that guardrails watch; absent: that of the objective
    /// @param source   who reported it
    /// @param arm      arm of its decision
    /// @param amount   its value in minor units, if it has one
    /// @param currency foreign currency that it was made in; absent: that of the objective
    /// @param reverses whether it takes back another
    /// @param counted  whether it counts: it is neither under quarantine nor one too many
    /// @param delay    time from the decision to its arrival, not negative
    public record Reward(
            Instant at,
            Optional<String> metric,
            String source,
            String arm,
            Optional<Long> amount,
            Optional<String> currency,
            boolean reverses,
            boolean counted,
            Duration delay) {}

    private static final String ADD = """
        insert into arrivals as a (experiment, minute, units, conversions, value)
        select experiment, minute, sum(units), sum(conversions), sum(value)
        from (
          select experiment, date_bin('1 minute', decided_at, '2000-01-01T00:00:00Z') as minute, count(*) as units,
                 0 as conversions, 0 as value
          from decisions
          where xid >= $1::text::xid8 and xid < $2::text::xid8 and (occasion = 0 or occasion >= $5)
          group by experiment, minute
          union all
          select experiment, date_bin('1 minute', received_at, '2000-01-01T00:00:00Z') as minute, 0,
                 sum(greatest(conversions, 0)), sum(raw)
          from rewards where id > $3 and id <= $4 and metric is null and settling = 0
          group by experiment, minute
        ) as came
        group by experiment, minute
        on conflict (experiment, minute) do update set
          units = a.units + excluded.units,
          conversions = a.conversions + excluded.conversions,
          value = a.value + excluded.value\
        """;

    private static final String PRUNE = """
        delete from arrivals where (experiment, minute) in (
          select experiment, minute from arrivals where minute < $1 order by minute limit $2)\
        """;

    private static final String SUMS = """
        select date_bin($4::bigint * interval '1 second', minute, '1970-01-01T00:00:00Z') as bin,
               sum(units)::bigint as units, sum(conversions)::bigint as conversions, sum(value)::bigint as value
        from arrivals where experiment = $1 and minute >= $2 and minute < $3
        group by bin\
        """;

    // Asked for as a range, the experiment is part of the order, so that no plan walks the rewards of all others. The
    // inner select cannot be merged into a join (offset 0), so each decision is one descent of its primary key.
    private static final String LATEST = """
        select r.received_at, r.metric, r.source, r.arm, r.amount, r.currency, r.reverses is not null as reverses,
               not (r.void or r.capped or r.withdrawn) as counted,
               greatest(extract(epoch from r.received_at - d.decided_at) * 1000, 0)::bigint as delay
        from (
          select * from rewards where experiment between $1 and $1 and settling = 0
          order by experiment desc, id desc limit $2
        ) as r
        cross join lateral (
          select decided_at from decisions d
          where d.unit = r.unit and d.experiment = r.experiment and d.occasion = r.occasion offset 0
        ) as d
        order by r.id desc\
        """;

    /// Adds what lies between two cursors, in the transaction that moves from one to the other.
    public void add(SqlClient client, CounterTable.Cursor from, CounterTable.Cursor upTo) {
        client.preparedQuery(ADD)
                .execute(Tuple.of(
                        Long.toString(from.decisions()),
                        Long.toString(upTo.decisions()),
                        from.rewards(),
                        upTo.rewards(),
                        Decision.REQUESTS_FROM))
                .await();
    }

    /// Drops minutes that nobody is shown any more, the oldest first.
    ///
    /// @param before what is older goes
    /// @param most   rows at a time
    public void prune(SqlClient client, Instant before, int most) {
        client.preparedQuery(PRUNE).execute(Tuple.of(Rows.time(before), most)).await();
    }

    /// What came in for an experiment, by the start of the bin; bins in which nothing did are left out.
    ///
    /// @param from  start of the first bin
    /// @param to    start of the first minute that is not asked for
    /// @param width of the bins, whole minutes; one of them starts at 1970-01-01T00:00Z
    public NavigableMap<Instant, Sum> sums(
            SqlClient client, long experiment, Instant from, Instant to, Duration width) {
        NavigableMap<Instant, Sum> found = new TreeMap<>();
        Tuple asked = Tuple.of(experiment, Rows.time(from), Rows.time(to), width.toSeconds());
        for (Row row : client.preparedQuery(SUMS).execute(asked).await()) {
            found.put(
                    Rows.time(row, "bin"),
                    new Sum(row.getLong("units"), row.getLong("conversions"), row.getLong("value")));
        }
        return found;
    }

    /// The rewards of an experiment that were appended last, the latest first.
    public List<Reward> latest(SqlClient client, long experiment, int limit) {
        List<Reward> found = new ArrayList<>();
        for (Row row : client.preparedQuery(LATEST)
                .execute(Tuple.of(experiment, limit))
                .await()) {
            found.add(new Reward(
                    Rows.time(row, "received_at"),
                    Optional.ofNullable(row.getString("metric")),
                    row.getString("source"),
                    row.getString("arm"),
                    Optional.ofNullable(row.getLong("amount")),
                    Optional.ofNullable(row.getString("currency")),
                    row.getBoolean("reverses"),
                    row.getBoolean("counted"),
                    Duration.ofMillis(row.getLong("delay"))));
        }
        return found;
    }
}
