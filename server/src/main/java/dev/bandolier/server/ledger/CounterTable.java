package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Tally;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of counters and of delays, and the cursor that says which part of the logs they hold.
///
/// One writer at a time, kept so by the lease that its transaction locks. Whatever is lost here can be counted again
/// from the
/// logs, to the same rows.
public final class CounterTable {

    /// How far the learner has come.
    ///
    /// @param decisions every decision of a transaction below this one is counted, no other
    /// @param rewards   every reward up to this id is counted, no other
    /// @param through   every conversion acknowledged up to this time is counted, if it earned anything
    public record Cursor(long decisions, long rewards, Instant through) {}

    /// What is counted together in the table: of a cell of the counters those units that were drawn among the same arms.
    ///
    /// @param cell     segment, version, arm, holdout and bucket
    /// @param eligible arms that could be drawn, comma-separated, if not all of the snapshot's could
    public record Line(Counters.Cell cell, Optional<String> eligible) {}

    private static final String CURSOR =
            "select decisions::text as decisions, rewards, through from cursors where name = 'learn'";

    private static final String AHEAD = """
        select decisions::text as decisions, decisions > pg_current_xact_id() as ahead
        from cursors where name = 'learn' for update\
        """;

    private static final String NO_LIMIT = "set local statement_timeout = 0";

    private static final String STAMP = """
        update decisions
        set xid = case when xid >= $1::text::xid8 then pg_current_xact_id() else '0'::xid8 end\
        """;

    private static final String RESTART = "update cursors set decisions = pg_current_xact_id() where name = 'learn'";

    private static final String MOVE = """
        update cursors set decisions = $1::text::xid8, rewards = $2, through = greatest(through, $3)
        where name = 'learn'\
        """;

    private static final String ADD = """
        insert into counters as c (experiment, segment, version, eligible, arm, holdout, bucket,
                                   exposures, conversions, orders, orders_sq, value, value_sq, raw, raw_sq)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        on conflict (experiment, segment, version, eligible, arm, holdout, bucket) do update set
          exposures = c.exposures + excluded.exposures,
          conversions = c.conversions + excluded.conversions,
          orders = c.orders + excluded.orders,
          orders_sq = c.orders_sq + excluded.orders_sq,
          value = c.value + excluded.value,
          value_sq = c.value_sq + excluded.value_sq,
          raw = c.raw + excluded.raw,
          raw_sq = c.raw_sq + excluded.raw_sq\
        """;

    private static final String ADD_DELAYS = """
        insert into delays as d (experiment, bucket, bin, conversions) values ($1, $2, $3, $4)
        on conflict (experiment, bucket, bin) do update set conversions = d.conversions + excluded.conversions\
        """;

    private static final String SUMS = """
        sum(exposures) as exposures, sum(conversions) as conversions, sum(orders) as orders,
               sum(orders_sq) as orders_sq, sum(value) as value, sum(value_sq) as value_sq, sum(raw) as raw,
               sum(raw_sq) as raw_sq
        from counters
        """;

    // No belief depends on the version that a unit was drawn from, of which there are hundreds, nor on what it was
    // drawn
    // among.
    private static final String ALL = "select segment, 0::bigint as version, arm, holdout, bucket, " + SUMS
            + "where experiment = $1 group by segment, arm, holdout, bucket";

    private static final String DRAWN = "select arm, " + SUMS + "where experiment = $1 and not holdout group by arm";

    private static final String ALL_DELAYS = "select bucket, bin, conversions from delays where experiment = $1";

    /// The cursor.
    public Cursor cursor(SqlClient client) {
        Row row = client.preparedQuery(CURSOR).execute().await().iterator().next();
        return new Cursor(
                Long.parseLong(row.getString("decisions")), row.getLong("rewards"), Rows.time(row, "through"));
    }

    /// Makes the decisions of another cluster this one's own, if they are: transaction ids that were copied by a dump mean
    /// nothing here, and new decisions would stay below the cursor for ever. What was counted gets an id before all
    /// others, the rest the id of this transaction.
    ///
    /// @return whether there was anything to do
    public boolean adopt(SqlClient client) {
        Row row = client.preparedQuery(AHEAD).execute().await().iterator().next();
        if (!row.getBoolean("ahead")) {
            return false;
        }
        client.query(NO_LIMIT).execute().await();
        client.preparedQuery(STAMP)
                .execute(Tuple.of(row.getString("decisions")))
                .await();
        client.preparedQuery(RESTART).execute().await();
        return true;
    }

