package dev.bandolier.server.learn;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Learner;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Tally;
import dev.bandolier.server.Settings;
import dev.bandolier.server.duty.Duty;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.DecisionLog;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.StandingTable;
import dev.bandolier.server.postgres.Bell;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The duty that learns: what is new in the logs is added to the counters, and where that moves the allocation, the
/// next
/// snapshot is published.
///
/// Counters, cursor and snapshots are written in one transaction that holds the lease. The counters in memory are a
/// copy of the
/// table's, dropped whenever a turn is rolled back; the thread of the duty owns them.
public final class Learning implements Duty {

    /// How often people are shown new numbers while the allocation stays.
    private static final Duration SHOW_EVERY = Duration.ofSeconds(1);

    private final Settings settings;
    private final Board board;
    private final DecisionLog decisions;
    private final ConversionLog conversions;
    private final RewardLog rewards;
    private final CounterTable table;
    private final SnapshotLog snapshots;
    private final StandingTable standings;
    private final ExperimentTable experiments;
    private final Bell published;
    private final Map<Long, Counters> counters = new HashMap<>();
    private final Map<Long, Snapshot> made = new HashMap<>();
    private final Map<Long, Instant> shown = new HashMap<>();
    private final Set<Long> unseen = new HashSet<>();
    private boolean trailing;

    /// The duty over these logs.
    ///
    /// @param published rung when there is something new to serve
    public Learning(Settings settings, Board board, Ledger ledger, Bell published) {
        this.settings = settings;
        this.board = board;
        this.decisions = ledger.decisions();
        this.conversions = ledger.conversions();
        this.rewards = ledger.rewards();
        this.table = ledger.counters();
        this.snapshots = ledger.snapshots();
        this.standings = ledger.standings();
        this.experiments = ledger.experiments();
        this.published = published;
    }

    @Override
    public String name() {
        return "learn";
    }

    @Override
    public int turn(SqlConnection connection) {
        int moved = count(connection);
        int made = publish(connection);
        if (made > 0) {
            experiments.ring(connection);
        }
        return moved + made;
    }

    @Override
    public void committed() {
        published.ring();
    }

    @Override
    public void forget() {
        counters.clear();
        made.clear();
        shown.clear();
        unseen.clear();
        trailing = true;
    }

    /// Adds what is new to the counters, in the table and in memory, and moves the cursor.
    private int count(SqlConnection connection) {
        Instant begun = settings.clock().instant();
        // What is acknowledged before this statement and not among the unsettled has its rewards in the log by now.
        Instant settled = conversions.oldestUnsettled(connection).orElse(begun);
        CounterTable.Cursor from = table.cursor(connection);
        int rowsMax = settings.learn().batchMax();
        DecisionLog.Fold exposed = decisions.fold(connection, from.decisions(), rowsMax);
        RewardLog.Fold earned = rewards.fold(connection, from.rewards(), rowsMax, exposed.upTo());
        long rows = exposed.rows() + earned.rows();
        if (rows == 0 && !trailing) {
            return 0;
        }
        exposed.changes().forEach((experiment, changes) -> add(connection, experiment, changes));
        earned.changes().forEach((experiment, changes) -> add(connection, experiment, changes));
        table.move(
                connection,
                new CounterTable.Cursor(exposed.upTo(), earned.upTo(), earned.all() ? settled : from.through()));
        // The last rewards may have been acknowledged after this turn began: one more turn says that they are counted.
        trailing = earned.rows() > 0;
        return Math.toIntExact(Math.max(rows, 1));
    }

    private void add(SqlConnection connection, long experiment, Map<Counters.Cell, Tally> changes) {
        Counters before = counters(connection, experiment);
        table.add(connection, experiment, changes);
        counters.put(experiment, before.plus(changes));
        unseen.add(experiment);
    }

    private Counters counters(SqlConnection connection, long experiment) {
        return counters.computeIfAbsent(experiment, id -> table.load(connection, id));
    }

    /// Publishes what is new of every experiment whose counters or definition changed; returns of how many.
    private int publish(SqlConnection connection) {
        int published = 0;
        for (Board.Live live : board.all()) {
            Experiment experiment = live.experiment();
            Optional<Snapshot> current = latest(live);
            boolean over = experiment.state() == Experiment.State.ENDED;
            boolean changed = current.isPresent()
                    && (unseen.contains(experiment.id())
                            || (!over && experiment.revision() != current.get().revision()));
            if (changed) {
                published += publish(connection, experiment, current.get());
            }
        }
        return published;
    }

    /// Appends the next snapshot, if it moves the allocation enough; else shows how things stand, not more often than
    /// people can read.
    private int publish(SqlConnection connection, Experiment experiment, Snapshot current) {
        long id = experiment.id();
        Instant now = settings.clock().instant();
        Counters counted = counters(connection, id);
        // What is over serves nobody, so it needs no other shares; what it still earns is shown.
        boolean over = experiment.state() == Experiment.State.ENDED;
        Optional<Snapshot> next = over ? Optional.empty() : Learner.next(experiment, counted, current, now);
        if (next.isPresent()) {
            snapshots.append(connection, next.get());
            made.put(id, next.get());
        } else if (now.isBefore(shown.getOrDefault(id, Instant.EPOCH).plus(SHOW_EVERY))) {
            return 0;
        } else {
            standings.put(connection, Learner.standing(experiment, counted, current, now));
        }
        shown.put(id, now);
        unseen.remove(id);
        return 1;
    }

    /// The latest snapshot: our own, while the board has not read it back yet.
    private Optional<Snapshot> latest(Board.Live live) {
        Snapshot own = made.get(live.experiment().id());
        Optional<Snapshot> served = live.snapshot();
        boolean ahead = own != null && served.map(Snapshot::version).orElse(0L) < own.version();
        return ahead ? Optional.of(own) : served;
    }
}
