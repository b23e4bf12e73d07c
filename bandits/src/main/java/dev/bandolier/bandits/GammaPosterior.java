package dev.bandolier.bandits;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.GammaDistribution;

/// What we believe about a rate of counts per unit (items per visitor, page views): a Gamma distribution, conjugate
/// to Poisson counts (`methods.md` 1.3).
///
/// @param shape shape, positive: counts, counting the prior's
/// @param rate  inverse of the scale, positive: exposures, counting the prior's
public record GammaPosterior(double shape, double rate) implements Posterior {

    /// Refuses a shape or a rate that is not positive and finite.
    public GammaPosterior {
        if (!(shape > 0 && shape < Double.POSITIVE_INFINITY && rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Gamma(" + shape + ", " + rate + ") needs a positive, finite shape and rate");
        }
    }

    /// The unit-success prior: worth a count of one at the expected rate, whatever that rate is.
    ///
    /// @param baseline expected count per unit, positive
    public static GammaPosterior unitSuccess(double baseline) {
        return new GammaPosterior(1, 1 / baseline);
    }

    /// This belief after a sum of counts over so many exposures, taken for Poisson.
    public GammaPosterior after(double sum, double exposures) {
        return new GammaPosterior(shape + sum, rate + exposures);
    }

    /// This belief after counts that scatter more than Poisson ones: sum and exposures weigh less by the same factor,
    /// so the mean stays and the variance is right (quasi-Poisson, `methods.md` 1.3).
    public GammaPosterior after(double sum, double exposures, Dispersion dispersion) {
        double weight = dispersion.weight();
        return after(weight * sum, weight * exposures);
    }

    /// This belief warmed by the history of the same arm elsewhere, a power prior: history counts `discount` of its
    /// size and at most as much as `exposuresMax` exposures.
    ///
    /// @param discount what an exposure of the history is worth, in [0, 1]
    public GammaPosterior warmedBy(double sum, double exposures, double discount, double exposuresMax) {
        double weight = PowerPrior.weight(exposures, discount, exposuresMax);
        return after(weight * sum, weight * exposures);
    }

    /// Probability that this rate is higher than another that is independent of it, in closed form: the share of one
    /// of two Gamma variables in their sum is Beta (`methods.md` 1.3).
    public double above(GammaPosterior other) {
        return RegularizedBeta.value(other.rate / (rate + other.rate), other.shape, shape);
    }

    @Override
    public double mean() {
        return shape / rate;
    }

    @Override
    public double variance() {
        return shape / rate / rate;
    }

    @Override
    public double cdf(double x) {
        return distribution().cumulativeProbability(x);
    }

    @Override
    public double quantile(double p) {
        return distribution().inverseCumulativeProbability(p);
    }

    private GammaDistribution distribution() {
        return GammaDistribution.of(shape, 1 / rate);
    }
}
