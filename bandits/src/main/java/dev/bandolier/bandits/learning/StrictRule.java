package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.Budgeting;
import dev.bandolier.bandits.guardrail.ConservativeThrottle;
import dev.bandolier.bandits.guardrail.Interval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// What the strict mode leaves of exploring: arms are served as far as it is proven that no more than a part of what
/// control would have earned is lost (`methods.md` 7a).
final class StrictRule {

    /// The rate below which holding back is worth a verdict; it is over when nothing is held back.
    private static final double RATE_WORTH_TELLING = 0.95;

    /// Error rate of the bounds of all arms together.
    private static final double ALPHA = 0.05;

    private StrictRule() {}

    /// Applies it.
    ///
    /// @param loss the part that may be lost, in (0, 1)
    static void apply(
            double loss,
            Definition definition,
            Counters counters,
            Outlook outlook,
            Rulings rulings,
            Restraint restraint,
            Instant now) {
        int control = definition.controlIndex();
        // Only what is mature says what an arm earns; but all that was exposed may have been lost.
        Instant mature = now.minus(definition.objective().window());
        List<Interval> bounds =
                Earned.of(definition, outlook.arms(), counters.before(mature)).intervals(ALPHA);
        double[] exposures = outlook.arms().stream()
                .mapToDouble(arm -> arm.counted().exposures())
                .toArray();
        double[] lower = bounds.stream().mapToDouble(Interval::lower).toArray();
        ConservativeThrottle throttle = ConservativeThrottle.of(exposures, lower, control, bounds.get(control), loss);
        // Before the first unit nobody knows how many will come, but what part of them may leave control is known.
        double batch = Math.max(Traffic.of(counters, now).next(), 1);
        // Amounts that nothing bounds yet: nothing can be promised of them.
        boolean bounded = Double.isFinite(bounds.get(control).upper());
        ToDoubleFunction<Allocation> safe = each -> bounded ? throttle.rate(each.probabilities(), batch) : 0;
        // What is safe for each segment by itself is safe for all: what is left is concave in the shares.
        restraint.then((segment, each) -> Budgeting.throttled(each, safe.applyAsDouble(each), control));
        double rate = safe.applyAsDouble(restraint.held(Optional.empty(), Snapshot.allocation(outlook.arms())));
        boolean stood = rulings.stood(Verdict.HeldBack.class, each -> true).isPresent();
        if (rate < (stood ? 1 : RATE_WORTH_TELLING)) {
            rulings.rule(new Verdict.HeldBack(rate, now));
        }
    }
}
