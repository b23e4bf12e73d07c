package dev.bandolier.loadtest.replay;

import dev.bandolier.bandits.evaluation.Replay;
import java.util.List;

/// The replay so far.
///
/// Confined to the thread that replays.
final class Progress {

    private final List<String> arms;
    private Replay replay;
    private long moved;
    private long unlearned;

    /// Nothing has been replayed.
    ///
    /// @param arms of the experiment, in order
    Progress(List<String> arms) {
        this.arms = arms;
        this.replay = Replay.over(arms.size());
    }

    /// Counts one row.
    void add(Replayer.Outcome outcome) {
        int logged = arms.indexOf(outcome.row().arm());
        int chosen = arms.indexOf(outcome.arm());
        replay = replay.plus(logged, chosen, outcome.row().clicked());
        moved += outcome.verdict() == Replayer.Verdict.MOVED ? 1 : 0;
    }

    /// Counts one click that was not learned from in time.
    void late() {
        unlearned++;
    }

    /// Rows, matches and clicks.
    Replay replay() {
        return replay;
    }

    /// Rows whose arm moved between the two questions.
    long moved() {
        return moved;
    }

    /// Clicks that were not learned from in the time allowed, of those that were waited for.
    long unlearned() {
        return unlearned;
    }
}
