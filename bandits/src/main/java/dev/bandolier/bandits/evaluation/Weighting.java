package dev.bandolier.bandits.evaluation;

/// Sums of importance weights w = target probability / propensity and of what the units earned, as far as estimates by
/// weighting need them. Immutable.
///
/// @param sum        sum of w, each clipped at [OffPolicy#WEIGHT_MAX]
/// @param sumSq      sum of w^2
/// @param rewards    sum of w r
/// @param rewardsSq  sum of (w r)^2
/// @param sqRewards  sum of w^2 r
/// @param max        largest weight before clipping
/// @param cut        sum of what clipping took away
record Weighting(double sum, double sumSq, double rewards, double rewardsSq, double sqRewards, double max, double cut) {

    /// No units.
    static final Weighting NONE = new Weighting(0, 0, 0, 0, 0, 0, 0);

    /// Units that all have the same weight; [#NONE] if there are none.
    ///
    /// @param raw the weight before clipping
    static Weighting of(double raw, Sums earned) {
        if (earned.units() == 0) {
            return NONE;
        }
        double w = OffPolicy.clipped(raw);
        return new Weighting(
                w * earned.units(),
                w * w * earned.units(),
                w * earned.sum(),
                w * w * earned.sumSq(),
                w * w * earned.sum(),
                raw,
                (raw - w) * earned.units());
    }

    /// These and others.
    Weighting plus(Weighting other) {
        return new Weighting(
                sum + other.sum,
                sumSq + other.sumSq,
                rewards + other.rewards,
                rewardsSq + other.rewardsSq,
                sqRewards + other.sqRewards,
                Math.max(max, other.max),
                cut + other.cut);
    }
}
