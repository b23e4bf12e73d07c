package dev.bandolier.bandits;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;

/// What we believe about a conversion rate: a Beta distribution (`methods.md` 1.1).
///
/// @param alpha first shape, positive: successes, counting the prior's
/// @param beta  second shape, positive: failures, counting the prior's
public record BetaPosterior(double alpha, double beta) implements Posterior {

    /// Refuses shapes that are not positive and finite.
    public BetaPosterior {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY && beta > 0 && beta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("Beta(" + alpha + ", " + beta + ") needs positive, finite shapes");
        }
    }

    /// The unit-success prior: worth one conversion at the expected rate, whatever that rate is.
    ///
    /// @param baseline expected conversion rate, between 0 and 1
    public static BetaPosterior unitSuccess(double baseline) {
        return new BetaPosterior(1, (1 - baseline) / baseline);
    }

    /// This belief warmed by the history of the same arm elsewhere, a power prior: history counts `discount` of its
    /// size and at most as much as `exposuresMax` exposures.
    ///
    /// @param discount what an exposure of the history is worth, in [0, 1]
    public BetaPosterior warmedBy(double conversions, double exposures, double discount, double exposuresMax) {
        double weight = PowerPrior.weight(exposures, discount, exposuresMax);
        return after(weight * conversions, weight * exposures);
    }

    /// This belief after so many conversions among so many exposures; exposures may be fewer than conversions for a
    /// moment, while decisions are learned later than what they earned.
    public BetaPosterior after(double conversions, double exposures) {
        return new BetaPosterior(alpha + conversions, beta + Math.max(exposures - conversions, 0));
    }

    @Override
    public double mean() {
        return alpha / (alpha + beta);
    }

    @Override
    public double variance() {
        double total = alpha + beta;
        return alpha / total * (beta / total) / (total + 1);
    }

    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : x >= 1 ? 1 : RegularizedBeta.value(x, alpha, beta);
    }

    @Override
    public double quantile(double p) {
        return BetaDistribution.of(alpha, beta).inverseCumulativeProbability(p);
    }
}
