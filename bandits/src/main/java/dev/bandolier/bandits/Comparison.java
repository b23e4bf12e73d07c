package dev.bandolier.bandits;

import dev.bandolier.bandits.numeric.BestArm;
import dev.bandolier.bandits.numeric.Density;
import dev.bandolier.bandits.numeric.LogGamma;
import dev.bandolier.bandits.numeric.LogRevenue;
import dev.bandolier.bandits.numeric.LogitBeta;
import dev.bandolier.bandits.numeric.Quantile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What beliefs about several arms say when they are held against each other (the decision panel, `methods.md` 8):
/// all of it by quadrature, to about 1e-9, and nothing by drawing.
///
/// Arms are named by their position. Ratios come from comparisons too: mu_a / mu_0 is at most r where r mu_0 is the
/// better one.
public final class Comparison {

    /// The logarithm of the greatest ratio that is told from an infinite one: its exponential is within the range of a
    /// double, and so is twice that.
    private static final double LOG_RATIO_MAX = 700;

    private final List<Posterior> posteriors;
    private final List<Density> densities;
    private final BestArm best;

    /// Equal beliefs, as all arms have at the start, share one density.
    private Comparison(List<Posterior> posteriors) {
        this.posteriors = posteriors;
        Map<Posterior, Density> known = new HashMap<>();
        densities = posteriors.stream()
                .map(each -> known.computeIfAbsent(each, Comparison::density))
                .toList();
        best = BestArm.of(densities);
    }

    /// The comparison of these beliefs, at least one and all of one kind.
    ///
    /// @throws IllegalArgumentException if there is none, or one is of another kind than the first
    public static Comparison of(List<? extends Posterior> posteriors) {
        for (Posterior each : posteriors) {
            if (each.getClass() != posteriors.getFirst().getClass()) {
                throw new IllegalArgumentException(each + " cannot be compared with " + posteriors.getFirst());
            }
        }
        return new Comparison(List.copyOf(posteriors));
    }

    /// The probability of each arm to be the best of all.
    public double[] best() {
        return best.probabilities();
    }

    /// The arm that is most probably the best, the first of equals.
    public int leader() {
        double[] probabilities = best();
        int leader = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[leader]) {
                leader = i;
            }
        }
        return leader;
    }

    /// The expected value of the best arm, whichever it is: E\[max mu].
    public double expectedMax() {
        return best.expectedMax();
    }

    /// What is lost per unit, in expectation, by serving each arm alone: E\[max mu - mu_a].
    public double[] expectedLoss() {
        return posteriors.stream()
                .mapToDouble(each -> Math.max(expectedMax() - each.mean(), 0))
                .toArray();
    }

    /// The probability that one arm is better than another.
    public double above(int arm, int other) {
        return arm == other ? 0 : BestArm.probabilities(pair(arm, other))[0];
    }

    /// What an arm is expected to lose against the control where it is worse: E\[(mu_0 - mu_a)^+].
    public double shortfall(int arm, int control) {
        return arm == control
                ? 0
                : Math.max(
                        BestArm.of(pair(arm, control)).expectedMax()
                                - posteriors.get(arm).mean(),
                        0);
    }

    /// The lift mu_a / mu_0 - 1 that is not exceeded with probability `p`; 0 for the control itself. Beliefs of very
    /// small shapes have ratios without measure: one below e^-700 is a lift of -1, one above e^700 is
    /// [Double#MAX_VALUE].
    ///
    /// @param p between 0 and 1, both excluded
    /// @throws IllegalArgumentException if p is not
    public double liftQuantile(int arm, int control, double p) {
        refuseCertain(p);
        if (arm == control) {
            return 0;
        }
        double guess = Math.log(posteriors.get(arm).mean())
                - Math.log(posteriors.get(control).mean());
        double scale = Math.hypot(variation(arm), variation(control));
        return lift(Quantile.of(ln -> ratioAtMost(arm, control, Math.exp(ln)), p, guess, scale, LOG_RATIO_MAX));
    }

    /// The potential value remaining that is not exceeded with probability `p`: (max mu - mu*) / mu*, where * is the
    /// [#leader]; [Double#MAX_VALUE] where the ratio is above e^700.
    ///
    /// @param p between 0 and 1, both excluded
    /// @throws IllegalArgumentException if p is not
    public double remainingQuantile(double p) {
        return remainingQuantile(leader(), p);
    }

    /// The same where another arm is taken: (max mu - mu_a) / mu_a.
    ///
    /// @param p between 0 and 1, both excluded
    /// @throws IllegalArgumentException if p is not
    public double remainingQuantile(int arm, double p) {
        refuseCertain(p);
        if (best()[arm] >= p) {
            return 0;
        }
        return lift(Quantile.of(
                ln -> armSuffices(arm, Math.exp(Math.max(ln, 0))), p, 0, variation(arm), LOG_RATIO_MAX));
    }

    private static double lift(double logRatio) {
        return Math.min(Math.expm1(logRatio), Double.MAX_VALUE);
    }

    private static void refuseCertain(double p) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("probability " + p + " is not between 0 and 1");
        }
    }

    /// The coefficient of variation of a belief, roughly; moments leave the range of a double before shapes do.
    private double variation(int arm) {
        return switch (posteriors.get(arm)) {
            case BetaPosterior rate -> variation(rate);
            case GammaPosterior count -> 1 / Math.sqrt(count.shape());
            case RevenuePosterior(BetaPosterior rate, OrderValuePosterior value) ->
                Math.hypot(variation(rate), 1 / Math.sqrt(value.shape()));
        };
    }

    private static double variation(BetaPosterior rate) {
        return Math.sqrt(rate.beta() / rate.alpha() / (rate.alpha() + rate.beta() + 1));
    }

    /// All arms of one kind on one scale: the log-odds of a rate, the logarithm of an amount.
    static Density density(Posterior posterior) {
        return switch (posterior) {
            case BetaPosterior(double alpha, double beta) -> new LogitBeta(alpha, beta);
            case GammaPosterior(double shape, double rate) -> new LogGamma(shape, rate);
            case RevenuePosterior(
                    BetaPosterior(double alpha, double beta),
                    OrderValuePosterior(double shape, double scale)) -> new LogRevenue(alpha, beta, shape, scale);
        };
    }

    private List<Density> pair(int arm, int other) {
        return List.of(densities.get(arm), densities.get(other));
    }

    /// P(mu_a <= r mu_0). A rate can only be multiplied by more than 1, so for r < 1 the other one is.
    private double ratioAtMost(int arm, int control, double ratio) {
        Density one = densities.get(arm);
        Density other = densities.get(control);
        return ratio < 1
                ? BestArm.probabilities(List.of(one.times(1 / ratio), other))[1]
                : BestArm.probabilities(List.of(one, other.times(ratio)))[1];
    }

    /// The probability that r times this arm is at least as good as every other arm.
    private double armSuffices(int arm, double ratio) {
        List<Density> raised = new ArrayList<>(densities);
        raised.set(arm, densities.get(arm).times(ratio));
        return BestArm.probabilities(raised)[arm];
    }
}
