package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.GammaPosterior;

/// Counts per unit: Gamma beliefs, effects of arm and segment that multiply, negative-binomial counts.
///
/// @param prior belief about an arm before it was exposed
record CountFamily(GammaPosterior prior) implements Family<GammaPosterior> {

    private static final double USUAL_RATE = 0.03;

    /// Keeps means positive and finite.
    private static final double LINKED_MAX = 40;

    @Override
    public double priorMean() {
        return prior.mean();
    }

    @Override
    public double priorStrength() {
        return prior.rate();
    }

    @Override
    public double link(double mean) {
        return Math.log(mean);
    }

    @Override
    public double mean(double linked) {
        return Math.exp(Math.clamp(linked, -LINKED_MAX, LINKED_MAX));
    }

    @Override
    public double spread(double mean) {
        return mean;
    }

    @Override
    public double logLikelihood(double mean, double strength, double sum, double exposures) {
        double shape = strength * mean;
        return BetaBinomial.rise(shape, sum)
                - shape * Math.log1p(exposures / strength)
                - sum * Math.log(strength + exposures);
    }

    @Override
    public GammaPosterior after(double mean, double strength, double sum, double exposures) {
        return new GammaPosterior(strength * mean, strength).after(sum, exposures);
    }

    @Override
    public GammaPosterior pooled(double sum, double exposures) {
        return prior.after(sum, exposures);
    }

    /// A strength in exposures means nothing without the count that one of them brings: 500 are much for page views and
    /// little for orders.
    @Override
    public double unit(double overall) {
        return USUAL_RATE / overall;
    }
}
