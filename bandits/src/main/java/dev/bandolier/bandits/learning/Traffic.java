package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import java.time.Duration;
import java.time.Instant;

/// How many units an experiment gets. Immutable.
///
/// @param running  time since its first exposure
/// @param next    units that are expected within five minutes, at the traffic of the last two hours: learners look
///                every few seconds, so a budget that covers five minutes is not overrun; and what an hour might cost
///                by the beliefs of the first seconds is far more than it will
record Traffic(Duration running, double next) {

    private static final Duration NEXT = Duration.ofMinutes(5);

    /// The time that traffic is measured over, at most: two buckets of the longest.
    private static final Duration MEASURED = Duration.ofHours(2);

    /// The least time that traffic is measured over.
    private static final Duration MEASURED_MIN = Duration.ofMinutes(1);

    /// The traffic that these counters show.
    static Traffic of(Counters counters, Instant now) {
        Duration running = counters.slices().isEmpty()
                ? Duration.ZERO
                : Duration.between(counters.slices().firstKey(), now);
        Instant first = counters.slices().ceilingKey(now.minus(MEASURED));
        if (first == null || !first.isBefore(now)) {
            return new Traffic(running, 0);
        }
        // From the start of a bucket: of the one before only a part would be in this time, and it may be an hour long.
        Duration since = Duration.between(first, now);
        Duration measured = since.compareTo(MEASURED_MIN) < 0 ? MEASURED_MIN : since;
        double units = Exposures.between(counters, first, Instant.MAX).drawn();
        return new Traffic(running, units * NEXT.toMillis() / measured.toMillis());
    }
}
