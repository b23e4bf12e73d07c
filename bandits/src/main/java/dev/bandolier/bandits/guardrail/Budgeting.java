package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Comparison;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Posterior;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// What exploring has lost against serving control to everybody, held against what its owner allowed; and how much of
/// it may go on (`methods.md` 7c).
///
/// Past exposures are valued by what is believed today, so what was feared of an arm at first is given back as evidence
/// arrives. A unit of arm a costs
/// - its expected shortfall, s_a = E\[(mu_0 - mu_a)^+], at the certainty 0.5;
/// - at a certainty c above it, u_a: what it does not lose more than, with that certainty and however often that is
///   looked at; 0 if the arm is certainly no worse.
///
/// The loss that is held is the sum of N_a u_a, and at least that of N_a s_a. It is linear in the exposures, so a next
/// batch adds to it what that batch costs on its own, and the rate is exact: rho = (B - L) / dL.
///
/// How certain is certain? An arm that loses d per unit has lost B after exactly B / d of its units, whenever these are
/// served; it only gets that far if u_a < d at this number, which nobody chose. So the quantile of mu_a is one of a
/// single look. But how many units control had until then was chosen by what was seen: where control starts unluckily,
/// the policy leaves it alone, and with the same quantile 8 to 12 of 100 budgets of 95 % were overspent. So control
/// gets the quantile that holds at every look, from [EveryLook]; each of the two gets half of 1 - c. Both are put
/// together with the skew that each has (MOVER [1]):
/// u_a = m_0 - m_a + sqrt((q_0 - m_0)^2 + (m_a - q_a)^2), if that is positive.
///
/// With several arms there are many ways to lose the same. Their bounds are added up as if all were reached at once,
/// which gives away some budget and covers that. None of this is a proof for every policy and every arm:
/// `docs/benchmarks/guardrails.md` measures it. [LossCeiling] is proven, and so wide that nothing would be explored.
///
/// [1] G. Y. Zou, A. Donner, Construction of confidence limits about effect measures: a general approach, Statistics in
/// Medicine 27 (2008).
public final class Budgeting {

    /// The rate below which a budget that is nearly spent counts as exhausted.
    private static final double RATE_MIN = 0.05;

    /// The part of a budget that is spent then. A low rate alone does not say so: before the first outcome, an hour of
    /// much traffic costs many times a small budget, and whoever stopped there would never learn better.
    private static final double PART_SPENT = 0.95;

    /// The probability of an arm to be better than control from which on it is not held back, at the certainty 0.5.
    private static final double SURELY = 0.9;

    /// Arms that are rather better than control than not.
    private static final double RATHER = 0.5;

    private final Allowance allowance;
    private final List<Outlay> arms;
    private final int control;
    private final double[] better;
    private final double[] expected;
    private final double[] certain;
    private final double spent;
    private final double today;
    private final double totalRate;
    private final double dailyRate;
    private final double next;

    private Budgeting(Allowance allowance, List<Outlay> arms, int control, Allocation proposed, double units) {
        this.allowance = allowance;
        this.arms = arms;
        this.control = control;
        double half = (1 - allowance.certainty()) / 2;
        double most = cautious() ? arms.get(control).posterior().quantile(1 - EveryLook.tail(half)) : 0;
        expected = new double[arms.size()];
        certain = new double[arms.size()];
        better = new double[arms.size()];
        for (int arm = 0; arm < expected.length; arm++) {
            if (arm != control && (arms.get(arm).exposures() > 0 || proposed.probability(arm) > 0)) {
                Comparison pair = Comparison.of(
                        List.of(arms.get(arm).posterior(), arms.get(control).posterior()));
                expected[arm] = pair.expectedLoss()[0];
                better[arm] = pair.best()[0];
                certain[arm] = cautious() ? loss(arm, most, half) : 0;
            }
        }
        spent = held(Outlay::exposures);
        today = held(Outlay::today);
        double[] batch = new double[expected.length];
        for (int arm = 0; arm < batch.length; arm++) {
            batch[arm] = units * proposed.probability(arm);
        }
        next = sum(batch, expected);
        double cost = Math.max(next, sum(batch, certain));
        totalRate = rate(allowance.total() - spent, cost);
        dailyRate = allowance.daily().isPresent() ? rate(allowance.daily().getAsDouble() - today, cost) : 1;
    }

