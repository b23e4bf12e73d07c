package dev.bandolier.bandits;

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
}
