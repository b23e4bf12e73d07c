package dev.bandolier.bandits.guardrail;

/// A time-uniform bound of how far a sum with normal (or sub-Gaussian) increments of mean 0 strays from 0: it is never
/// outside with probability 1 - alpha (normal mixture, two-sided [1]; `methods.md` 7b).
///
/// [1] S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Time-uniform, nonparametric, nonasymptotic confidence
/// sequences, Annals of Statistics 49 (2021).
///
/// @param tightest variance of the sum at which the bound is to be tightest, positive: that is where, never whether, it
///                 is good
/// @param alpha    probability that the sum is ever outside, in (0, 1)
public record NormalMixtureBound(double tightest, double alpha) {

    /// Refuses a variance that is not positive and finite, and an error rate out of range.
    public NormalMixtureBound {
        if (!(tightest > 0 && tightest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("variance " + tightest + " is not positive and finite");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
    }

    /// Inverse variance of the mixture: close to the best for its variance.
    double rho() {
        double twice = -2 * Math.log(alpha);
        return tightest / (twice + Math.log1p(twice));
    }

    /// The distance from 0 that the sum keeps within when its variance has come to this.
    ///
    /// @param variance sum of the conditional variances so far, not negative
    public double margin(double variance) {
        double rho = rho();
        return Math.sqrt((variance + rho) * (Math.log1p(variance / rho) - 2 * Math.log(alpha)));
    }
}