    /// What is spent and what may go on.
    ///
    /// @param arms     all arms in the order of the definition, paused ones too, beliefs of one kind
    /// @param control  position of control
    /// @param proposed what would be served if there were no budget; 0 for arms that are not served
    /// @param units    units expected until the budget is looked at again, or somewhat longer, all arms together
    /// @throws IllegalArgumentException if there is not one share for each arm, control is none of them, units are
    ///                                  negative, or beliefs differ in kind
    public static Budgeting of(Allowance allowance, List<Outlay> arms, int control, Allocation proposed, double units) {
        if (proposed.arms() != arms.size() || control < 0 || control >= arms.size()) {
            throw new IllegalArgumentException(
                    arms.size() + " arms, " + proposed.arms() + " shares and control " + control);
        }
        if (!(units >= 0)) {
            throw new IllegalArgumentException("units of the next batch: " + units);
        }
        return new Budgeting(allowance, List.copyOf(arms), control, proposed, units);
    }

    /// Served in part: rho p + (1 - rho) e_control.
    ///
    /// @param rate    rho, in \[0, 1]
    /// @param control position of control
    public static Allocation throttled(Allocation proposed, double rate, int control) {
        return throttled(proposed, rate, control, new boolean[proposed.arms()]);
    }

    /// What the snapshot says of it.
    ///
    /// @param ceiling loss that is not exceeded whatever was believed, if there is such; see [LossCeiling]
    public Guard.Spending spending(OptionalDouble ceiling) {
        return new Guard.Spending(
                sum(exposures(Outlay::exposures), expected),
                spent,
                allowance.total(),
                today,
                allowance.daily(),
                next,
                ceiling,
                rate());
    }

    /// The share of exploring that is left, of the total and of the daily budget together, in \[0, 1].
    public double rate() {
        return Math.min(totalRate, dailyRate);
    }

    /// Whether it is the budget of the day that leaves less.
    public boolean daily() {
        return dailyRate < totalRate;
    }

    /// Whether next to nothing is left of the budget.
    public boolean exhausted() {
        return daily()
                ? dailyRate < RATE_MIN
                        && today >= PART_SPENT * allowance.daily().orElseThrow()
                : totalRate < RATE_MIN && spent >= PART_SPENT * allowance.total();
    }

    /// What may be served: arms at the rate that is left, the rest to control.
    ///
    /// An arm that is certainly no worse than control costs the budget nothing, so it is not held back, now or later. At
    /// the certainty 0.5 every arm has an expected shortfall; there an arm that is almost surely better than control is
    /// not held back, and when the budget is exhausted those stay that are rather better than not, since serving control
    /// instead would lose more in expectation.
    ///
    /// @param proposed what would be served if there were no budget
    public Allocation served(Allocation proposed) {
        if (rate() == 1) {
            return proposed;
        }
        boolean exhausted = exhausted();
        boolean[] free = new boolean[proposed.arms()];
        for (int arm = 0; arm < free.length; arm++) {
            boolean served = arm != control && proposed.probability(arm) > 0;
            free[arm] = served && (cautious() ? certain[arm] == 0 : better[arm] > (exhausted ? RATHER : SURELY));
        }
        return throttled(proposed, exhausted ? 0 : rate(), control, free);
    }

    private static Allocation throttled(Allocation proposed, double rate, int control, boolean[] free) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate " + rate + " is not in [0, 1]");
        }
        if (rate == 1) {
            return proposed;
        }
        double[] shares = proposed.probabilities();
        for (int arm = 0; arm < shares.length; arm++) {
            if (arm != control && !free[arm]) {
                double kept = rate * shares[arm];
                shares[control] += shares[arm] - kept;
                shares[arm] = kept;
            }
        }
        return Allocation.proportional(shares);
    }

    private static double rate(double left, double cost) {
        return cost > 0 ? Math.clamp(left / cost, 0, 1) : 1;
    }

    private boolean cautious() {
        return allowance.certainty() > 0.5;
    }

    /// u_a. A tail that does not reach past its mean, as one of a low certainty may, has no length.
    ///
    /// @param most what control is certainly not above
    /// @param tail probability that the arm is below its own end
    private double loss(int arm, double most, double tail) {
        Posterior theirs = arms.get(arm).posterior();
        double mean = arms.get(control).posterior().mean();
        double above = Math.max(most - mean, 0);
        double below = Math.max(theirs.mean() - theirs.quantile(tail), 0);
        return Math.max(mean - theirs.mean() + Math.hypot(above, below), 0);
    }

    private double held(ToDoubleFunction<Outlay> units) {
        double[] exposures = exposures(units);
        return Math.max(sum(exposures, expected), sum(exposures, certain));
    }

    private double[] exposures(ToDoubleFunction<Outlay> units) {
        return arms.stream().mapToDouble(units).toArray();
    }

    private static double sum(double[] units, double[] costs) {
        double sum = 0;
        for (int arm = 0; arm < units.length; arm++) {
            sum += units[arm] * costs[arm];
        }
        return sum;
    }
}
