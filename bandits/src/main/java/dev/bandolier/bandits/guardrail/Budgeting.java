package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Guard;
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
///   looked at ([Costs]); 0 if the arm is certainly no worse.
///
/// The loss that is held is the sum of N_a u_a, and at least that of N_a s_a. It is linear in the exposures, so a next
/// batch adds to it what that batch costs on its own, and the rate is exact: rho = (B - L) / dL.
///
/// Where segments have shares of their own, an arm is another one in each: what it costs those whom it suits is not what
/// it would cost the others, so each crowd is charged by what is believed of it, and the budget is one for all.
///
/// With several arms there are many ways to lose the same. Their bounds are added up as if all were reached at once,
/// which gives away some budget and covers that. None of this is a proof for every policy and every arm:
/// `docs/benchmarks/guardrails.md` measures it. [LossCeiling] is proven, and so wide that nothing would be explored.
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
    private final int control;
    private final List<Costs> costs;
    private final double spent;
    private final double today;
    private final double totalRate;
    private final double dailyRate;
    private final double next;

    private Budgeting(Allowance allowance, List<Crowd> crowds, int control) {
        this.allowance = allowance;
        this.control = control;
        costs = crowds.stream()
                .map(crowd -> new Costs(crowd, control, allowance.certainty()))
                .toList();
        spent = held(Outlay::exposures);
        today = held(Outlay::today);
        next = sum(Costs::nextExpected);
        double cost = Math.max(next, sum(Costs::nextCertain));
        totalRate = rate(allowance.total() - spent, cost);
        dailyRate = allowance.daily().isPresent() ? rate(allowance.daily().getAsDouble() - today, cost) : 1;
    }

    /// What is spent and what may go on.
    ///
    /// @param crowds  all units, by the shares that serve them
    /// @param control position of control
    /// @throws IllegalArgumentException if there are no crowds, their arms are not as many, control is none of them, or
    ///                                  beliefs differ in kind
    public static Budgeting of(Allowance allowance, List<Crowd> crowds, int control) {
        List<Integer> arms =
                crowds.stream().map(crowd -> crowd.arms().size()).distinct().toList();
        if (arms.size() != 1 || control < 0 || control >= arms.getFirst()) {
            throw new IllegalArgumentException("crowds of " + arms + " arms, and control " + control);
        }
        return new Budgeting(allowance, crowds, control);
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
                sum(each -> each.expected(Outlay::exposures)),
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
    /// @param crowd    whom it is for, by its number
    /// @param proposed what would be served if there were no budget
    public Allocation served(int crowd, Allocation proposed) {
        if (rate() == 1) {
            return proposed;
        }
        boolean exhausted = exhausted();
        boolean[] free = new boolean[proposed.arms()];
        for (int arm = 0; arm < free.length; arm++) {
            boolean served = arm != control && proposed.probability(arm) > 0;
            free[arm] = served
                    && (allowance.certainty() > 0.5
                            ? costs.get(crowd).certainlyNone(arm)
                            : costs.get(crowd).better(arm) > (exhausted ? RATHER : SURELY));
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

    private double held(ToDoubleFunction<Outlay> units) {
        return Math.max(sum(each -> each.expected(units)), sum(each -> each.certain(units)));
    }

    private double sum(ToDoubleFunction<Costs> cost) {
        return costs.stream().mapToDouble(cost).sum();
    }
}
