package dev.bandolier.bandits;

import java.time.Duration;
import java.time.Instant;

/// What is optimised: a definition with its identity and its state.
///
/// @param id          number by which the logs refer to it
/// @param revision    counts every change, from 1
/// @param state       where it is in its life
/// @param salt        seed of the draw among arms
/// @param holdoutSalt seed of the draw of the holdout; independent of `salt`
/// @param createdAt   when it was first stored
/// @param definition  what its owner wrote down
public record Experiment(
        long id, long revision, State state, long salt, long holdoutSalt, Instant createdAt, Definition definition) {

    /// Where an experiment is in its life.
    public enum State {
        /// Written down, never served.
        DRAFT,
        /// Draws and learns.
        RUNNING,
        /// Everybody gets control; conversions of earlier decisions still count.
        PAUSED,
        /// Over for good.
        ENDED
    }

    /// The longest exposure bucket: an hour resolves the maturity of a window of a week.
    private static final Duration BUCKET_MAX = Duration.ofHours(1);

    /// The shortest exposure bucket.
    private static final Duration BUCKET_MIN = Duration.ofSeconds(1);

    /// Buckets per window: seven days of hours.
    private static final int BUCKETS_PER_WINDOW = 168;

    /// The next revision of this experiment, with another definition.
    public Experiment revised(Definition other) {
        return new Experiment(id, revision + 1, state, salt, holdoutSalt, createdAt, other);
    }

    /// Whether new units are drawn.
    public boolean running() {
        return state == State.RUNNING;
    }

    /// The key of its definition.
    public String key() {
        return definition.key();
    }

    /// Width of the exposure buckets of its counters: a 168th of the window, at least a second and at most an hour.
    public Duration bucketWidth() {
        Duration width = definition.objective().window().dividedBy(BUCKETS_PER_WINDOW);
        if (width.compareTo(BUCKET_MAX) > 0) {
            return BUCKET_MAX;
        }
        return width.compareTo(BUCKET_MIN) < 0 ? BUCKET_MIN : Duration.ofSeconds(width.toSeconds());
    }

    /// Start of the exposure bucket that a decision of this time falls into.
    public Instant bucketOf(Instant decidedAt) {
        long width = bucketWidth().toSeconds();
        return Instant.ofEpochSecond(Math.floorDiv(decidedAt.getEpochSecond(), width) * width);
    }
}
