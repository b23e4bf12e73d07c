package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Evidence;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The judgement on every arm: what does harm is named, to be paused; what looks harmful is held at its floor; what is
/// better than control is said to be (`methods.md` 7b). Confined to the call that made it.
final class HarmRule {

    /// What is left of an arm that looks harmful, if its floor is lower: what nobody is served, nothing is settled about.
    private static final double HELD_AT = 0.01;

    /// Evidence that ends a suspicion: a tenth of what began it, so that it does not come and go.
    private static final double LOG_RELIEF = Math.log(10);

    private final Definition definition;
    private final Rulings rulings;
    private final Restraint restraint;
    private final Instant now;
    private final Set<String> harmful = new LinkedHashSet<>();

    private HarmRule(Definition definition, Rulings rulings, Restraint restraint, Instant now) {
        this.definition = definition;
        this.rulings = rulings;
        this.restraint = restraint;
        this.now = now;
    }

    /// Applies it; the keys of live arms that are to be paused.
    static Set<String> apply(
            List<Findings.OfArm> findings, Definition definition, Rulings rulings, Restraint restraint, Instant now) {
        HarmRule rule = new HarmRule(definition, rulings, restraint, now);
        for (Findings.OfArm each : findings) {
            rule.judge(each, definition.arms().get(definition.indexOf(each.arm())));
        }
        return rule.harmful;
    }

    private void judge(Findings.OfArm found, Arm arm) {
        Verdict.ArmHarmful stood = rulings.stood(
                        Verdict.ArmHarmful.class, each -> each.arm().equals(arm.key()) && !overridden(arm, each))
                .orElse(null);
        if (stood != null || (arm.live() && reached(found))) {
            rulings.rule(
                    stood != null
                            ? stood
                            : new Verdict.ArmHarmful(arm.key(), found.closed().orElseThrow(), now));
            // Somebody may have changed the definition at the moment when it was to be paused.
            if (arm.live()) {
                harmful.add(arm.key());
            }
            return;
        }
        if (arm.live()) {
            suspect(found);
        }
        found.better()
                .filter(HarmRule::reached)
                .map(evidence -> new Verdict.ArmBetter(arm.key(), evidence, now))
                // An e-value that was once reached is a proof, however it goes on.
                .or(() -> rulings.stood(
                        Verdict.ArmBetter.class, each -> each.arm().equals(arm.key()) && !overridden(arm, each)))
                .ifPresent(rulings::rule);
    }

    private void suspect(Findings.OfArm found) {
        boolean stood = rulings.stood(
                        Verdict.ArmSuspected.class, each -> each.arm().equals(found.arm()))
                .isPresent();
        found.arrived()
                .filter(evidence -> evidence.logE() >= evidence.logMost() - (stood ? LOG_RELIEF : 0))
                .ifPresent(evidence -> {
                    rulings.rule(new Verdict.ArmSuspected(found.arm(), evidence, now));
                    restraint.hold(
                            definition.indexOf(found.arm()),
                            Math.max(definition.limits().floor(), HELD_AT));
                });
    }

    /// Whether a person has resumed the arm since.
    private static boolean overridden(Arm arm, Verdict verdict) {
        return arm.watched().filter(verdict.since()::isBefore).isPresent();
    }

    private static boolean reached(Findings.OfArm found) {
        return found.closed().filter(HarmRule::reached).isPresent();
    }

    private static boolean reached(Evidence evidence) {
        return evidence.logE() >= evidence.logMost();
    }
}
