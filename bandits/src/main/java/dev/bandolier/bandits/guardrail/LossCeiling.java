package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Objective;
import java.util.List;
import java.util.OptionalDouble;

/// The loss of exploring that is not exceeded at any time with 95 %, whatever was believed before: the sum of
/// N_a (UCB_0 - LCB_a)^+ over the arms but control, from time-uniform bounds that share the error rate (`methods.md`
/// 7c).
///
/// Conversion rates are bounded by [BetaBinomialBound]. Amounts, and counts, are bounded by [AsymptoticBound] once
/// control and the arm have 200 conversions each; before, control earns at most the cap for each unit that converts,
/// and the arm nothing.
public final class LossCeiling {

    /// Probability that the loss is ever above.
    public static final double ALPHA = 0.05;

    /// Units at which asymptotic bounds are tightest.
    private static final double TIGHTEST = 10_000;

    private final Objective.Kind kind;
    private final double cap;
    private final BetaBinomialBound rates;
    private final AsymptoticBound means;

    /// What was seen of one arm, of units whose outcome is known.
    ///
    /// @param exposures   units exposed so far, outcomes still open included: what the loss is counted for
    /// @param units       units whose outcome is known
    /// @param conversions how many of these converted
    /// @param value       sum of their rewards, in the unit of the reward
    /// @param squares     sum of the squares of their rewards
    public record Seen(double exposures, long units, long conversions, double value, double squares) {

        /// An arm of which conversions are counted.
        public static Seen of(double exposures, long units, long conversions) {
            return new Seen(exposures, units, conversions, conversions, conversions);
        }

        private double average() {
            return value / units;
        }

        private double deviation() {
            return Math.sqrt(Math.max(squares / units - average() * average(), 0));
        }
    }

    private LossCeiling(Objective.Kind kind, double cap, double baseline, double alpha) {
        this.kind = kind;
        this.cap = cap;
        rates = BetaBinomialBound.around(baseline, alpha);
        means = new AsymptoticBound(TIGHTEST, alpha);
    }

    /// The ceiling by now. Infinite for amounts without a cap, before there are 200 conversions.
    ///
    /// @param kind     how the objective counts
    /// @param baseline expected conversion rate of a unit, between 0 and 1: where bounds are tight
    /// @param cap      the most that a unit can earn, in the unit of the reward; not read for conversions
    /// @param arms     all arms
    /// @param control  position of control
    public static double of(Objective.Kind kind, double baseline, OptionalDouble cap, List<Seen> arms, int control) {
        LossCeiling ceiling =
                new LossCeiling(kind, cap.orElse(Double.POSITIVE_INFINITY), baseline, ALPHA / arms.size());
        double sum = 0;
        for (int arm = 0; arm < arms.size(); arm++) {
            if (arm != control && arms.get(arm).exposures() > 0) {
                sum += arms.get(arm).exposures() * ceiling.perUnit(arms.get(arm), arms.get(control));
            }
        }
        return sum;
    }

    /// What an arm earns per unit, at any time: above the lower and below the upper end but for a probability.
    ///
    /// @param kind     how the objective counts
    /// @param baseline expected conversion rate of a unit, between 0 and 1: where bounds are tight
    /// @param cap      the most that a unit can earn, in the unit of the reward; not read for conversions
    /// @param alpha    the probability
    /// @param arm      what was seen of it
    public static Interval interval(Objective.Kind kind, double baseline, OptionalDouble cap, double alpha, Seen arm) {
        LossCeiling within = new LossCeiling(kind, cap.orElse(Double.POSITIVE_INFINITY), baseline, alpha);
        return switch (kind) {
            case CONVERSION -> new Interval(within.lowerRate(arm), within.upperRate(arm));
            case REVENUE, COUNT ->
                settled(arm) ? within.bounds(arm) : new Interval(0, within.upperRate(arm) * within.cap);
        };
    }

    private double perUnit(Seen arm, Seen control) {
        return switch (kind) {
            case CONVERSION -> Math.max(upperRate(control) - lowerRate(arm), 0);
            case REVENUE, COUNT ->
                settled(arm) && settled(control)
                        ? Math.max(
                                bounds(control).upper() - Math.max(bounds(arm).lower(), 0), 0)
                        : upperRate(control) * cap;
        };
    }

    private static boolean settled(Seen seen) {
        return seen.conversions() >= AsymptoticBound.CONVERSIONS_MIN;
    }

    private double upperRate(Seen seen) {
        return rates.of(seen.conversions(), seen.units()).upper();
    }

    private double lowerRate(Seen seen) {
        return rates.of(seen.conversions(), seen.units()).lower();
    }

    private Interval bounds(Seen seen) {
        return means.of(seen.average(), seen.deviation(), (double) seen.units());
    }
}
