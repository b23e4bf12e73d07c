package dev.bandolier.server.learn;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Docket;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.bandits.guardrail.Trial;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.RewardLog;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The look at outcomes whose time is over: each once, in the order of exposure, as the log of rewards says that they
/// were known then. Holds nothing but what it needs to read.
final class Closing {

    /// Exposures whose outcomes are looked at by one statement.
    private static final Duration LOOK_MAX = Duration.ofDays(1);

    /// Statements of one experiment and horizon in a turn; the rest is looked at in the next turns.
    private static final int LOOKS_MAX = 30;

    /// Longer than any outcome takes.
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final RewardLog rewards;
    private final Lottery lottery;

    Closing(RewardLog rewards, Lottery lottery) {
        this.rewards = rewards;
        this.lottery = lottery;
    }

    /// The tests of an experiment that nobody has kept, with all that has arrived up to a reward: day by day, so that no
    /// statement is longer than a day of conversions makes it.
    ///
    /// @param through nothing was exposed later
    Docket arrived(SqlConnection connection, Experiment experiment, long upTo, Instant through) {
        Definition definition = experiment.definition();
        Docket docket = Docket.EMPTY.fitted(definition, Instant.EPOCH);
        Instant from = experiment.bucketOf(experiment.createdAt());
        while (!from.isAfter(through)) {
            Instant to = from.plus(LOOK_MAX);
            List<Ballot> ballots = rewards.closed(connection, experiment.id(), from, to, FOR_EVER, upTo);
            Lots.Book book = lottery.book(connection, experiment, ballots, List.of());
            docket = docket.arrived(definition, ballots, book, Math.floorDiv(from.getEpochSecond(), DAY_SECONDS));
            from = to;
        }
        return docket;
    }

    /// The tests of an experiment with the outcomes of all windows that have closed.
    ///
    /// @param cursor how far everything is counted
    Docket of(SqlConnection connection, Experiment experiment, Docket before, CounterTable.Cursor cursor) {
        Docket docket = before;
        for (Horizon horizon : List.of(Horizon.SHORT, Horizon.WINDOW)) {
            if (Trial.of(experiment.definition()).stream().anyMatch(each -> each.horizon() == horizon)) {
                docket = of(connection, experiment, docket, horizon, cursor);
            }
        }
        return docket;
    }

    private Docket of(
            SqlConnection connection,
            Experiment experiment,
            Docket before,
            Horizon horizon,
            CounterTable.Cursor cursor) {
        Definition definition = experiment.definition();
        Duration heard = experiment.bucketWidth().plus(Trial.heard(definition, horizon));
        Instant end = experiment.bucketOf(cursor.through().minus(heard)).plus(experiment.bucketWidth());
        Docket docket = before;
        Instant from = before.closed().getOrDefault(horizon, experiment.bucketOf(experiment.createdAt()));
        for (int looks = 0; looks < LOOKS_MAX && from.isBefore(end); looks++) {
            Instant to = from.plus(LOOK_MAX).isBefore(end) ? from.plus(LOOK_MAX) : end;
            List<Ballot> ballots = rewards.closed(connection, experiment.id(), from, to, heard, cursor.rewards());
            Lots.Book book = lottery.book(connection, experiment, ballots, List.of());
            docket = docket.closed(definition, horizon, to, ballots, book);
            from = to;
        }
        return docket;
    }
}
