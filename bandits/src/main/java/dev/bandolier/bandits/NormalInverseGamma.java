package dev.bandolier.bandits;

import org.apache.commons.statistics.distribution.TDistribution;

/// A belief about mean and variance of what a unit earns, as if that were normally distributed: the usual model of
/// revenue, that [RevenuePosterior] is compared with (`methods.md` 1.2).
///
/// No policy uses it: with order values of heavy tails its intervals are too narrow, and an arm without a conversion
/// has a variance near 0 and is starved. The variance is InvGamma(a, b); given the variance, the mean is normal
/// around `mu` with the variance over `kappa`.
///
/// @param mu    expected mean per unit
/// @param kappa units that the mean rests on, positive
/// @param a     shape of the variance, positive
/// @param b     scale of the variance, positive
public record NormalInverseGamma(double mu, double kappa, double a, double b) {

    /// Refuses a mean that is not finite, and a kappa, a or b that is not positive and finite.
    public NormalInverseGamma {
        if (!Double.isFinite(mu) || !(Math.min(kappa, Math.min(a, b)) > 0) || !Double.isFinite(kappa + a + b)) {
            throw new IllegalArgumentException("NormalInverseGamma(" + mu + ", " + kappa + ", " + a + ", " + b
                    + ") needs a finite mean and positive, finite kappa, a and b");
        }
    }

    /// This belief after so many units, at least one, with this sum and this sum of squares of what they earned.
    public NormalInverseGamma after(double units, double sum, double sumSquares) {
        double total = kappa + units;
        double average = sum / units;
        double within = Math.max(sumSquares - sum * average, 0);
        double between = kappa * units / total * (average - mu) * (average - mu);
        return new NormalInverseGamma((kappa * mu + sum) / total, total, a + units / 2, b + (within + between) / 2);
    }

    /// Degrees of freedom of the t distribution that the mean has.
    public double degrees() {
        return 2 * a;
    }

    /// Scale of the t distribution that the mean has.
    public double scale() {
        return Math.sqrt(b / a / kappa);
    }

    /// The mean that is not exceeded with probability `p`, p in [0, 1].
    public double quantile(double p) {
        return mu + scale() * TDistribution.of(degrees()).inverseCumulativeProbability(p);
    }
}
