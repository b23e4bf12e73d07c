package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The log of rewards: signed changes of what one decision earned.
///
/// One appender at a time, kept so by the lease that its transaction locks: rows become visible in the order of their
/// id.
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
            Map<Long, Map<Counters.Cell, Tally>> changes,
            Map<Long, Map<Counters.Delay, Long>> delays,
            long rows,
            boolean all) {}

    // The inner selects cannot be merged into a join (offset 0), so each key is one descent of an index.
    private static final String OF_DECISIONS = """
        select r.* from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as k (unit, experiment, occasion)
        cross join lateral (
          select id, experiment, unit, occasion, source, event_id, amount, reverses, received_at from rewards r
          where r.unit = k.unit and r.experiment = k.experiment and r.occasion = k.occasion offset 0
        ) as r
        order by r.id\
        """;

    private static final String OF_EVENTS = """
        select d.*, r.source, r.event_id from unnest($1::text[], $2::text[]) as k (source, event_id)
        cross join lateral (
          select unit, experiment, occasion, source, event_id from rewards r
          where r.source = k.source and r.event_id = k.event_id offset 0
        ) as r
        cross join lateral (
          select * from decisions d
          where d.unit = r.unit and d.experiment = r.experiment and d.occasion = r.occasion offset 0
        ) as d\
        """;

    private static final String APPEND = """
        insert into rewards (experiment, unit, occasion, source, event_id, amount, reverses, segment, version, arm,
                                 holdout, bucket, conversions, orders, orders_sq, value, value_sq, raw, raw_sq,
                                 delay_from, delay_to, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)\
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
        select experiment, segment, version, arm, holdout, bucket, sum(conversions)::bigint as conversions,
               sum(orders)::bigint as orders, sum(orders_sq)::bigint as orders_sq, sum(value)::bigint as value,
               sum(value_sq) as value_sq, sum(raw)::bigint as raw, sum(raw_sq) as raw_sq
        from rewards where id > $1 and id <= $2
        group by experiment, segment, version, arm, holdout, bucket\
        """;

    // A unit leaves the bin where it was counted before and enters the one where it is counted now.
    private static final String FOLD_DELAYS = """
        select experiment, bucket, bin, sum(entered)::bigint as conversions
        from (
          select experiment, bucket, delay_to as bin, 1 as entered
          from rewards where id > $1 and id <= $2 and delay_to is not null
          union all
          select experiment, bucket, delay_from, -1 from rewards where id > $1 and id <= $2 and delay_from is not null
        ) as moves
        group by experiment, bucket, bin having sum(entered) <> 0\
        """;

    /// What these decisions have earned so far; nothing for those that are absent.
    public Map<Decision.Key, Earnings> ofDecisions(SqlClient client, Collection<Decision.Key> keys) {
        Map<Decision.Key, Earnings> found = new HashMap<>();
        for (Row row :
                client.preparedQuery(OF_DECISIONS).execute(Rows.columns(keys)).await()) {
            Decision.Key key = Rows.key(row);
            Earnings.Credit credit = new Earnings.Credit(
                    row.getString("source"),
                    row.getString("event_id"),
                    Optional.ofNullable(row.getLong("amount")),
                    Optional.ofNullable(row.getString("reverses")),
                    Rows.time(row, "received_at"));
            found.merge(key, Earnings.NONE.plus(credit), (earnings, one) -> earnings.plus(credit));
        }
        return found;
    }

    /// The decisions that these conversions were credited to.
    public Map<ConversionLog.Name, List<Decision>> ofEvents(SqlClient client, List<ConversionLog.Name> names) {
        Tuple columns = Tuple.of(names.stream().map(ConversionLog.Name::source).toArray(String[]::new), (Object)
                names.stream().map(ConversionLog.Name::id).toArray(String[]::new));
        Map<ConversionLog.Name, List<Decision>> found = new HashMap<>();
        for (Row row : client.preparedQuery(OF_EVENTS).execute(columns).await()) {
            ConversionLog.Name name = new ConversionLog.Name(row.getString("source"), row.getString("event_id"));
            found.computeIfAbsent(name, n -> new ArrayList<>()).add(Rows.decision(row));
        }
        return found;
    }

    /// Appends rewards in their order; the caller holds the lease within this transaction.
    public void append(SqlClient client, List<Reward> rewards) {
        if (!rewards.isEmpty()) {
            client.preparedQuery(APPEND)
                    .executeBatch(rewards.stream().map(RewardLog::row).toList())
                    .await();
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
        Map<Long, Map<Counters.Cell, Tally>> changes = new HashMap<>();
        for (Row row : client.preparedQuery(FOLD).execute(Tuple.of(from, upTo)).await()) {
            changes.computeIfAbsent(row.getLong("experiment"), id -> new HashMap<>())
                    .put(Rows.cell(row), Rows.tally(row, 0));
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

    private static Tuple row(Reward reward) {
        Tally change = reward.change();
        return Tuple.of(
                        reward.decision().experiment(),
                        reward.decision().unit().uuid(),
                        reward.decision().occasion(),
                        reward.credit().source(),
                        reward.credit().id(),
                        reward.credit().amount().orElse(null))
                .addValue(reward.credit().reverses().orElse(null))
                .addValue(reward.cell().segment())
                .addValue(reward.cell().version())
                .addValue(reward.cell().arm())
                .addValue(reward.cell().holdout())
                .addValue(Rows.time(reward.cell().bucket()))
                .addValue(change.conversions())
                .addValue(change.orders())
                .addValue(change.ordersSq())
                .addValue(change.value())
                .addValue(new BigDecimal(change.valueSq()))
                .addValue(change.raw())
                .addValue(new BigDecimal(change.rawSq()))
                .addValue(bin(reward.delayFrom()))
                .addValue(bin(reward.delayTo()))
                .addValue(Rows.time(reward.credit().receivedAt()));
    }

    private static Short bin(OptionalInt bin) {
        return bin.isPresent() ? (short) bin.getAsInt() : null;
    }
}
