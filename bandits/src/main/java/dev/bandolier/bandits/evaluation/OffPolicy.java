package dev.bandolier.bandits.evaluation;

import java.util.List;

/// What another policy would have earned on a log with known propensities (`methods.md` 8).
///
/// Four answers to one question. Weighting (IPS) counts each reward as much more as the other policy would have served
/// its arm more often, w = pi(A) / p: unbiased, and loud where weights are large. Self-normalised (SNIPS) it divides by
/// the weights instead of the units: a little biased, and steadier. The direct method (DM) believes a model m of the
/// arms and looks at no reward. The doubly robust one (DR) believes the model and corrects it by what was earned:
/// unbiased as weighting is, and as quiet as the model is good. Weights are clipped at [#WEIGHT_MAX], which biases all
/// but DM where [#clipped] is not 0. They are [Estimate#UNKNOWN] until one of the units that the other policy might have
/// served alike has earned something ([#telling]).
///
/// A fold over the rows of a log, or over strata of it, with the same result; immutable.
///
/// [1] M. Dudík, J. Langford, L. Li, Doubly robust policy evaluation and learning, ICML 2011.
/// [2] A. Swaminathan, T. Joachims, The self-normalized estimator for counterfactual learning, NIPS 2015.
public final class OffPolicy {

    /// Where weights are clipped.
    public static final double WEIGHT_MAX = 100;

    /// Effective units below which an estimate is thin.
    public static final double EFFECTIVE_MIN = 200;

    /// No units yet.
    public static final OffPolicy EMPTY = new OffPolicy(Sums.NONE, Weighting.NONE, Scoring.NONE);

    /// The other policy would serve an arm that the log could not: whatever it earned, nobody has seen it.
    public static final class Unreachable extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        private final int arm;

        Unreachable(int arm, double target) {
            super("arm " + arm + " could not be drawn, and has the probability " + target + " under the other policy");
            this.arm = arm;
        }

