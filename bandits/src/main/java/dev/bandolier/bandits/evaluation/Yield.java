package dev.bandolier.bandits.evaluation;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// What a unit earns on average and how much that scatters, before anything was seen: how many units a comparison of
/// two arms needs, and what it can tell apart with so many.
///
/// A lift by the part e comes from more conversions of the same worth, so the mean grows to m (1 + e) and the variance
/// to s (1 + e) - c (1 + e)^2.
///
/// @param mean   what a unit earns on average (m), positive
/// @param scale  part of the variance that grows with the mean (s), positive
/// @param square part that grows with its square (c), not negative and less than `scale`
public record Yield(double mean, double scale, double square) {

    /// The greatest lift that is told apart: who doubles a hundred times has counted something else.
    private static final double EFFECT_MAX = 100;

    /// Refuses a mean or a variance that is not positive and finite.
    public Yield {
        boolean sound = mean > 0 && Double.isFinite(mean) && Double.isFinite(scale) && square >= 0;
        if (!(sound && scale > square)) {
            throw new IllegalArgumentException(
                    "a unit that earns " + mean + " with the variance " + scale + " - " + square);
        }
    }

    /// Units that convert or do not.
    ///
    /// @param rate share that converts, in (0, 1)
    public static Yield conversions(double rate) {
        return new Yield(rate, rate, rate * rate);
    }

    /// Units that order or do not.
    ///
    /// @param rate      share that orders, in (0, 1)
    /// @param order     mean value of what a unit orders that orders, positive
    /// @param variation squared coefficient of variation of that value, not negative
    public static Yield revenue(double rate, double order, double variation) {
        double mean = rate * order;
        return new Yield(mean, mean * order * (1 + variation), mean * mean);
    }

    /// Units that convert any number of times, independently (Poisson).
    ///
    /// @param mean conversions of a unit on average, positive
    public static Yield counts(double mean) {
        return new Yield(mean, mean, 0);
    }

    /// Units of each of two arms with which a relative difference is found: n = (z_a + z_b)^2 (v_0 + v_1) / (m e)^2.
    ///
    /// [1] J. L. Fleiss, B. Levin, M. C. Paik, Statistical methods for rates and proportions, Wiley 2003, without the
    /// correction for continuity.
    ///
    /// @param effect relative lift to be found, positive
    /// @param alpha  two-sided error rate, in (0, 1)
    /// @param power  probability of finding it, in (0, 1)
    /// @throws IllegalArgumentException if one is out of range, or the lift cannot be: no more than all convert
    public double needed(double effect, double alpha, double power) {
        double variance = variance(effect);
        if (!(effect > 0 && effect <= EFFECT_MAX && variance >= 0)) {
            throw new IllegalArgumentException("effect " + effect + " of a unit that earns " + mean);
        }
        double z = deviations(alpha, power);
        double difference = mean * effect;
        return z * z * (variance(0) + variance) / (difference * difference);
    }

    /// The relative lift that is found with so many units of each of two arms: the inverse of [#needed]. Not a number if
    /// none is that can be: no more than all convert.
    ///
    /// @param units units of each arm, positive
    public double detectable(double units, double alpha, double power) {
        if (!(units > 0)) {
            throw new IllegalArgumentException(units + " units");
        }
        double z = deviations(alpha, power);
        // The root of a e^2 - b e - d = 0, which needed(e) = units comes to.
        double a = units * mean * mean / (z * z) + square;
        double b = scale - 2 * square;
        double d = 2 * (scale - square);
        double effect = (b + Math.sqrt(b * b + 4 * a * d)) / (2 * a);
        return variance(effect) >= 0 ? effect : Double.NaN;
    }

    /// How much what a unit earns varies between units.
    public double variance() {
        return variance(0);
    }

    private double variance(double effect) {
        double grown = 1 + effect;
        return scale * grown - square * grown * grown;
    }

    /// The sum of the normal quantiles of both errors.
    private static double deviations(double alpha, double power) {
        if (!(alpha > 0 && alpha < 1 && power > 0 && power < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + ", power " + power);
        }
        NormalDistribution normal = NormalDistribution.of(0, 1);
        return normal.inverseSurvivalProbability(alpha / 2) + normal.inverseCumulativeProbability(power);
    }
}
