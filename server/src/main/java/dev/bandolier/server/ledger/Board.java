package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Chooser;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What this node serves now: every experiment with its latest snapshot, read from the ledger and kept in memory.
///
/// Whoever refreshes it, one at a time, builds a new immutable view and replaces the reference, so readers on event
/// loops see a
/// whole one, old or new, and never wait.
public final class Board {

    /// One experiment as it is served.
    ///
    /// @param experiment the experiment
    /// @param chooser    how it chooses; nothing before its first snapshot
    /// @param standing   how it stands now: its latest snapshot, or what has been counted and believed since
    public record Live(Experiment experiment, Optional<Chooser> chooser, Optional<Snapshot> standing) {

        /// Its latest snapshot.
        public Optional<Snapshot> snapshot() {
            return chooser.map(Chooser::snapshot);
        }
    }

    /// Something that is served differently now.
    public sealed interface Change {
        /// A new snapshot is served.
        record Published(Experiment experiment, Snapshot snapshot) implements Change {}

        /// What was counted and believed has changed, and the allocation has not.
        record Stood(Experiment experiment, Snapshot standing) implements Change {}

        /// An experiment is new or has changed.
        record Changed(Experiment experiment) implements Change {}

        /// An experiment is gone.
        record Deleted(Experiment experiment) implements Change {}

        /// Verdicts came into force, or no longer are.
        record Judged(Experiment experiment, Judgement judgement, Instant at) implements Change {}

        /// The kill switch was turned.
        record Killed(KillSwitch.State state) implements Change {}

        /// Every conversion that was acknowledged up to this time is accounted for in what is served.
        record Learned(Instant through) implements Change {}
    }

    private record View(Map<String, Live> byKey, Map<Long, Live> byId, Instant through) {}

    private final Pool pool;
    private final ExperimentTable experiments;
    private final SnapshotLog snapshots;
    private final StandingTable standings;
    private final CounterTable counters;
    private final KillSwitch killSwitch;
    private final List<Consumer<Change>> readers = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile KillSwitch.State turned = KillSwitch.State.UNTOUCHED;
    private volatile View view = new View(Map.of(), Map.of(), Instant.EPOCH);

    /// An empty board over this ledger.
    public Board(
            Pool pool,
            ExperimentTable experiments,
            SnapshotLog snapshots,
            StandingTable standings,
            CounterTable counters,
            KillSwitch killSwitch) {
        this.pool = pool;
        this.experiments = experiments;
        this.snapshots = snapshots;
        this.standings = standings;
        this.counters = counters;
        this.killSwitch = killSwitch;
    }

    /// Why everybody gets control, if everybody does: the hot path looks before anything else.
    public Optional<KillSwitch.State> killed() {
        KillSwitch.State now = turned;
        return now.engaged() ? Optional.of(now) : Optional.empty();
    }

    /// The experiment with this key, or null: the hot path looks it up for every ask.
    public Live get(String key) {
        return view.byKey.get(key);
    }

    /// The experiment with this number.
    public Optional<Live> get(long id) {
        return Optional.ofNullable(view.byId.get(id));
    }

    /// Every experiment.
    public Collection<Live> all() {
        return view.byKey.values();
    }

    /// Every experiment that counts conversions of this metric or guards it; a draft has no decisions to credit.
    public List<Experiment> withMetric(String metric) {
        return view.byKey.values().stream()
                .map(Live::experiment)
                .filter(each -> each.state() != Experiment.State.DRAFT)
                .filter(each -> each.definition().credits(metric))
                .toList();
    }

    /// Calls this for every change from now on, on the thread that refreshes.
    public void onChange(Consumer<Change> reader) {
        readers.add(reader);
    }

    /// Reads what changed, replaces the view, tells the readers; returns the number of changes. Callers take turns.
    public int refresh() {
        turn.lock();
        try {
            return readKillSwitch() + read();
        } finally {
            turn.unlock();
        }
    }

    /// Served at once: whatever is wrong with what is read after it, control is safe.
    private int readKillSwitch() {
        KillSwitch.State now = killSwitch.read(pool);
        if (now.equals(turned)) {
            return 0;
        }
        turned = now;
        tell(new Change.Killed(now));
        return 1;
    }

    private void tell(Change change) {
        readers.forEach(reader -> reader.accept(change));
    }

    private int read() {
        View before = view;
        // The cursor first: what was learned before it was read is in the snapshots that are read after it.
        Instant through = counters.cursor(pool).through();
        Map<Long, Live> byId = new HashMap<>(before.byId);
        List<Change> changes = new ArrayList<>();
        readExperiments(byId, changes);
        readSnapshots(byId, changes);
        readStandings(byId, changes);
        if (through.isAfter(before.through)) {
            changes.add(new Change.Learned(through));
        }
        if (!changes.isEmpty()) {
            Map<String, Live> byKey = new HashMap<>();
            byId.values().forEach(live -> byKey.put(live.experiment().key(), live));
            view = new View(Map.copyOf(byKey), Map.copyOf(byId), through);
            changes.forEach(this::tell);
        }
        return changes.size();
    }

    private void readExperiments(Map<Long, Live> byId, List<Change> changes) {
        Map<Long, Long> revisions = new HashMap<>();
        byId.forEach((id, live) -> revisions.put(id, live.experiment().revision()));
        ExperimentTable.Changes read = experiments.changes(pool, revisions);
        for (long id : read.gone()) {
            changes.add(new Change.Deleted(byId.remove(id).experiment()));
        }
        for (Experiment experiment : read.changed()) {
            Optional<Live> before = Optional.ofNullable(byId.get(experiment.id()));
            Optional<Chooser> chooser = before.flatMap(Live::snapshot).map(each -> new Chooser(experiment, each));
            byId.put(experiment.id(), new Live(experiment, chooser, before.flatMap(Live::standing)));
            changes.add(new Change.Changed(experiment));
        }
    }

    private void readSnapshots(Map<Long, Live> byId, List<Change> changes) {
        Map<Long, Long> versions = new HashMap<>();
        byId.forEach((id, live) ->
                versions.put(id, live.snapshot().map(Snapshot::version).orElse(0L)));
        for (Snapshot snapshot : snapshots.newer(pool, versions)) {
            Live before = byId.get(snapshot.experiment());
            Experiment experiment = before.experiment();
            byId.put(
                    experiment.id(),
                    new Live(experiment, Optional.of(new Chooser(experiment, snapshot)), Optional.of(snapshot)));
            changes.add(new Change.Published(experiment, snapshot));
            // Of the first snapshot that this node sees, what is in force says itself.
            before.snapshot()
                    .map(last -> Judgement.between(last.guard(), snapshot.guard()))
                    .filter(each -> !each.isEmpty())
                    .ifPresent(each -> changes.add(new Change.Judged(experiment, each, snapshot.at())));
        }
    }

    private void readStandings(Map<Long, Live> byId, List<Change> changes) {
        Map<Long, Instant> times = new HashMap<>();
        byId.forEach((id, live) -> live.standing().ifPresent(standing -> times.put(id, standing.at())));
        for (Snapshot standing : standings.newer(pool, times)) {
            Live live = byId.get(standing.experiment());
            byId.put(standing.experiment(), new Live(live.experiment(), live.chooser(), Optional.of(standing)));
            changes.add(new Change.Stood(live.experiment(), standing));
        }
    }
}