        /// Position of the arm.
        public int arm() {
            return arm;
        }
    }

    private final Sums earned;
    private final Weighting weighting;
    private final Scoring scoring;

    private OffPolicy(Sums earned, Weighting weighting, Scoring scoring) {
        this.earned = earned;
        this.weighting = weighting;
        this.scoring = scoring;
    }

    /// A weight as it counts.
    static double clipped(double weight) {
        return Math.min(weight, WEIGHT_MAX);
    }

    /// This and one more unit.
    ///
    /// @param target     probability of each arm under the other policy; they sum to 1
    /// @param guess      what each arm was believed to earn, without having seen this unit
    /// @param arm        position of the arm that the unit got
    /// @param propensity probability with which it got it, in (0, 1]
    /// @param reward     what it earned
    /// @throws IllegalArgumentException if these are no probabilities, or not as many guesses
    public OffPolicy plus(double[] target, double[] guess, int arm, double propensity, double reward) {
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity " + propensity + " of a unit is not in (0, 1]");
        }
        double weight = target[arm] / propensity;
        return plus(direct(target, guess), weight, guess[arm], new Sums(1, reward, reward * reward));
    }

    /// This and the units of one more stratum.
    ///
    /// @param target probability of each arm under the other policy; they sum to 1
    /// @throws Unreachable if it is positive for an arm that the stratum could not draw
    /// @throws IllegalArgumentException if these are no probabilities, or not one for each arm
    public OffPolicy plus(Stratum stratum, double[] target) {
        List<Stratum.Drawn> arms = stratum.arms();
        double direct =
                direct(target, arms.stream().mapToDouble(Stratum.Drawn::guess).toArray());
        OffPolicy sum = this;
        for (int i = 0; i < target.length; i++) {
            Stratum.Drawn drawn = arms.get(i);
            if (drawn.propensity() == 0 && target[i] > 0) {
                throw new Unreachable(i, target[i]);
            }
            if (drawn.earned().units() > 0) {
                sum = sum.plus(direct, target[i] / drawn.propensity(), drawn.guess(), drawn.earned());
            }
        }
        return sum;
    }

    private OffPolicy plus(double direct, double weight, double guess, Sums units) {
        return new OffPolicy(
                earned.plus(units),
                weighting.plus(Weighting.of(weight, units)),
                scoring.plus(Scoring.of(direct, weight, guess, units)));
    }

    private static double direct(double[] target, double[] guess) {
        if (target.length != guess.length) {
            throw new IllegalArgumentException(target.length + " probabilities for " + guess.length + " arms");
        }
        double direct = 0;
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            if (!(target[i] >= 0)) {
                throw new IllegalArgumentException("probability " + target[i] + " of arm " + i);
            }
            sum += target[i];
            direct += target[i] * guess[i];
        }
        if (!(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("probabilities of the other policy sum to " + sum + ", not 1");
        }
        return direct;
    }

    /// Units seen.
    public long units() {
        return earned.units();
    }

    /// What a unit really earned.
    public Estimate log() {
        return mean(earned.sum(), earned.sumSq());
    }

    /// Whether one of the units that the other policy might have served alike has earned something. Without that there is
    /// no variance to speak of: an estimate of nothing would claim to be certain.
    public boolean telling() {
        return weighting.rewardsSq() > 0;
    }

    /// By weighting (IPS).
    public Estimate weighted() {
        return telling() ? mean(weighting.rewards(), weighting.rewardsSq()) : Estimate.UNKNOWN;
    }

    /// By weighting, relative to the sum of the weights (SNIPS).
    public Estimate selfNormalised() {
        if (!telling()) {
            return Estimate.UNKNOWN;
        }
        double value = weighting.rewards() / weighting.sum();
        double squares = weighting.rewardsSq() - 2 * value * weighting.sqRewards() + value * value * weighting.sumSq();
        return new Estimate(value, Math.sqrt(Math.max(squares, 0)) / weighting.sum());
    }

    /// As the model believes (DM). It has no standard error that would say how wrong the model is.
    public double direct() {
        return scoring.direct() / units();
    }

    /// As the model believes, corrected by what was earned (DR).
    public Estimate doublyRobust() {
        return telling() ? mean(scoring.sum(), scoring.sumSq()) : Estimate.UNKNOWN;
    }

    /// How much more the other policy would have earned than the log did (DR), relative to that; the error by the delta
    /// method, from the same units. Not a number if nothing was earned.
    public Estimate lift() {
        if (!telling()) {
            return Estimate.UNKNOWN;
        }
        double ratio = scoring.sum() / earned.sum();
        double squares = scoring.sumSq() - 2 * ratio * scoring.rewards() + ratio * ratio * earned.sumSq();
        double n = units();
        double variance = Math.max(squares, 0) / (n - 1) / n;
        return new Estimate(ratio - 1, Math.sqrt(variance) / Math.abs(earned.mean()));
    }

    /// Units drawn from the other policy itself that would say as much: (sum of w)^2 / sum of w^2; 0 if no unit has a
    /// weight.
    public double effective() {
        return weighting.sumSq() == 0 ? 0 : weighting.sum() * weighting.sum() / weighting.sumSq();
    }

    /// The largest weight, before clipping.
    public double maxWeight() {
        return weighting.max();
    }

    /// The share of all weight that clipping took away, in \[0, 1).
    public double clipped() {
        return weighting.cut() == 0 ? 0 : weighting.cut() / (weighting.cut() + weighting.sum());
    }

    /// Whether so few effective units stand behind the estimates, or so large weights, that they and their intervals are
    /// not to be relied on, or there are none because nothing was earned.
    public boolean thin() {
        return !telling() || effective() < EFFECTIVE_MIN || maxWeight() > WEIGHT_MAX;
    }

    private Estimate mean(double sum, double sumSq) {
        double n = units();
        double mean = sum / n;
        return new Estimate(mean, Math.sqrt(Math.max(sumSq - n * mean * mean, 0) / (n - 1) / n));
    }
}
