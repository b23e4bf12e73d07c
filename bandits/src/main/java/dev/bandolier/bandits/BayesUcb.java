package dev.bandolier.bandits;

import java.util.List;

/// Bayesian upper confidence bound: everything to the arm whose posterior has the highest quantile at 1 - 1/t, t being
/// the exposures so far; ties share equally (`methods.md` 3.3).
///
/// All or nothing: propensities that can be used afterwards need a floor, see [Bounds].
///
/// [1] E. Kaufmann, O. Cappé, A. Garivier, On Bayesian upper confidence bounds for bandit problems, AISTATS 2012.
public record BayesUcb() implements Policy {

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return Allocation.highest(
                contenders.stream().mapToDouble(each -> index(each, exposures)).toArray());
    }

    /// The quantile that arms are ranked by.
    ///
    /// @param exposures units exposed so far over all arms; for none or one the quantile is at 0 and all arms tie
    public double index(Contender contender, long exposures) {
        return contender.posterior().quantile(1 - 1.0 / Math.max(exposures, 1));
    }
}
