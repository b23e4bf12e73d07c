package dev.bandolier.bandits;

import java.util.Arrays;

/// What we believe about one arm: a distribution over what it earns per unit.
public sealed interface Posterior permits BetaPosterior, GammaPosterior, RevenuePosterior {

    /// Expected value.
    double mean();

    /// Variance.
    double variance();

    /// Probability that the value is at most `x`.
    double cdf(double x);

    /// The value that is not exceeded with probability `p`, p in [0, 1].
    double quantile(double p);

    /// Several of these at once, which may take less than one after the other.
    default double[] quantiles(double... p) {
        return Arrays.stream(p).map(this::quantile).toArray();
    }
}
