package dev.bandolier.bandits.guardrail;

import org.apache.commons.numbers.gamma.Erfc;

/// How much further out a quantile has to be that is looked at all the time, instead of once.
///
/// While information grows by a factor of r, an average strays by z standard errors to one side at some time with a
/// probability of about (z - 1/z) phi(z) ln(r) / 2 + 2 phi(z) / z, phi being the normal density (maximum of a
/// standardised Brownian motion [1]). Here r is 1000: from ten conversions to ten thousand.
///
/// [1] D. Siegmund, Sequential analysis, Springer (1985), chapter 4.
final class EveryLook {

    /// How far information grows.
    private static final double GROWTH = 1000;

    /// Below z = 1.5 the approximation is none; it is at 0.7 there, and falls with z.
    private static final double Z_MIN = 1.5;

    /// Beyond it there is no probability left that a double could tell.
    private static final double Z_MAX = 38;

    private static final double PEAK = 1 / Math.sqrt(2 * Math.PI);

    private EveryLook() {}

    /// The probability beyond one quantile of a normal distribution which all looks together are beyond with this one.
    ///
    /// @param alpha of all looks, in (0, 0.5]
    static double tail(double alpha) {
        double low = Z_MIN;
        double high = Z_MAX;
        for (double z = (low + high) / 2; z != low && z != high; z = (low + high) / 2) {
            if (beyond(z) > alpha) {
                low = z;
            } else {
                high = z;
            }
        }
        return Erfc.value(high / Math.sqrt(2)) / 2;
    }

    private static double beyond(double z) {
        double density = PEAK * Math.exp(-z * z / 2);
        return (z - 1 / z) * density * Math.log(GROWTH) / 2 + 2 * density / z;
    }
}
