package dev.bandolier.server.postgres;

/// How long a lane that could send waits for company: 0 or 1 ms, by how long commits have taken.
///
/// Where a commit is fast, waiting only adds to every answer. Where it is slow, the callers just answered come back
/// within a millisecond or so; waiting for them merges what would otherwise be two groups that take turns, each of them
/// waiting for the other's commit. The answer is in whole milliseconds because the event loop's timers are.
///
/// Confined to the event loop of its [GroupCommit].
final class Linger {

    /// Mean commit time from which waiting pays, in nanoseconds.
    static final long SLOW_COMMIT_NANOS = 2_000_000;

    /// A commit counts for 1/8 of the mean, so that one outlier below 16 ms does not switch it.
    private static final int SMOOTHING_BITS = 3;

    private long meanCommitNanos;

    /// Takes the duration of one statement, from sending to its answer, into the mean.
    void observe(long commitNanos) {
        meanCommitNanos += (commitNanos - meanCommitNanos) >> SMOOTHING_BITS;
    }

    /// The wait before the next statement, in milliseconds.
    long millis() {
        return meanCommitNanos > SLOW_COMMIT_NANOS ? 1 : 0;
    }
}
