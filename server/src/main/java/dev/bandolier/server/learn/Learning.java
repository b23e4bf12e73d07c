package dev.bandolier.server.learn;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.guardrail.Watch;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.Settings;
import dev.bandolier.server.duty.Duty;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.StandingTable;
import dev.bandolier.server.postgres.Bell;
import io.vertx.core.VertxException;
import io.vertx.sqlclient.SqlConnection;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The duty that learns: what is new in the logs is added to the counters, and where that, or time, moves the
/// allocation, the next snapshot is published.
///
/// Counters, cursor and snapshots are written in one transaction that holds the lease. What is in memory is dropped
/// whenever a turn is rolled back; the thread of the duty owns it.
public final class Learning implements Duty {

    private static final System.Logger LOG = System.getLogger(Learning.class.getName());

    /// An experiment that there is something to learn of.
    private record Due(Experiment experiment, Snapshot current, Progress progress, Progress.Urgency urgency) {}

    private final Settings settings;
    private final Board board;
    private final Tallies tallies;
    private final SnapshotLog snapshots;
    private final StandingTable standings;
    private final ExperimentTable experiments;
    private final Sentences sentences;
    private final Vigil vigil;
    private final Inspection inspection;
    private final Bell published;
    private final Map<Long, Progress> progress = new HashMap<>();
    private Optional<Instant> counted = Optional.empty();
    private boolean trailing;

    /// The duty over these logs.
    ///
    /// @param published rung when there is something new to serve
    public Learning(Settings settings, Board board, Ledger ledger, Bell published) {
        this.settings = settings;
        this.board = board;
        this.tallies = new Tallies(settings.learn().batchMax(), ledger);
        this.snapshots = ledger.snapshots();
        this.standings = ledger.standings();
        this.experiments = ledger.experiments();
        this.sentences = new Sentences(ledger);
        this.vigil = new Vigil(board, ledger, settings.learn().listen());
        this.inspection = new Inspection(ledger);
        this.published = published;
    }

    @Override
    public String name() {
        return "learn";
    }

    @Override
    public int turn(SqlConnection connection) {
        Instant now = settings.clock().instant();
        Tallies.Counted news = tallies.count(connection, now);
        note(news, now);
        vigil.count(connection, news);
        int made = learn(connection, news, now) + show(connection, now);
        if (made > 0) {
            experiments.ring(connection);
        }
        return made + move(connection, news);
    }

    @Override
    public void committed() {
        published.ring();
    }

    @Override
    public void forget() {
        tallies.forget();
        vigil.forget();
        progress.clear();
        counted = Optional.empty();
        trailing = true;
    }

    /// Notes whose counters have changed, and drops what is no longer on the board.
    private void note(Tallies.Counted news, Instant now) {
        Instant through = counted.orElse(news.before().through());
        Set<Long> known =
                board.all().stream().map(live -> live.experiment().id()).collect(Collectors.toSet());
        progress.keySet().retainAll(known);
        tallies.keep(known, now);
        vigil.keep(known);
        inspection.keep(known);
        for (Board.Live live : board.all()) {
            long id = live.experiment().id();
            if (live.snapshot().isPresent() && (news.changed().contains(id) || moving(live, now))) {
                progress.computeIfAbsent(id, first -> new Progress(through));
            }
        }
        news.changed().forEach(id -> Optional.ofNullable(progress.get(id)).ifPresent(each -> each.changed(through)));
        counted = Optional.of(later(through, news.after().through()));
    }

    /// Whether what is believed of an experiment may change by time alone.
    private static boolean moving(Board.Live live, Instant now) {
        Experiment experiment = live.experiment();
        return experiment.state() != Experiment.State.ENDED
                || live.snapshot()
                        .map(latest -> Progress.matureAt(experiment, latest))
                        .filter(now::isBefore)
                        .isPresent();
    }

    /// Steps every experiment that is due, the most urgent first and of these the one that has waited longest, as far as
    /// the budget of a turn goes; returns how many snapshots were published.
    private int learn(SqlConnection connection, Tallies.Counted news, Instant now) {
        long startNanos = System.nanoTime();
        long budgetNanos = settings.learn().budget().toNanos();
        int made = 0;
        for (Due each : due(now)) {
            made += step(connection, each, news.after(), now);
            if (System.nanoTime() - startNanos > budgetNanos) {
                break;
            }
        }
        return made;
    }

