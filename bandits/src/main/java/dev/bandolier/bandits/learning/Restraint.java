package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.guardrail.RampProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// What guardrails leave of an allocation: each takes from arms, and what it takes goes to the others, or to control.
///
/// Confined to the call that made it.
final class Restraint {

    private final List<Arm> arms;
    private final int control;
    private final double[] ceilings;
    private double most = 1;
    private final List<UnaryOperator<Allocation>> rules = new ArrayList<>();
    private boolean everybody;

    /// No restraint on the arms of a definition.
    Restraint(Definition definition) {
        arms = definition.arms();
        control = definition.controlIndex();
        ceilings = new double[arms.size()];
        Arrays.fill(ceilings, 1);
    }

    /// No more than so much for an arm; the rest goes to the others in proportion.
    void hold(int arm, double ceiling) {
        ceilings[arm] = Math.min(ceilings[arm], ceiling);
    }

    /// No more than so much for all arms but control together.
    void capAt(double share) {
        most = share;
    }

    /// What another rule leaves of an allocation within the ceilings.
    void then(UnaryOperator<Allocation> rule) {
        rules.add(rule);
    }

    /// Control for everybody.
    void controlOnly() {
        everybody = true;
    }

    /// What is left of an allocation over the arms of the definition.
    Allocation of(Allocation wanted) {
        return of(wanted, rules);
    }

    /// What the ceilings alone leave of an allocation.
    Allocation held(Allocation wanted) {
        return Allocation.proportional(
                held(wanted.probabilities(), arms.get(control).live()));
    }

    /// What is left of an allocation that this was taken from already: what it would take again and again, a part of what
    /// there is, is not taken twice.
    Allocation ofServed(Allocation served) {
        return of(served, List.of());
    }

    private Allocation of(Allocation wanted, List<UnaryOperator<Allocation>> further) {
        boolean safe = arms.get(control).live();
        Allocation left = held(wanted);
        if (!safe) {
            // A person has paused control: there is nobody to give the rest to.
            return left;
        }
        if (everybody) {
            double[] shares = new double[arms.size()];
            shares[control] = 1;
            return Allocation.of(shares);
        }
        for (UnaryOperator<Allocation> rule : further) {
            left = rule.apply(left);
        }
        return RampProgress.cap(left, control, most);
    }

    /// Shares within the ceilings; what is above them goes to arms below theirs in proportion, as often as that lifts
    /// one of these above its own, and to control if there is none; all as it was if control is not served.
    private double[] held(double[] wanted, boolean safe) {
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
