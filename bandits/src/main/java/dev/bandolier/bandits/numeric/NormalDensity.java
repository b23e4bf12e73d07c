package dev.bandolier.bandits.numeric;

import org.apache.commons.numbers.gamma.Erfc;

/// A normal density, on the scale of the values themselves: what a linear model believes about one arm.
///
/// @param mean expected value
/// @param sd   standard deviation, positive
public record NormalDensity(double mean, double sd) implements Density {

    private static final double PEAK = 1 / Math.sqrt(2 * Math.PI);

    /// Standard deviations to either end: 1e-17 lies beyond 8.5.
    private static final double REACH = 8.6;

    /// Refuses a mean that is not finite and a standard deviation that is not positive and finite.
    public NormalDensity {
        if (!(Double.isFinite(mean) && sd > 0 && sd < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Normal(" + mean + ", " + sd + ") needs a finite mean and a positive, finite standard deviation");
        }
    }

    @Override
    public double at(double z) {
        double d = (z - mean) / sd;
        return PEAK / sd * Math.exp(-d * d / 2);
    }

    @Override
    public double cumulative(double z) {
        return Erfc.value((mean - z) / sd / Math.sqrt(2)) / 2;
    }

    @Override
    public double lower() {
        return mean - REACH * sd;
    }

    @Override
    public double upper() {
        return mean + REACH * sd;
    }

    @Override
    public double grain(double z) {
        return 2 * sd;
    }

    @Override
    public double value(double z) {
        return z;
    }

    @Override
    public Density times(double factor) {
        return new NormalDensity(factor * mean, factor * sd);
    }
}