    /// Moves the cursor, in the transaction that adds what lies before it.
    public void move(SqlClient client, Cursor cursor) {
        client.preparedQuery(MOVE)
                .execute(Tuple.of(Long.toString(cursor.decisions()), cursor.rewards(), Rows.time(cursor.through())))
                .await();
    }

    /// Adds changes to the counters, per experiment: one round trip, however many these are.
    public void add(SqlClient client, Map<Long, Map<Line, Tally>> changes) {
        List<Tuple> rows = new ArrayList<>();
        changes.forEach((experiment, lines) -> lines.forEach((line, tally) -> rows.add(row(experiment, line, tally))));
        if (!rows.isEmpty()) {
            client.preparedQuery(ADD).executeBatch(rows).await();
        }
    }

    /// Adds changes to the delays, per experiment: units that converted, or no longer did, after how long.
    public void addDelays(SqlClient client, Map<Long, Map<Counters.Delay, Long>> changes) {
        List<Tuple> rows = new ArrayList<>();
        changes.forEach((experiment, delays) -> delays.forEach((delay, conversions) ->
                rows.add(Tuple.of(experiment, Rows.time(delay.bucket()), (short) delay.bin(), conversions))));
        if (!rows.isEmpty()) {
            client.preparedQuery(ADD_DELAYS).executeBatch(rows).await();
        }
    }

    /// The counters of one experiment; all its versions are one, 0.
    ///
    /// @throws ArithmeticException if a sum is no number of units, orders or minor units
    public Counters load(SqlClient client, long experiment) {
        Map<Counters.Cell, Tally> cells = new HashMap<>();
        for (Row row : client.preparedQuery(ALL).execute(Tuple.of(experiment)).await()) {
            cells.put(Rows.cell(row), Rows.sums(row));
        }
        Map<Counters.Delay, Long> delays = new HashMap<>();
        for (Row row :
                client.preparedQuery(ALL_DELAYS).execute(Tuple.of(experiment)).await()) {
            delays.put(Rows.delay(row), row.getLong("conversions"));
        }
        return Counters.EMPTY.plus(cells).plusDelays(delays);
    }

    /// What each arm of an experiment exposed and earned, by its key, the holdout left out.
    ///
    /// @throws ArithmeticException if a sum is no number of units, orders or minor units
    public Map<String, Tally> drawn(SqlClient client, long experiment) {
        Map<String, Tally> arms = new HashMap<>();
        for (Row row : client.preparedQuery(DRAWN).execute(Tuple.of(experiment)).await()) {
            arms.put(row.getString("arm"), Rows.sums(row));
        }
        return arms;
    }

    /// What units of an experiment earned that were drawn alike and got the same arm.
    public List<Group> groups(SqlClient client, long experiment, Group.Asked asked) {
        return Group.of(client, experiment, asked);
    }

    /// The days on which units of an experiment were drawn, the first one first; the holdout is left out.
    public List<Group.Day> days(SqlClient client, long experiment) {
        return Group.days(client, experiment);
    }

    /// How far the counters of an experiment follow what was reported, and what of that does not count.
    ///
    /// @param metric metric of its objective
    /// @param now    before anything is read
    public Freshness freshness(SqlClient client, long experiment, String metric, Instant now) {
        return Freshness.of(client, experiment, metric, now);
    }

    private static Tuple row(long experiment, Line line, Tally tally) {
        Counters.Cell cell = line.cell();
        return Tuple.of(
                        experiment,
                        cell.segment(),
                        cell.version(),
                        line.eligible().orElse(""),
                        cell.arm(),
                        cell.holdout())
                .addValue(Rows.time(cell.bucket()))
                .addValue(tally.exposures())
                .addValue(tally.conversions())
                .addValue(tally.orders())
                .addValue(tally.ordersSq())
                .addValue(tally.value())
                .addValue(new BigDecimal(tally.valueSq()))
                .addValue(tally.raw())
                .addValue(new BigDecimal(tally.rawSq()));
    }
}
