package dev.bandolier.bandits.numeric;

import java.util.function.DoubleUnaryOperator;

/// The inverse of a distribution function that is dear to evaluate: secants of its log-odds, which are nearly
/// straight, within a bracket.
public final class Quantile {

    /// How exact the quantile is, relative to the given scale.
    private static final double PRECISION = 1e-11;

    /// Far more steps than any smooth distribution needs.
    private static final int STEPS_MAX = 200;

    private static final double ODDS_MIN = 1e-300;
    private static final double ODDS_MAX = 1e16;

    private final DoubleUnaryOperator cdf;
    private final double reach;
    private final double target;

    private Quantile(DoubleUnaryOperator cdf, double p, double reach) {
        this.cdf = cdf;
        this.reach = reach;
        target = logOdds(p);
    }

    /// The point at which an increasing, continuous function from the real line to \[0, 1] has the value `p`.
    ///
    /// @param p     between 0 and 1, both excluded
    /// It is sought between -`reach` and `reach`; beyond these the function is not evaluated, and the answer is
    /// infinite.
    ///
    /// @param guess about the median
    /// @param scale about the standard deviation, positive
    /// @throws ArithmeticException if the function is none
    public static double of(DoubleUnaryOperator cdf, double p, double guess, double scale, double reach) {
        return new Quantile(cdf, p, reach).search(Math.clamp(guess, -reach, reach), scale);
    }

    private double search(double guess, double scale) {
        double at = excess(guess);
        double far = guess;
        double there = at;
        double step = at < 0 ? scale : -scale;
        double near = guess;
        double here = at;
        for (int n = 0; there < 0 == at < 0; n++) {
            if (n == STEPS_MAX) {
                throw new ArithmeticException("the distribution function does not reach its quantile up to " + far);
            }
            if (Math.abs(far) == reach && far < 0 == step < 0) {
                return Math.copySign(Double.POSITIVE_INFINITY, step);
            }
            near = far;
            here = there;
            far = Math.clamp(far + step, -reach, reach);
            step *= 2;
            there = excess(far);
        }
        return here < 0 ? within(near, here, far, there, scale) : within(far, there, near, here, scale);
    }

    /// The point between `left`, where too little lies below, and `right`. A secant that keeps the same end twice
    /// halves the weight of that end (the Illinois rule), so that both ends move.
    private double within(double left, double below, double right, double above, double scale) {
        double from = left;
        double to = right;
        double low = below;
        double high = above;
        int kept = 0;
        for (int n = 0; n < STEPS_MAX && to - from > PRECISION * scale; n++) {
            double x = from - low * (to - from) / (high - low);
            if (!(x > from && x < to)) {
                x = (from + to) / 2;
            }
            double excess = excess(x);
            if (Math.abs(excess) < PRECISION) {
                return x;
            }
            if (excess < 0) {
                from = x;
                low = excess;
                high = kept < 0 ? high / 2 : high;
                kept = -1;
            } else {
                to = x;
                high = excess;
                low = kept > 0 ? low / 2 : low;
                kept = 1;
            }
        }
        return (from + to) / 2;
    }

    private double excess(double x) {
        return logOdds(cdf.applyAsDouble(x)) - target;
    }

    private static double logOdds(double p) {
        return Math.log(Math.clamp(p / (1 - p), ODDS_MIN, ODDS_MAX));
    }
}
