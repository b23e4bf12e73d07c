package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Comparison;
import dev.bandolier.bandits.Posterior;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What a unit of each arm costs against control, in one crowd, by what is believed today: expected, and not more than
/// with a certainty. Immutable.
///
/// How certain is certain? An arm that loses d per unit has lost B after exactly B / d of its units, whenever these are
/// served; it only gets that far if u_a < d at this number, which nobody chose. So the quantile of mu_a is one of a
/// single look. But how many units control had until then was chosen by what was seen: where control starts unluckily,
/// the policy leaves it alone, and with the same quantile 8 to 12 of 100 budgets of 95 % were overspent. So control
/// gets the quantile that holds at every look, from [EveryLook]; each of the two gets half of 1 - c. Both are put
/// together with the skew that each has (MOVER [1]):
/// u_a = m_0 - m_a + sqrt((q_0 - m_0)^2 + (m_a - q_a)^2), if that is positive.
///
/// [1] G. Y. Zou, A. Donner, Construction of confidence limits about effect measures: a general approach, Statistics in
/// Medicine 27 (2008).
final class Costs {

    private final Crowd crowd;
    private final double[] better;
    private final double[] expected;
    private final double[] certain;

    /// The costs in a crowd.
    ///
    /// @param control   position of control
    /// @param certainty see [Allowance]; 0.5 asks for what is expected alone
    Costs(Crowd crowd, int control, double certainty) {
        this.crowd = crowd;
        List<Outlay> arms = crowd.arms();
        Posterior ours = arms.get(control).posterior();
        boolean cautious = certainty > 0.5;
        double half = (1 - certainty) / 2;
        double most = cautious ? ours.quantile(1 - EveryLook.tail(half)) : 0;
        expected = new double[arms.size()];
        certain = new double[arms.size()];
        better = new double[arms.size()];
        for (int arm = 0; arm < expected.length; arm++) {
            if (arm != control
                    && (arms.get(arm).exposures() > 0 || crowd.proposed().probability(arm) > 0)) {
                Posterior theirs = arms.get(arm).posterior();
                Comparison pair = Comparison.of(List.of(theirs, ours));
                expected[arm] = pair.expectedLoss()[0];
                better[arm] = pair.best()[0];
                certain[arm] = cautious ? loss(theirs, ours.mean(), most, half) : 0;
            }
        }
    }

    /// u_a. A tail that does not reach past its mean, as one of a low certainty may, has no length.
    ///
    /// @param mean what control is believed to earn
    /// @param most what control is certainly not above
    /// @param tail probability that the arm is below its own end
    private static double loss(Posterior theirs, double mean, double most, double tail) {
        double above = Math.max(most - mean, 0);
        double below = Math.max(theirs.mean() - theirs.quantile(tail), 0);
        return Math.max(mean - theirs.mean() + Math.hypot(above, below), 0);
    }

    /// Probability of an arm to earn more than control; 0 of control, and of one that is never served.
    double better(int arm) {
        return better[arm];
    }

    /// Whether an arm is certainly no worse than control.
    boolean certainlyNone(int arm) {
        return certain[arm] == 0;
    }

    /// What these units of each arm are expected to have lost.
    double expected(ToDoubleFunction<Outlay> units) {
        return sum(units, expected);
    }

    /// What they have not lost more than.
    double certain(ToDoubleFunction<Outlay> units) {
        return sum(units, certain);
    }

    /// What the next units are expected to lose.
    double nextExpected() {
        return next(expected);
    }

    /// What they will not lose more than.
    double nextCertain() {
        return next(certain);
    }

    private double sum(ToDoubleFunction<Outlay> units, double[] costs) {
        double sum = 0;
        for (int arm = 0; arm < costs.length; arm++) {
            sum += units.applyAsDouble(crowd.arms().get(arm)) * costs[arm];
        }
        return sum;
    }

    private double next(double[] costs) {
        double sum = 0;
        for (int arm = 0; arm < costs.length; arm++) {
            sum += crowd.next() * crowd.proposed().probability(arm) * costs[arm];
        }
        return sum;
    }
}
