package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What exploring may lose against control, in the unit of the reward: conversions, or minor units of revenue.
///
/// @param total     in all, positive
/// @param daily     on one day, if that is bounded too
/// @param certainty probability with which the loss is to stay below, in [0.5, 1); 0.5 holds the expected loss
public record Allowance(double total, OptionalDouble daily, double certainty) {

    /// The time whose earnings an owner is taken to have in mind who names no amount.
    public static final Duration HORIZON = Duration.ofDays(28);

    /// The part of these earnings that may be lost then.
    private static final double PART = 0.01;

    /// Average orders for each arm but control below which no arm can earn what it takes to say anything about it.
    private static final double ORDERS_MIN = 20;

    /// What units per second are counted over, at least: the first minutes of an experiment are no measure of traffic.
    private static final Duration OBSERVED_MIN = Duration.ofHours(1);

    /// Refuses amounts that are not positive and a certainty out of range.
    public Allowance {
        if (!(total > 0 && daily.orElse(1) > 0)) {
            throw new IllegalArgumentException("an allowance of " + total + ", daily " + daily);
        }
        if (!(certainty >= 0.5 && certainty < 1)) {
            throw new IllegalArgumentException("certainty " + certainty + " is not in [0.5, 1)");
        }
    }

    /// What an owner's budget allows. Without an amount it is 1 % of what control would earn in 28 days at the traffic
    /// so far, and at least 20 average orders for each other arm (`methods.md` 7c).
    ///
    /// Money is turned into conversions, where these are counted, by what the owner says that one is worth; conversions
    /// into money, where revenue is counted, by the average order of control.
    ///
    /// @param kind      how the objective counts
    /// @param control   belief about control
    /// @param arms      number of arms, control included
    /// @param exposures units exposed so far, all arms together
    /// @param running   time since the start
    /// @throws IllegalArgumentException if an amount of money has no worth of a conversion to be divided by
    public static Allowance of(
            Guardrails.Budget budget,
            Objective.Kind kind,
            Posterior control,
            int arms,
            double exposures,
            Duration running) {
        double scale = scale(budget, kind, control);
        Duration observed = running.compareTo(OBSERVED_MIN) < 0 ? OBSERVED_MIN : running;
        double traffic = exposures * HORIZON.toMillis() / observed.toMillis();
        double usual = Math.max(PART * traffic * control.mean(), ORDERS_MIN * Math.max(arms - 1, 1) * order(control));
        return new Allowance(
                amount(budget.total(), scale).orElse(usual), amount(budget.daily(), scale), budget.certainty());
    }

    private static OptionalDouble amount(OptionalLong amount, double scale) {
        return amount.isPresent() ? OptionalDouble.of(amount.getAsLong() * scale) : OptionalDouble.empty();
    }

    /// What one unit of the owner's amounts is in the unit of the reward.
    private static double scale(Guardrails.Budget budget, Objective.Kind kind, Posterior control) {
        boolean revenue = kind == Objective.Kind.REVENUE;
        return switch (budget.unit()) {
            case MONEY ->
                revenue || amountless(budget) ? 1 : 1.0 / budget.worth().orElseThrow(Allowance::worthless);
            case CONVERSIONS -> revenue ? order(control) : 1;
        };
    }

    private static boolean amountless(Guardrails.Budget budget) {
        return budget.total().isEmpty() && budget.daily().isEmpty();
    }

    private static IllegalArgumentException worthless() {
        return new IllegalArgumentException("an amount of money, and no worth of a conversion");
    }

    /// The average order in the unit of the reward.
    private static double order(Posterior posterior) {
        return switch (posterior) {
            case BetaPosterior _, GammaPosterior _ -> 1;
            case RevenuePosterior revenue -> revenue.value().mean();
        };
    }
}
