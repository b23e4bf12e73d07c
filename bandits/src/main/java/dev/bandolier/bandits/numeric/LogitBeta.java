package dev.bandolier.bandits.numeric;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/// The distribution of `z = ln(x / (1 - x))` for x from a Beta distribution: smooth, with logarithm concave, on the
/// whole line (`methods.md` 3.1).
///
/// Everything is computed relative to the mode m = ln(a/b), on the side of the smaller shape: with n = a + b, the
/// smaller shape s, y = s/n and d the distance from the mode,
///
///     ln f = ln f(m) + s d - n ln(1 + y (e^d - 1)).
///
/// The textbook form a ln x + b ln(1-x) - ln B(a, b) is the difference of numbers of the size of n and keeps eight
/// digits for shapes of 1e7; this one keeps twelve.
public final class LogitBeta implements Density {

    /// Where e^z is about to leave the range of a double.
    private static final double FAR = 700;

    private final double a;
    private final double b;
    private final double total;
    private final double smaller;
    private final double share;
    private final double side;
    private final double mode;
    private final double logPeak;
    private final double precision;
    private final double bend;
    private final double lower;
    private final double upper;

    /// The distribution of the log-odds of a rate from Beta(a, b), both positive and finite.
    public LogitBeta(double a, double b) {
        this.a = a;
        this.b = b;
        total = a + b;
        smaller = Math.min(a, b);
        share = smaller / total;
        side = a <= b ? 1 : -1;
        mode = Math.log(a) - Math.log(b);
        bend = Math.max(Math.log(total), 0);
        precision = smaller * (1 - share);
        logPeak = 0.5 * Math.log(precision)
                - Stirling.HALF_LOG_TWO_PI
                + Stirling.rest(total)
                - Stirling.rest(a)
                - Stirling.rest(b);
        double first = 8 / Math.sqrt(precision);
        lower = mode + side * Tail.end(this::logTail, -side * first);
        upper = mode + side * Tail.end(this::logTail, side * first);
    }

    @Override
    public double at(double z) {
        return Math.exp(logAt(side * (z - mode)));
    }

    /// Commons Numbers' incomplete beta function, which for shapes of 1e7 is exact to 1e-9; where x would leave the
    /// range of a double, the exponential that the tail is there.
    @Override
    public double cumulative(double z) {
        if (Math.abs(z) > FAR) {
            return z < 0 ? at(z) / a : 1 - at(z) / b;
        }
        return z < 0 ? RegularizedBeta.value(logistic(z), a, b) : 1 - RegularizedBeta.value(logistic(-z), b, a);
    }

    @Override
    public double lower() {
        return lower;
    }

    @Override
    public double upper() {
        return upper;
    }

    /// Two standard deviations as the curvature at `z` has them, and at most half the distance to the poles of the
    /// logistic function, at z = +-i pi; beyond +-ln n, where the tails are exponential, at most two of their
    /// lengths
    /// and half the distance to where they bend.
    @Override
    public double grain(double z) {
        double x = logistic(z);
        double curvature = Math.max(total * x * (1 - x), Math.min(precision, smaller * smaller));
        return Math.min(2 / Math.sqrt(curvature), Math.max(Math.abs(z) - bend, Math.PI) / 2);
    }

    /// The rate itself.
    @Override
    public double value(double z) {
        return logistic(z);
    }

    @Override
    public Density times(double factor) {
        return factor == 1 ? this : new MultipliedRate(this, factor);
    }

    /// The rate that has these log-odds.
    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    private double logAt(double d) {
        double growth = d > FAR ? d + Math.log(share) : Math.log1p(share * Math.expm1(d));
        return logPeak + smaller * d - total * growth;
    }

    /// A bound of the tail beyond a distance from the mode: for a concave logarithm it is at most the density divided by
    /// the slope of its logarithm.
    private double logTail(double d) {
        double slope = (total - smaller) / (1 + 1 / (share * Math.expm1(d)));
        return logAt(d) - Math.log(Math.abs(slope));
    }
}
