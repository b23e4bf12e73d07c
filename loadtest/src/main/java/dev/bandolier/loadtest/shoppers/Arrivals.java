package dev.bandolier.loadtest.shoppers;

import java.util.random.RandomGenerator;

/// The intended start times of visitors who know nothing of each other: a Poisson process.
///
/// The times depend on the rate and the seed alone, never on how fast the server answers. A latency that is measured
/// from them includes the time that a visitor waited because the ones before were slow.
final class Arrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double meanGapNanos;
    private final RandomGenerator random;
    private double atNanos;

    /// Arrivals at this mean rate, from time zero.
    Arrivals(double perSecond, RandomGenerator random) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("arrivals per second must be above 0, not " + perSecond);
        }
        this.meanGapNanos = NANOS_PER_SECOND / perSecond;
        this.random = random;
    }

    /// When the next visitor comes, in nanoseconds after time zero; later than the one before.
    long nextNanos() {
        atNanos += meanGapNanos * random.nextExponential();
        return (long) atNanos;
    }
}
