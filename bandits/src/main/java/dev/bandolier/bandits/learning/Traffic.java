package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import java.time.Duration;
import java.time.Instant;

/// How many units an experiment gets. Immutable.
///
/// @param running  time since its first exposure
/// @param nextHour units that are expected within an hour, at the traffic of the last two
record Traffic(Duration running, double nextHour) {

    private static final Duration HOUR = Duration.ofHours(1);

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
        return new Traffic(running, units * HOUR.toMillis() / measured.toMillis());
    }
}
