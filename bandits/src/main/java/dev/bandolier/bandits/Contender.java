package dev.bandolier.bandits;

/// One live arm as a policy sees it: what is believed about it, and the counts behind the belief.
///
/// Most policies need the belief alone. The textbook upper confidence bounds ([KlUcb], [Ucb1]) know no prior and ask
/// for the counts.
///
/// @param arm       key of the arm
/// @param posterior what is believed about its reward per unit
/// @param trials    effective exposures, not negative; fractional once exposures are weighted by maturity or age
/// @param reward    sum of rewards of these, weighted alike: conversions, or value
public record Contender(String arm, Posterior posterior, double trials, double reward) {

    /// Refuses counts that are not finite, and negative trials; rewards may be negative after refunds.
    public Contender {
        if (!(trials >= 0 && trials < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "trials " + trials + " of arm '" + arm + "' are not a finite number >= 0");
        }
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("reward " + reward + " of arm '" + arm + "' is not finite");
        }
    }

    /// Reward per trial, not shrunk by any prior; NaN without trials.
    public double average() {
        return reward / trials;
    }
}
