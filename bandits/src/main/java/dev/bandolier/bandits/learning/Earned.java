package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.guardrail.Interval;
import dev.bandolier.bandits.guardrail.LossCeiling;
import dev.bandolier.bandits.guardrail.LossCeiling.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// What units came to at each arm, as bounds that hold at any time want it. Immutable.
///
/// @param definition of the experiment
/// @param seen       one entry per arm, in the order of the definition
record Earned(Definition definition, List<Seen> seen) {

    /// What these counters say of the arms.
    ///
    /// @param arms who they are, with all that was exposed
    static Earned of(Definition definition, List<ArmView> arms, Counters counters) {
        List<Seen> seen = new ArrayList<>();
        for (ArmView arm : arms) {
            seen.add(seen(
                    definition.objective().kind(),
                    counters.drawn(arm.arm()),
                    arm.counted().exposures()));
        }
        return new Earned(definition, seen);
    }

    /// The loss that is not exceeded at any time, whatever was believed before; nothing as long as nothing bounds it.
    OptionalDouble ceiling() {
        double ceiling =
                LossCeiling.of(definition.objective().kind(), baseline(), cap(), seen, definition.controlIndex());
        return Double.isFinite(ceiling) ? OptionalDouble.of(ceiling) : OptionalDouble.empty();
    }

    /// What each arm earns per unit: within its interval at any time, but for a probability of all of them together.
    List<Interval> intervals(double alpha) {
        double each = alpha / seen.size();
        return seen.stream()
                .map(arm -> LossCeiling.interval(definition.objective().kind(), baseline(), cap(), each, arm))
                .toList();
    }

    private static Seen seen(Objective.Kind kind, Tally tally, long exposures) {
        double all = exposures;
        return switch (kind) {
            case CONVERSION -> Seen.of(all, tally.exposures(), tally.conversions());
            case COUNT -> new Seen(all, tally.exposures(), tally.conversions(), tally.orders(), tally.ordersSq());
            case REVENUE ->
                new Seen(
                        all,
                        tally.exposures(),
                        tally.conversions(),
                        tally.value(),
                        tally.valueSq().doubleValue());
        };
    }

    private double baseline() {
        return Math.min(definition.objective().baseline(), 0.5);
    }

    private OptionalDouble cap() {
        Objective objective = definition.objective();
        return objective.kind() == Objective.Kind.REVENUE && objective.cap().isPresent()
                ? OptionalDouble.of(objective.cap().get())
                : OptionalDouble.empty();
    }
}
