package dev.bandolier.bandits.evaluation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The least difference between a holdout and the others that so many units find with the wanted probability
/// (`methods.md` 8): smaller ones may be there and not be seen.
///
/// @param absolute in what a unit earns
/// @param relative the same relative to the base: 0.1 is 10 %
public record DetectableEffect(double absolute, double relative) {

    /// The detectable effect on a conversion rate, by the variance of the rate without the effect.
    ///
    /// @param rate    conversion rate of the holdout, between 0 and 1, both excluded
    /// @param heldOut units of the holdout, positive
    /// @param others  units of the others, positive
    /// @param alpha   level of the two-sided test, between 0 and 1, both excluded
    /// @param power   probability to find the effect, above `alpha` and below 1
    /// @throws IllegalArgumentException if one is out of range
    public static DetectableEffect of(double rate, long heldOut, long others, double alpha, double power) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("rate " + rate + " is not between 0 and 1");
        }
        return ofMean(rate, rate * (1 - rate), heldOut, others, alpha, power);
    }

    /// The detectable effect on a mean, such as revenue per unit.
    ///
    /// @param mean     what a unit earns without the effect, positive
    /// @param variance its variance between units, not negative
    /// @param heldOut  units of the holdout, positive
    /// @param others   units of the others, positive
    /// @param alpha    level of the two-sided test, between 0 and 1, both excluded
    /// @param power    probability to find the effect, above `alpha` and below 1
    /// @throws IllegalArgumentException if one is out of range
    public static DetectableEffect ofMean(
            double mean, double variance, long heldOut, long others, double alpha, double power) {
        if (heldOut <= 0 || others <= 0) {
            throw new IllegalArgumentException(heldOut + " units held out and " + others + " others");
        }
        return ofMean(mean, variance, 1.0 / heldOut + 1.0 / others, alpha, power);
    }

    /// The detectable effect on a mean, of groups that are compared part by part.
    ///
    /// @param spread how the variance of the difference of both groups relates to that of one unit, positive: see
    ///               [Uplift#spread]
    /// @throws IllegalArgumentException if one is out of range
    public static DetectableEffect ofMean(double mean, double variance, double spread, double alpha, double power) {
        if (!(mean > 0 && variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mean " + mean + " with the variance " + variance);
        }
        if (!(spread > 0 && spread < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("spread " + spread + " of a difference");
        }
        if (!(alpha > 0 && alpha < power && power < 1)) {
            throw new IllegalArgumentException("level " + alpha + " and power " + power);
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double deviations = normal.inverseSurvivalProbability(alpha / 2) + normal.inverseCumulativeProbability(power);
        double absolute = deviations * Math.sqrt(variance * spread);
        return new DetectableEffect(absolute, absolute / mean);
    }
}
