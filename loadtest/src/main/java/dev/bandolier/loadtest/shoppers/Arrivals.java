package dev.bandolier.loadtest.shoppers;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The intended start times of visitors who know nothing of each other: a Poisson process.
///
/// The times depend on the rate and the seed alone, never on how fast the server answers. A latency that is measured
/// from them includes the time that a visitor waited because the ones before were slow.
final class Arrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    /// Share of the full rate that a ramp begins with.
    private static final double RAMP_FROM = 0.1;

    private final double perNano;
    private final double rampNanos;
    private final RandomGenerator random;
    private double expected;

    /// Arrivals at this mean rate, from time zero.
    Arrivals(double perSecond, RandomGenerator random) {
        this(perSecond, Duration.ZERO, random);
    }

    /// Arrivals whose rate grows evenly from a tenth to all of this, and then stays: a process that has just started is
    /// slower than it will be, and whoever watches wants to see the beginning.
    ///
    /// @param ramp how long the rate grows, maybe zero
    Arrivals(double perSecond, Duration ramp, RandomGenerator random) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("arrivals per second must be above 0, not " + perSecond);
        }
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.rampNanos = ramp.toNanos();
        this.random = random;
    }

    /// When the next visitor comes, in nanoseconds after time zero; later than the one before.
    long nextNanos() {
        // In the time in which one visitor is expected per unit, a Poisson process of any rate is the standard one.
        expected += random.nextExponential();
        return (long) timeOf(expected / perNano);
    }

    /// The time by which so many nanoseconds' worth of the full rate have come: the inverse of the integrated rate, which
    /// is `RAMP_FROM t + (1 - RAMP_FROM) t^2 / (2 ramp)` up to the end of the ramp.
    private double timeOf(double fullNanos) {
        double inRamp = rampNanos * (1 + RAMP_FROM) / 2;
        if (fullNanos >= inRamp) {
            return fullNanos - inRamp + rampNanos;
        }
        double slope = (1 - RAMP_FROM) / rampNanos;
        return (Math.sqrt(RAMP_FROM * RAMP_FROM + 2 * slope * fullNanos) - RAMP_FROM) / slope;
    }
}
