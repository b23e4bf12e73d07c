package dev.bandolier.bandits.learning;

import java.time.Duration;
import java.util.Optional;

/// Exponential delays, cut off at the window: `tau(a) = F(min(a, W)) / F(W)`.
///
/// @param mean   mean of the law before it is cut off, in seconds, positive
/// @param window attribution window in seconds, positive
record ExponentialDelay(double mean, double window) implements DelayCurve {

    private static final double NANOS = 1e9;

    ExponentialDelay {
        if (!(mean > 0 && window > 0)) {
            throw new IllegalArgumentException(
                    "mean delay " + mean + " s and window " + window + " s must be positive");
        }
    }

    @Override
    public double tau(double ageSeconds) {
        if (ageSeconds >= window) {
            return 1;
        }
        return ageSeconds > 0 ? Math.expm1(-ageSeconds / mean) / Math.expm1(-window / mean) : 0;
    }

    @Override
    public Optional<Duration> median() {
        double seconds = -mean * Math.log1p(Math.expm1(-window / mean) / 2);
        return Optional.of(Duration.ofNanos(Math.round(seconds * NANOS)));
    }

    @Override
    public boolean estimated() {
        return false;
    }

    @Override
    public long conversions() {
        return 0;
    }
}
