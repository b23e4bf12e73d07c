package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.bandits.guardrail.Ballot;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The log of rewards: signed changes of what one decision earned.
///
/// One appender at a time, kept so by the lease that its transaction locks: rows become visible in the order of their id.
public final class RewardLog {

    /// What the rewards between two cursors add to the counters.
    ///
    /// @param upTo    every reward up to this id is now counted
    /// @param changes per experiment, what its units earned
    /// @param delays  per experiment, how many more or fewer of its units converted after how long
    /// @param rows    number of rewards read
    /// @param all     whether these are all there are
    public record Fold(
            long upTo,
            Map<Long, Map<CounterTable.Line, Tally>> changes,
            Map<Long, Map<Counters.Delay, Long>> delays,
            long rows,
            boolean all) {}

    // Rows get their id in the order of the arrays. What a decision was drawn among is on its row alone: whoever serves
    // it does not carry it along.
    private static final String APPEND = """
        insert into rewards (experiment, unit, occasion, metric, segment, version, arm, holdout, bucket, source, event_id,
                             amount, currency, rate, reverses, happened_at, received_at, conversions, orders, orders_sq,
                             value, value_sq, raw, raw_sq, delay_from, delay_to, settling, void, capped, origin, withdrawn,
                             eligible)
        select experiment, unit, occasion, metric, segment, version, arm, holdout, bucket, source, event_id, amount,
               currency, rate::numeric, reverses, happened_at, received_at, conversions, orders, orders_sq, value,
               value_sq::numeric, raw, raw_sq::numeric, delay_from, delay_to, settling, void, capped, origin, withdrawn,
               (select d.eligible from decisions d
                where d.unit = a.unit and d.experiment = a.experiment and d.occasion = a.occasion)
        from unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::text[],
                    $8::boolean[], $9::timestamptz[], $10::text[], $11::text[], $12::bigint[], $13::text[],
                    $14::text[], $15::text[], $16::timestamptz[], $17::timestamptz[], $18::bigint[], $19::bigint[],
                    $20::bigint[], $21::bigint[], $22::text[], $23::bigint[], $24::text[], $25::smallint[],
                    $26::smallint[], $27::smallint[], $28::boolean[], $29::boolean[], $30::uuid[], $31::boolean[])
          with ordinality
          as a (experiment, unit, occasion, metric, segment, version, arm, holdout, bucket, source, event_id, amount,
                currency, rate, reverses, happened_at, received_at, conversions, orders, orders_sq, value, value_sq, raw,
                raw_sq, delay_from, delay_to, settling, void, capped, origin, withdrawn, place)
        order by place\
        """;

    // A reward whose decision is not counted yet waits, and so do those after it: else conversions would be counted of
    // units whose exposures are not, for as long as a transaction anywhere in the cluster holds the decisions back.
    private static final String HORIZON = """
        with batch as (
          select id, unit, experiment, occasion from rewards where id > $1 order by id limit $2
        ), early as (
          select min(b.id) as id from batch b
          cross join lateral (
            select xid from decisions d
            where d.unit = b.unit and d.experiment = b.experiment and d.occasion = b.occasion offset 0
          ) as d
          where d.xid >= $3::text::xid8
        )
        select coalesce(max(b.id), $1) as up_to, count(*) as rows, (select count(*) from batch) as found
        from batch b cross join early where early.id is null or b.id < early.id\
        """;

    private static final String FOLD = """
        select experiment, segment, version, eligible, arm, holdout, bucket, sum(conversions)::bigint as conversions,
               sum(orders)::bigint as orders, sum(orders_sq)::bigint as orders_sq, sum(value)::bigint as value,
               sum(value_sq) as value_sq, sum(raw)::bigint as raw, sum(raw_sq) as raw_sq
        from rewards where id > $1 and id <= $2 and metric is null
        group by experiment, segment, version, eligible, arm, holdout, bucket\
        """;

    // A unit leaves the bin where it was counted before and enters the one where it is counted now.
    private static final String FOLD_DELAYS = """
        select experiment, bucket, bin, sum(entered)::bigint as conversions
        from (
          select experiment, bucket, delay_to as bin, 1 as entered
          from rewards where id > $1 and id <= $2 and metric is null and delay_to is not null
          union all
          select experiment, bucket, delay_from, -1
          from rewards where id > $1 and id <= $2 and metric is null and delay_from is not null
        ) as moves
        group by experiment, bucket, bin having sum(entered) <> 0\
        """;

    /// A decision that a conversion was credited to.
    ///
    /// @param decision the decision
    /// @param metric   of which metric it earned: as [Reward.Account#metric]
    public record Credited(Decision decision, Optional<String> metric) {

