package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.CommandFailure;
import java.nio.file.Path;

/// What is to be replayed, and how.
///
/// @param run     names this run; its visitors are nobody else's
/// @param file    the log
/// @param limit   rows to replay, at most
/// @param skipBad whether malformed lines are passed over
/// @param waitForLearning whether each click is waited for until it is learned from
record Plan(String run, Path file, long limit, boolean skipBad, boolean waitForLearning) {

    /// Refuses a limit that replays nothing.
    Plan {
        if (limit < 1) {
            throw new CommandFailure("--limit " + limit + " is not above 0");
        }
    }
}
