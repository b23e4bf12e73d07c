package dev.bandolier.bandits.numeric;

import org.apache.commons.numbers.gamma.LogGamma;

/// The logarithm of the Gamma function, less what cancels in densities.
final class Stirling {

    static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    private Stirling() {}

    /// ln Gamma(x) less Stirling's approximation: 1/(12x) - 1/(360x^3) + ...; four terms are exact to 1e-14 above 20.
    static double rest(double x) {
        if (x < 20) {
            return LogGamma.value(x) - (x - 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI;
        }
        double r = 1 / (x * x);
        return (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / x;
    }
}