        /// What of the decision was credited.
        public Reward.Account account() {
            return new Reward.Account(decision.key(), metric);
        }
    }

    /// A conversion that is on record with an account.
    ///
    /// @param credit   the conversion
    /// @param settling how it stands by now
    public record Entry(Earnings.Credit credit, Reward.Settling settling) {}

    /// What is on record with these decisions, metric by metric, the oldest first; nothing for those that are absent.
    public Map<Reward.Account, List<Entry>> ofDecisions(SqlClient client, Collection<Decision.Key> keys) {
        return Entries.ofDecisions(client, keys);
    }

    /// What these conversions were credited to, or would be if they were not under quarantine; where one took back
    /// another, weighs nothing for good, or was withdrawn, nothing.
    public Map<ConversionLog.Name, List<Credited>> ofEvents(SqlClient client, List<ConversionLog.Name> names) {
        return Entries.ofEvents(client, names, false);
    }

    /// Wherever these conversions are on record, withdrawn or not.
    public Map<ConversionLog.Name, List<Credited>> onRecord(SqlClient client, List<ConversionLog.Name> names) {
        return Entries.ofEvents(client, names, true);
    }

    /// Appends rewards in their order; the caller holds the lease within this transaction.
    public void append(SqlClient client, List<Reward> rewards) {
        if (!rewards.isEmpty()) {
            client.preparedQuery(APPEND).execute(RewardColumns.of(rewards)).await();
        }
    }

    /// What the rewards since a cursor add to the counters, at most `rowsMax` of them.
    ///
    /// @param decided decisions of transactions below this one are counted; a reward of any other waits
    public Fold fold(SqlClient client, long from, int rowsMax, long decided) {
        Row horizon = client.preparedQuery(HORIZON)
                .execute(Tuple.of(from, rowsMax, Long.toString(decided)))
                .await()
                .iterator()
                .next();
        long upTo = horizon.getLong("up_to");
        Map<Long, Map<CounterTable.Line, Tally>> changes = new HashMap<>();
        for (Row row : client.preparedQuery(FOLD).execute(Tuple.of(from, upTo)).await()) {
            changes.computeIfAbsent(row.getLong("experiment"), id -> new HashMap<>())
                    .put(Rows.line(row), Rows.tally(row, 0));
        }
        Map<Long, Map<Counters.Delay, Long>> delays = new HashMap<>();
        for (Row row :
                client.preparedQuery(FOLD_DELAYS).execute(Tuple.of(from, upTo)).await()) {
            delays.computeIfAbsent(row.getLong("experiment"), id -> new HashMap<>())
                    .put(Rows.delay(row), row.getLong("conversions"));
        }
        long rows = horizon.getLong("rows");
        boolean all = rows == horizon.getLong("found") && rows < rowsMax;
        return new Fold(upTo, changes, delays, rows, all);
    }

    /// What the rewards between two cursors change, per experiment, as outcomes of units: a unit that converted is one
    /// more of its value, one whose orders were taken back is one less of what it was worth, one whose value has changed is
    /// both. Metrics have their names, that of the objective included.
    ///
    /// @param from every reward up to this id is read already
    /// @param upTo every reward up to this id is read now: as [Fold#upTo], so as many as were folded
    public Map<Long, List<Ballot>> ballots(SqlClient client, long from, long upTo) {
        return Ballots.between(client, from, upTo);
    }

    /// What the decisions of some exposure buckets came to in time: units that had converted, by metric and net value.
    ///
    /// @param fromBucket start of the first bucket
    /// @param toBucket   start of the first that is not among them
    /// @param heard      time after the start of its bucket until which a conversion arrives in time, to the millisecond
    /// @param upTo       every reward up to this id is read, no other
    public List<Ballot> closed(
            SqlClient client, long experiment, Instant fromBucket, Instant toBucket, Duration heard, long upTo) {
        return Ballots.closed(client, experiment, fromBucket, toBucket, heard, upTo);
    }

    /// How many units converted by the objective, per experiment and interval in which this was heard, the holdout
    /// included; what was taken back stays counted.
    ///
    /// @param from     every reward up to this id is read already
    /// @param upTo     every reward up to this id is read now
    /// @param interval length of the intervals, to the millisecond; one of them starts at 1970-01-01T00:00Z
    public Map<Long, Map<Instant, Long>> arrivals(SqlClient client, long from, long upTo, Duration interval) {
        return Ballots.arrivals(client, from, upTo, interval);
    }

    /// Experiments of which the rewards between two cursors settle anew what was settled before: what tests have seen of
    /// closed windows is no longer what the log says.
    public Set<Long> resettled(SqlClient client, long from, long upTo) {
        return Ballots.resettled(client, from, upTo);
    }
}
