package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.guardrail.RampProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What guardrails leave of an allocation: each takes from arms, and what it takes goes to the others, or to control.
/// Those for whom it is are named by their segment, if that has shares of its own.
///
/// Confined to the call that made it.
final class Restraint {

    private final List<Arm> arms;
    private final int control;
    private final List<Ceiling> ceilings = new ArrayList<>();
    private double most = 1;
    private final List<Rule> rules = new ArrayList<>();
    private boolean everybody;

    /// What is left of an allocation to units of a segment with shares of its own, or to all that are of none.
    interface Rule {
        /// That allocation.
        Allocation apply(Optional<String> segment, Allocation wanted);
    }

    private record Ceiling(int arm, ToDoubleFunction<Optional<String>> share) {}

    /// No restraint on the arms of a definition.
    Restraint(Definition definition) {
        arms = definition.arms();
        control = definition.controlIndex();
    }

    /// No more than so much for an arm; the rest goes to the others in proportion.
    void hold(int arm, double ceiling) {
        hold(arm, segment -> ceiling);
    }

    /// The same, by segment.
    void hold(int arm, ToDoubleFunction<Optional<String>> ceiling) {
        ceilings.add(new Ceiling(arm, ceiling));
    }

    /// No more than so much for all arms but control together.
    void capAt(double share) {
        most = share;
    }

    /// What another rule leaves of an allocation within the ceilings.
    void then(Rule rule) {
        rules.add(rule);
    }

    /// Control for everybody.
    void controlOnly() {
        everybody = true;
    }

    /// What is left of an allocation over the arms of the definition.
    Allocation of(Optional<String> segment, Allocation wanted) {
        return of(segment, wanted, rules);
    }

    /// What the ceilings alone leave of an allocation.
    Allocation held(Optional<String> segment, Allocation wanted) {
        return Allocation.proportional(held(
                wanted.probabilities(), ceilings(segment), arms.get(control).live()));
    }

    /// What is left of an allocation that this was taken from already: what it would take again and again, a part of what
    /// there is, is not taken twice.
    Allocation ofServed(Optional<String> segment, Allocation served) {
        return of(segment, served, List.of());
    }

    private Allocation of(Optional<String> segment, Allocation wanted, List<Rule> further) {
        boolean safe = arms.get(control).live();
        Allocation left = held(segment, wanted);
        if (!safe) {
            // A person has paused control: there is nobody to give the rest to.
            return left;
        }
        if (everybody) {
            double[] shares = new double[arms.size()];
            shares[control] = 1;
            return Allocation.of(shares);
        }
        for (Rule rule : further) {
            left = rule.apply(segment, left);
        }
        return RampProgress.cap(left, control, most);
    }

    private double[] ceilings(Optional<String> segment) {
        double[] most = new double[arms.size()];
        Arrays.fill(most, 1);
        for (Ceiling each : ceilings) {
            most[each.arm()] = Math.min(most[each.arm()], each.share().applyAsDouble(segment));
        }
        return most;
    }

    /// Shares within the ceilings; what is above them goes to arms below theirs in proportion, as often as that lifts
    /// one of these above its own, and to control if there is none; all as it was if control is not served.
    private double[] held(double[] wanted, double[] ceilings, boolean safe) {
        double[] shares = wanted.clone();
        for (int round = 0; round < shares.length; round++) {
            double above = 0;
            double below = 0;
            for (int i = 0; i < shares.length; i++) {
                double over = Math.max(shares[i] - ceilings[i], 0);
                above += over;
                shares[i] -= over;
                below += shares[i] < ceilings[i] ? shares[i] : 0;
            }
            if (above == 0) {
                return shares;
            }
            if (below == 0 && !safe) {
                return wanted;
            }
            if (below == 0) {
                shares[control] += above;
                return shares;
            }
            double factor = 1 + above / below;
            for (int i = 0; i < shares.length; i++) {
                shares[i] *= shares[i] < ceilings[i] ? factor : 1;
            }
        }
        return shares;
    }
}
