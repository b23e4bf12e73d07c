package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.guardrail.Allowance;
import java.util.Optional;
import java.util.OptionalDouble;

/// How the arms of [GuardedMoney] are served: a policy and the guardrails that are on.
///
/// @param name      short and without blanks; with the budget, unique within a problem
/// @param policy    what proposes shares
/// @param pauses    whether an arm is paused that is shown to earn less than control
/// @param allowance what exploring may lose, in conversions, if that is bounded
public record MoneyRule(String name, Policy policy, boolean pauses, Optional<Allowance> allowance) {

    /// The rule without a budget.
    static MoneyRule free(String name, Policy policy, boolean pauses) {
        return new MoneyRule(name, policy, pauses, Optional.empty());
    }

    /// The same rule under a budget of so many conversions.
    MoneyRule within(String longer, double budget, double certainty) {
        return new MoneyRule(
                longer, policy, pauses, Optional.of(new Allowance(budget, OptionalDouble.empty(), certainty)));
    }
}
