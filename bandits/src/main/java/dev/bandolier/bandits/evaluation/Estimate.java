package dev.bandolier.bandits.evaluation;

/// An estimate with its 95 % interval, by the normal approximation.
///
/// @param value estimate; not a number if there is nothing to estimate it from
/// @param error standard error
public record Estimate(double value, double error) {

    /// The 97.5 % quantile of the standard normal distribution.
    private static final double Z = 1.959963984540054;

    /// What is said where there is nothing to estimate from: no number is one.
    public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN);

    /// Whether there was something to estimate it from.
    public boolean known() {
        return !Double.isNaN(value);
    }

    /// Lower end of the 95 % interval.
    public double lower() {
        return value - Z * error;
    }

    /// Upper end of the 95 % interval.
    public double upper() {
        return value + Z * error;
    }
}
