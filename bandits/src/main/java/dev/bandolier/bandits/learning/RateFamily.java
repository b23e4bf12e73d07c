package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;

/// Conversion rates: Beta beliefs, effects of arm and segment that add up in log-odds, beta-binomial counts.
///
/// @param prior belief about an arm before it was exposed
record RateFamily(BetaPosterior prior) implements Family<BetaPosterior> {

    /// Keeps log-odds finite.
    private static final double EDGE = 1e-9;

    @Override
    public double priorMean() {
        return prior.mean();
    }

    @Override
    public double priorStrength() {
        return prior.alpha() + prior.beta();
    }

    @Override
    public double link(double mean) {
        return Math.log(inside(mean)) - Math.log1p(-inside(mean));
    }

    @Override
    public double mean(double linked) {
        return inside(1 / (1 + Math.exp(-linked)));
    }

    @Override
    public double spread(double mean) {
        return mean * (1 - mean);
    }

    @Override
    public double logLikelihood(double mean, double strength, double sum, double exposures) {
        return BetaBinomial.logLikelihood(sum, Math.max(exposures - sum, 0), strength * mean, strength * (1 - mean));
    }

    @Override
    public BetaPosterior after(double mean, double strength, double sum, double exposures) {
        return new BetaPosterior(strength * mean, strength * (1 - mean)).after(sum, exposures);
    }

    @Override
    public BetaPosterior pooled(double sum, double exposures) {
        return prior.after(sum, exposures);
    }

    @Override
    public double unit(double overall) {
        return 1;
    }

    private static double inside(double rate) {
        return Math.clamp(rate, EDGE, 1 - EDGE);
    }
}
