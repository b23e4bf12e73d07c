package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Evidence;
import dev.bandolier.bandits.guardrail.RampProgress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// How far the ramp is: how much all arms but control may have together (`methods.md` 7d).
final class RampRule {

    /// The arm that speaks loudest against the ramp.
    private record Worst(String arm, Evidence evidence, double logE) {}

    private RampRule() {}

    /// Applies it.
    ///
    /// @param running whether units are sent to arms: a stage that nobody was served in has not lasted
    /// @param before where it stood, if it has begun
    /// @param ratioClean whether arms are exposed as they are drawn, as far as anybody can tell
    /// @param feedClosed whether conversions arrive as expected
    static RampProgress apply(
            boolean running,
            Optional<RampProgress> before,
            Definition definition,
            Counters counters,
            List<Findings.OfArm> findings,
            boolean ratioClean,
            boolean feedClosed,
            Rulings rulings,
            Restraint restraint,
            Instant now) {
        Ramp ramp = definition.guardrails().ramp();
        long heard = counters.drawn(definition.control().key()).conversions()
                + counters.heldOut().conversions();
        RampProgress at = before.orElseGet(() -> new RampProgress(0, now, heard, Optional.empty()));
        restraint.capAt(at.share(ramp));
        if (!running) {
            return new RampProgress(at.stage(), now, heard, at.back());
        }
        Optional<Worst> worst = worst(definition, findings);
        double highest = worst.map(Worst::logE).orElse(0.0);
        double back = definition
                .guardrails()
                .harm()
                .map(each -> Math.max(-Math.log(2 * each.alpha()), RampProgress.LOG_WAIT))
                .orElse(Double.POSITIVE_INFINITY);
        RampProgress.Step step =
                at.next(ramp, now, heard, new RampProgress.Signs(highest, back, ratioClean, feedClosed));
        RampProgress after = step.progress();
        if (step.steppedBack()) {
            Worst by = worst.orElseThrow();
            rulings.rule(new Verdict.SteppedBack(at.share(ramp), after.share(ramp), by.arm(), by.evidence(), now));
        } else if (after.stage() == at.stage()) {
            rulings.stood(Verdict.SteppedBack.class, each -> true).ifPresent(rulings::rule);
        }
        restraint.capAt(after.share(ramp));
        return after;
    }

    private static Optional<Worst> worst(Definition definition, List<Findings.OfArm> findings) {
        return findings.stream()
                .filter(each ->
                        definition.arms().get(definition.indexOf(each.arm())).live())
                .flatMap(each ->
                        each.arrived().stream().map(evidence -> new Worst(each.arm(), evidence, each.logCaution())))
                .max(Comparator.comparingDouble(Worst::logE));
    }
}