    private List<Due> due(Instant now) {
        List<Due> due = new ArrayList<>();
        for (Board.Live live : board.all()) {
            Experiment experiment = live.experiment();
            Progress own = progress.get(experiment.id());
            Optional<Snapshot> current = own == null ? Optional.empty() : own.latest(live.snapshot());
            current.filter(snapshot -> own.due(experiment, snapshot, now))
                    .ifPresent(snapshot ->
                            due.add(new Due(experiment, snapshot, own, own.urgency(experiment, snapshot, now))));
        }
        due.sort(Comparator.comparing(Due::urgency)
                .thenComparing(each -> each.progress().reviewedAt()));
        return due;
    }

    private int step(SqlConnection connection, Due due, CounterTable.Cursor cursor, Instant now) {
        Optional<Learner.Step> step = attempt(connection, due, cursor, now);
        if (step.isEmpty()) {
            return 0;
        }
        if (!sentences.pause(connection, due.experiment(), step.get(), now)) {
            // Somebody has changed the definition at this moment: what follows from it is seen next turn.
            return 0;
        }
        vigil.keep(connection, due.experiment().id(), step.get().watch());
        Snapshot snapshot = step.get().snapshot();
        if (!step.get().moved()) {
            due.progress().stands(snapshot, now);
            return 0;
        }
        snapshots.append(connection, snapshot);
        sentences.record(connection, due.experiment(), due.current(), snapshot, now);
        due.progress().published(snapshot, now);
        return 1;
    }

    /// What follows from the counters; nothing if these make no sense or the arithmetic fails, and then the allocation
    /// stays: the other experiments are not to wait for one.
    private Optional<Learner.Step> attempt(SqlConnection connection, Due due, CounterTable.Cursor cursor, Instant now) {
        Experiment experiment = due.experiment();
        try {
            Counters counters = tallies.of(connection, experiment, now);
            Watch watch = vigil.of(connection, experiment, cursor, now);
            if (experiment.state() == Experiment.State.ENDED) {
                Snapshot standing = Learner.standing(experiment, counters, due.current(), now);
                return Optional.of(new Learner.Step(standing, false, watch, Optional.empty()));
            }
            Watch inspected = inspection.of(connection, experiment, counters, watch, due.current(), now);
            Learner.Seen seen = new Learner.Seen(
                    inspected, cursor.through(), settings.learn().listen());
            return Optional.of(Learner.step(experiment, counters, seen, due.current(), now));
        } catch (VertxException e) {
            // The database said no, or is gone: nothing more can be done in this transaction.
            throw e;
        } catch (RuntimeException e) {
            if (due.progress().failed(experiment.revision(), now)) {
                LOG.log(
                        Level.WARNING,
                        "'" + experiment.key() + "' cannot be learned from at revision " + experiment.revision()
                                + " and keeps its allocation",
                        e);
            }
            return Optional.empty();
        }
    }

    /// Shows how things stand where that is news, not more often than people can read.
    private int show(SqlConnection connection, Instant now) {
        int shown = 0;
        for (Progress each : progress.values()) {
            Optional<Snapshot> standing = each.toShow(now);
            standing.ifPresent(snapshot -> standings.put(connection, snapshot));
            shown += standing.isPresent() ? 1 : 0;
        }
        return shown;
    }

    /// Moves the cursor over what was counted, and its time up to what was learned from; returns the rows moved over.
    private int move(SqlConnection connection, Tallies.Counted news) {
        Optional<Instant> behind = progress.values().stream()
                .flatMap(each -> each.behind().stream())
                .min(Comparator.naturalOrder());
        if (news.rows() == 0 && !trailing) {
            return 0;
        }
        Instant through = counted.orElseThrow();
        Instant learned = behind.filter(through::isAfter).orElse(through);
        tallies.move(
                connection,
                new CounterTable.Cursor(news.after().decisions(), news.after().rewards(), learned));
        // The last rewards may have been acknowledged after this turn began: one more turn says that they are counted.
        trailing = news.rewards() > 0 || behind.isPresent();
        return Math.toIntExact(Math.max(news.rows(), 1));
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
