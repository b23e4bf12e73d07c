package dev.bandolier.loadtest.shoppers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import org.HdrHistogram.Histogram;

/// How long it takes until a conversion that the server has acknowledged is learned from.
///
/// Two times are kept for each conversion, both from the moment its 202 was read.
///
/// **To the `learned` event that covers it.** An event covers what was received up to its `through`. The client does
/// not know when the server received a conversion, only that it was before the 202, so it waits for a `through` that
/// is not before the 202. The true lag is shorter by at most the way of that answer; server and client must share a
/// clock.
///
/// **To the first snapshot that is known to account for it.** That is the snapshot that came just before the covering
/// event if it was published no earlier than `through`, since what an event covers "is served now"; otherwise the
/// next one. No snapshot is published as long as the allocation does not move, so this one has a long tail by design.
///
/// Confined to one event loop.
final class LearningLag {

    /// Conversions that may wait at once; further ones are counted as not followed.
    static final int WAITING_MAX = 100_000;

    private static final Duration LONGEST = Duration.ofHours(1);

    private record Acknowledged(long nanos, Instant at) {}

    private final Histogram toLearned = histogram();
    private final Histogram toSnapshot = histogram();
    private final Queue<Acknowledged> unlearned = new ArrayDeque<>();
    private final Queue<Acknowledged> unpublished = new ArrayDeque<>();

    private long notFollowed;
    private Instant snapshotAt = Instant.MIN;
    private long snapshotNanos;

    /// A conversion was acknowledged.
    ///
    /// @param at    wall clock when the 202 was read
    /// @param nanos the same moment by [System#nanoTime()]
    void acknowledged(Instant at, long nanos) {
        if (unlearned.size() + unpublished.size() >= WAITING_MAX) {
            notFollowed++;
        } else {
            unlearned.add(new Acknowledged(nanos, at));
        }
    }

    /// A `learned` event came at this [System#nanoTime()].
    void learned(Instant through, long nanos) {
        boolean publishedBefore = !snapshotAt.isBefore(through);
        Acknowledged first = unlearned.peek();
        while (first != null && !first.at().isAfter(through)) {
            unlearned.remove();
            record(toLearned, nanos - first.nanos());
            if (publishedBefore && snapshotNanos - first.nanos() >= 0) {
                record(toSnapshot, snapshotNanos - first.nanos());
            } else {
                unpublished.add(first);
            }
            first = unlearned.peek();
        }
        snapshotAt = Instant.MIN;
    }

    /// A `snapshot` event came at this [System#nanoTime()].
    ///
    /// @param at when the server published it
    void published(Instant at, long nanos) {
        unpublished.forEach(conversion -> record(toSnapshot, nanos - conversion.nanos()));
        unpublished.clear();
        snapshotAt = at;
        snapshotNanos = nanos;
    }

    /// Nanoseconds from the 202 to the covering `learned` event.
    Histogram toLearned() {
        return toLearned;
    }

    /// Nanoseconds from the 202 to the first snapshot that accounts for the conversion.
    Histogram toSnapshot() {
        return toSnapshot;
    }

    /// Acknowledged conversions that no `learned` event has covered yet.
    long unlearned() {
        return unlearned.size();
    }

    /// Learned conversions since which no snapshot has been published.
    long unpublished() {
        return unpublished.size();
    }

    /// Acknowledged conversions that were not followed because [#WAITING_MAX] were waiting.
    long notFollowed() {
        return notFollowed;
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST.toNanos(), 3);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, LONGEST.toNanos()));
    }
}
