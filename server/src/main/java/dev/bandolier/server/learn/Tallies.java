package dev.bandolier.server.learn;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Tally;
import dev.bandolier.server.ledger.ArrivalTable;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.DecisionLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.RewardLog;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The counters, brought up to the logs turn by turn: those of the table, and of what is in use a copy in memory.
///
/// Confined to the thread of the duty. A copy is only as good as the transaction that it was changed in: whoever rolls one
/// back forgets all.
final class Tallies {

    /// What one turn has counted.
    ///
    /// @param rows    decisions and rewards
    /// @param rewards rewards among them
    /// @param changed experiments whose counters are others now
    /// @param before  how far the logs were counted, and learned from, before
    /// @param after   how far they are counted now
    record Counted(long rows, long rewards, Set<Long> changed, CounterTable.Cursor before, CounterTable.Cursor after) {}

    /// How often it is looked for minutes of arrivals that are too old.
    private static final Duration PRUNED_EVERY = Duration.ofMinutes(1);

    /// Such minutes that go at a time: as many experiments could add in one.
    private static final int PRUNED_MAX = 10_000;

    private final int rowsMax;
    private final DecisionLog decisions;
    private final ConversionLog conversions;
    private final RewardLog rewards;
    private final CounterTable table;
    private final ArrivalTable arrivals;
    private final Copies copies = new Copies();
    private Instant pruned = Instant.MIN;

    /// The counters of this ledger.
    ///
    /// @param rowsMax decisions and rewards per turn
    Tallies(int rowsMax, Ledger ledger) {
        this.rowsMax = rowsMax;
        this.decisions = ledger.decisions();
        this.conversions = ledger.conversions();
        this.rewards = ledger.rewards();
        this.table = ledger.counters();
        this.arrivals = ledger.arrivals();
    }

    /// Adds what is new in the logs, in the table and in memory; the cursor is moved by [#move].
    ///
    /// @param now before anything else of this turn is read
    Counted count(SqlConnection connection, Instant now) {
        // What is acknowledged before this statement and not among the unsettled has its rewards in the log by now.
        Instant settled = conversions.oldestUnsettled(connection).orElse(now);
        CounterTable.Cursor from = table.cursor(connection);
        DecisionLog.Fold exposed = decisions.fold(connection, from.decisions(), rowsMax);
        RewardLog.Fold earned = rewards.fold(connection, from.rewards(), rowsMax, exposed.upTo());
        Map<Long, Map<CounterTable.Line, Tally>> changes = new HashMap<>();
        exposed.changes().forEach((experiment, lines) -> changes.put(experiment, new HashMap<>(lines)));
        earned.changes().forEach((experiment, lines) -> {
            Map<CounterTable.Line, Tally> sums = changes.computeIfAbsent(experiment, id -> new HashMap<>());
            lines.forEach((line, tally) -> sums.merge(line, tally, Tally::plus));
        });
        table.add(connection, changes);
        table.addDelays(connection, earned.delays());
        Set<Long> changed = new HashSet<>(changes.keySet());
        changed.addAll(earned.delays().keySet());
        for (long experiment : changed) {
            copies.change(
                    experiment,
                    before -> before.plus(cells(changes.getOrDefault(experiment, Map.of())))
                            .plusDelays(earned.delays().getOrDefault(experiment, Map.of())));
        }
        // A reversal that waited long for its order is unsettled again: what was heard through stays heard.
        Instant through = earned.all() && settled.isAfter(from.through()) ? settled : from.through();
        CounterTable.Cursor after = new CounterTable.Cursor(exposed.upTo(), earned.upTo(), through);
        long rows = exposed.rows() + earned.rows();
        if (rows > 0) {
            arrivals.add(connection, from, after);
            prune(connection, now);
        }
        return new Counted(rows, earned.rows(), changed, from, after);
    }

    private void prune(SqlConnection connection, Instant now) {
        if (now.minus(PRUNED_EVERY).isAfter(pruned)) {
            arrivals.prune(connection, now.minus(ArrivalTable.KEPT), PRUNED_MAX);
            pruned = now;
        }
    }

    /// The same by cell: no belief depends on what units were drawn among.
    private static Map<Counters.Cell, Tally> cells(Map<CounterTable.Line, Tally> lines) {
        Map<Counters.Cell, Tally> cells = new HashMap<>();
        lines.forEach((line, tally) -> cells.merge(line.cell(), tally, Tally::plus));
        return cells;
    }

    /// Moves the cursor, in the transaction that has counted up to it.
    void move(SqlConnection connection, CounterTable.Cursor to) {
        table.move(connection, to);
    }

    /// The counters of an experiment.
    Counters of(SqlConnection connection, Experiment experiment, Instant now) {
        Instant mature = now.minus(experiment.definition().objective().window()).minus(experiment.bucketWidth());
        return copies.of(experiment.id(), now, mature, id -> table.load(connection, id));
    }

    /// Drops the copies of all but these experiments, and those that nobody has asked for in a while.
    void keep(Set<Long> experiments, Instant now) {
        copies.keep(experiments, now);
    }

    /// Drops all copies.
    void forget() {
        copies.forget();
    }
}
