package dev.bandolier.server.learn;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Exposed;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.bandits.guardrail.Watch;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.DecisionLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.QuarantineTable;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.ledger.WatchTable;
import io.vertx.sqlclient.SqlConnection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the guardrails of every experiment have seen, brought up to the logs turn by turn.
///
/// Kept in the transaction that moves the cursor over what was seen. Confined to the thread of the duty; what is in
/// memory is only as good as the transaction that it was changed in: whoever rolls one back forgets all.
final class Vigil {

    private static final System.Logger LOG = System.getLogger(Vigil.class.getName());

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Board board;
    private final DecisionLog decisions;
    private final RewardLog rewards;
    private final WatchTable table;
    private final QuarantineTable quarantines;
    private final Lottery lottery;
    private final Closing closing;
    private final Duration interval;
    private final Map<Long, Watch> kept = new HashMap<>();

    /// The guardrails over this ledger.
    ///
    /// @param interval how long the feed of conversions is listened to at a time
    Vigil(Board board, Ledger ledger, Duration interval) {
        this.board = board;
        this.decisions = ledger.decisions();
        this.rewards = ledger.rewards();
        this.table = ledger.watches();
        this.quarantines = ledger.quarantines();
        this.lottery = new Lottery(ledger.snapshots());
        this.closing = new Closing(rewards, lottery);
        this.interval = interval;
    }

    /// Adds what a turn has counted.
    void count(SqlConnection connection, Tallies.Counted news) {
        if (news.rows() == 0) {
            return;
        }
        long from = news.before().rewards();
        long upTo = news.after().rewards();
        Map<Long, List<Exposed>> exposed = decisions.exposed(
                connection, news.before().decisions(), news.after().decisions());
        Map<Long, List<Ballot>> ballots = rewards.ballots(connection, from, upTo);
        Map<Long, Map<Instant, Long>> arrivals = rewards.arrivals(connection, from, upTo, interval);
        Set<Long> resettled = rewards.resettled(connection, from, upTo);
        Set<Long> changed = new HashSet<>(exposed.keySet());
        changed.addAll(ballots.keySet());
        changed.addAll(resettled);
        for (long id : changed) {
            Optional<Experiment> experiment = known(id);
            if (experiment.isPresent()) {
                List<Ballot> votes = ballots.getOrDefault(id, List.of());
                List<Exposed> drawn = exposed.getOrDefault(id, List.of());
                Watch before =
                        before(connection, experiment.get(), from, news.before().through());
                Watch after = after(
                                connection,
                                experiment.get(),
                                before,
                                votes,
                                drawn,
                                news.after().through())
                        .arrived(arrivals.getOrDefault(id, Map.of()));
                keep(connection, id, resettled.contains(id) ? after.outdated() : after);
            }
        }
    }

    /// An experiment; another node may have started it since this one has looked.
    private Optional<Experiment> known(long id) {
        if (board.get(id).isEmpty()) {
            board.refresh();
        }
        return board.get(id).map(Board.Live::experiment);
    }

    /// The watch with these outcomes and exposures; without, if they make no sense: the other experiments are not to wait
    /// for one.
    private Watch after(
            SqlConnection connection,
            Experiment experiment,
            Watch before,
            List<Ballot> votes,
            List<Exposed> drawn,
            Instant through) {
        Lots.Book book = lottery.book(connection, experiment, votes, drawn);
        try {
            long day = Math.floorDiv(through.getEpochSecond(), DAY_SECONDS);
            return before.exposed(drawn, book).with(before.docket().arrived(experiment.definition(), votes, book, day));
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOG.log(Level.WARNING, "guardrails of '" + experiment.key() + "' cannot use what a turn has counted", e);
            return before;
        }
    }

    /// The watch of an experiment by now, with the outcomes of all windows that have closed.
    ///
    /// @param cursor how far everything is counted
    Watch of(SqlConnection connection, Experiment experiment, CounterTable.Cursor cursor, Instant now) {
        Watch watch = before(connection, experiment, cursor.rewards(), cursor.through())
                .fitted(experiment.definition(), now);
        if (watch.stale() && !quarantines.walking(connection)) {
            watch = watch.reopened();
        }
        return watch.with(closing.of(connection, experiment, watch.docket(), cursor));
    }

    /// Keeps a watch, if it has changed.
    void keep(SqlConnection connection, long experiment, Watch watch) {
        if (!watch.equals(kept.get(experiment))) {
            table.put(connection, experiment, watch);
            kept.put(experiment, watch);
        }
    }

    /// Forgets all but these experiments.
    void keep(Set<Long> experiments) {
        kept.keySet().retainAll(experiments);
        lottery.keep(experiments);
    }

    /// Forgets all.
    void forget() {
        kept.clear();
    }

    /// The watch of what was counted up to a reward: from memory, from the table, or made from the logs.
    private Watch before(SqlConnection connection, Experiment experiment, long upTo, Instant through) {
        Watch known = kept.get(experiment.id());
        if (known == null) {
            Optional<Watch> read = table.load(connection, experiment.id());
            read.ifPresent(each -> kept.put(experiment.id(), each));
            known = read.orElseGet(() -> Watch.NEW.with(closing.arrived(connection, experiment, upTo, through)));
        }
        return known;
    }
}
