package dev.bandolier.bandits.numeric;

import org.apache.commons.numbers.gamma.RegularizedGamma;

/// The distribution of `z = ln x` for x from a Gamma distribution: smooth, with logarithm concave, on the whole line
/// (`methods.md` 1.3).
///
/// Everything is computed relative to the mode m = ln(shape / rate): with d = z - m,
///
///     ln f = ln f(m) - shape (e^d - 1 - d).
public final class LogGamma implements Density {

    /// Below this multiple of the scale the factor e^-x of the density is 1 for a double.
    private static final double LEAST = 1e-17;

    private final double shape;
    private final double logRate;
    private final double mode;
    private final double logPeak;
    private final double lower;
    private final double upper;

    /// The distribution of the logarithm of an amount from Gamma(shape, rate), both positive and finite.
    public LogGamma(double shape, double rate) {
        this.shape = shape;
        logRate = Math.log(rate);
        mode = Math.log(shape) - logRate;
        logPeak = 0.5 * Math.log(shape) - Stirling.HALF_LOG_TWO_PI - Stirling.rest(shape);
        double first = 8 / Math.sqrt(shape);
        lower = mode + Tail.end(this::logTail, -first);
        upper = mode + Tail.end(this::logTail, first);
    }

    /// The same belief about a multiple of the amount, whose rate may be beyond the range of a double.
    private LogGamma(LogGamma gamma, double logFactor) {
        shape = gamma.shape;
        logRate = gamma.logRate - logFactor;
        mode = gamma.mode + logFactor;
        logPeak = gamma.logPeak;
        lower = gamma.lower + logFactor;
        upper = gamma.upper + logFactor;
    }

    @Override
    public double at(double z) {
        return Math.exp(logAt(z - mode));
    }

    /// Commons Numbers' incomplete Gamma function; far to the left the exponential that the tail is there.
    @Override
    public double cumulative(double z) {
        double x = shape * Math.exp(z - mode);
        return x < LEAST ? at(z) / shape : RegularizedGamma.P.value(shape, x);
    }

    @Override
    public double lower() {
        return lower;
    }

    @Override
    public double upper() {
        return upper;
    }

    /// Two standard deviations as the curvature in the middle has it; in the exponential tail on the left, where that
    /// vanishes, at most two of its lengths and half the distance to the bend at the inverse of the rate.
    @Override
    public double grain(double z) {
        double width = Math.min(width(z), Math.max(-logRate - z, Math.PI) / 2);
        return Math.min(width, width(z + width / 2));
    }

    @Override
    public double value(double z) {
        return Math.exp(z);
    }

    @Override
    public Density times(double factor) {
        return new LogGamma(this, Math.log(factor));
    }

    private double width(double z) {
        return 2 / Math.sqrt(shape * Math.max(Math.exp(z - mode), Math.min(shape, 1)));
    }

    private double logAt(double d) {
        return logPeak - shape * (Math.expm1(d) - d);
    }

    /// A bound of the tail beyond a distance from the mode: for a concave logarithm it is at most the density divided by
    /// the slope of its logarithm.
    private double logTail(double d) {
        return logAt(d) - Math.log(shape * Math.abs(Math.expm1(d)));
    }
}
