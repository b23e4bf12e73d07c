package dev.bandolier.bandits.simulation;

import java.util.random.RandomGenerator;

/// Draws from Gamma distributions of scale 1, and from Beta distributions as the ratio of two of them.
///
/// G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000): a cubed normal,
/// accepted or drawn again; a shape below 1 is that of one more, times a power of a uniform (their section 6).
final class GammaSampler {

    private GammaSampler() {}

    /// A draw from Beta(alpha, beta), in [0, 1].
    static double beta(double alpha, double beta, RandomGenerator random) {
        double successes = gamma(alpha, random);
        return successes / (successes + gamma(beta, random));
    }

    /// A draw from Gamma(shape, 1).
    static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double root = 1 + c * x;
            if (root > 0) {
                double v = root * root * root;
                double u = 1 - random.nextDouble();
                if (Math.log(u) < x * x / 2 + d * (1 - v + Math.log(v))) {
                    return d * v;
                }
            }
        }
    }
}
