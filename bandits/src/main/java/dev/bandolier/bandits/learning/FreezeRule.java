package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.FeedWatch;
import dev.bandolier.bandits.guardrail.SampleRatio;
import dev.bandolier.bandits.guardrail.Watch;
import java.time.Instant;
import java.util.Optional;

/// Whether what is counted can be trusted: if arms are not exposed as they are drawn, or conversions do not arrive as
/// expected, shares stay as they are, and after a while everybody gets control (`methods.md` 7e).
final class FreezeRule {

    /// Evidence that ends a warning: a tenth of what began it, so that it does not come and go.
    private static final double LOG_RELIEF = Math.log(10);

    private FreezeRule() {}

    /// Whether arms are not exposed as they are drawn, so that learning is frozen. As long as units are still drawn, it
    /// recovers with the evidence; once everybody gets control nothing is drawn that could speak for it, and a person has
    /// to say that it is sound.
    static boolean ratio(Watch watch, Rulings rulings, Restraint restraint, Instant now) {
        double logE = watch.ratio().logE();
        Optional<Verdict.RatioBroken> stood = rulings.stood(Verdict.RatioBroken.class, Verdict.RatioBroken::blocked);
        // As long as the evidence is not below what it takes to warn, what blocked it is not over.
        boolean blocked = logE >= SampleRatio.LOG_BLOCK || (stood.isPresent() && logE >= SampleRatio.LOG_WARN);
        boolean warned = rulings.stood(Verdict.RatioBroken.class, each -> true).isPresent();
        if (!blocked && logE < SampleRatio.LOG_WARN - (warned ? LOG_RELIEF : 0)) {
            return false;
        }
        SampleRatio.OfArm worst = watch.ratio().worst().orElseThrow();
        Instant since = stood.map(Verdict.RatioBroken::since).orElse(now);
        boolean control = blocked && !now.isBefore(since.plus(FeedWatch.CONTROL_AFTER));
        if (control) {
            restraint.controlOnly();
        }
        rulings.rule(new Verdict.RatioBroken(
                worst.arm(), worst.observed(), worst.expected(), logE, blocked, control, since));
        return blocked;
    }

    /// Whether the feed of conversions is broken, so that learning is frozen.
    static boolean feed(Watch watch, Rulings rulings, Restraint restraint, Instant now) {
        watch.feed().trip().ifPresent(open -> {
            boolean control = watch.feed().control(now);
            if (control) {
                restraint.controlOnly();
            }
            rulings.rule(new Verdict.FeedBroken(
                    open.inflated(), open.observed(), open.expected(), open.logE(), control, open.since()));
        });
        return watch.feed().tripped();
    }
}
