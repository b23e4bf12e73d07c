package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.guardrail.RampProgress.Signs;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RampProgressTest {

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double BACK = Math.log(10);
    private static final Signs SOUND = new Signs(0, BACK, true, true);
    private static final Signs HARM = new Signs(BACK, BACK, true, true);

    @Test
    void next_cautiousRamp_goesUpByTimeAndConversions() {
        RampProgress progress = RampProgress.start(START);
        assertThat(progress.share(Ramp.CAUTIOUS)).isEqualTo(0.05);

        progress = on(progress, START.plus(HOUR).minusSeconds(1), 20, SOUND);
        assertThat(progress.stage()).isZero();
        progress = on(progress, START.plus(HOUR), 19, SOUND);
        assertThat(progress.stage()).isZero();
        progress = on(progress, START.plus(HOUR), 20, SOUND);
        assertThat(progress).isEqualTo(new RampProgress(1, START.plus(HOUR), 20, Optional.empty()));
        assertThat(progress.share(Ramp.CAUTIOUS)).isEqualTo(0.2);

        progress = on(progress, START.plus(HOUR.multipliedBy(25)), 20, SOUND);
        progress = on(progress, START.plus(HOUR.multipliedBy(49)), 20, SOUND);
        assertThat(progress.stage()).isEqualTo(3);
        assertThat(progress.share(Ramp.CAUTIOUS)).isOne();
        assertThat(on(progress, START.plus(HOUR.multipliedBy(999)), 999, SOUND)).isEqualTo(progress);
    }

    @Test
    void next_anySignAgainst_waits() {
        RampProgress progress = RampProgress.start(START);
        Instant later = START.plus(HOUR);

        assertThat(on(progress, later, 20, new Signs(Math.log(5), BACK, true, true)))
                .isEqualTo(progress);
        assertThat(on(progress, later, 20, new Signs(0, BACK, false, true))).isEqualTo(progress);
        assertThat(on(progress, later, 20, new Signs(0, BACK, true, false))).isEqualTo(progress);
        assertThat(on(progress, later, 20, new Signs(Math.log(4.99), BACK, true, true))
                        .stage())
                .isOne();
    }

    @Test
    void next_harm_goesBackAtOnceAndOnceAnHour() {
        RampProgress over = new RampProgress(3, START, 50, Optional.empty());

        RampProgress.Step step = over.next(Ramp.CAUTIOUS, START.plusSeconds(1), 60, HARM);
        assertThat(step.steppedBack()).isTrue();
        assertThat(step.progress())
                .isEqualTo(new RampProgress(2, START.plusSeconds(1), 60, Optional.of(START.plusSeconds(1))));

        RampProgress.Step soon = step.progress().next(Ramp.CAUTIOUS, START.plusSeconds(3600), 61, HARM);
        assertThat(soon).isEqualTo(new RampProgress.Step(step.progress(), false));
        RampProgress.Step later = soon.progress().next(Ramp.CAUTIOUS, START.plusSeconds(3601), 61, HARM);
        assertThat(later.steppedBack()).isTrue();
        assertThat(later.progress().stage()).isOne();
    }

    @Test
    void next_harmAtTheBottom_staysThere() {
        RampProgress bottom = RampProgress.start(START);

        assertThat(bottom.next(Ramp.CAUTIOUS, START.plus(HOUR), 99, HARM))
                .isEqualTo(new RampProgress.Step(bottom, false));
    }

    @Test
    void next_harmIsOver_goesOnAfterTheWholeStage() {
        RampProgress back = new RampProgress(1, START, 30, Optional.of(START));

        assertThat(on(back, START.plus(HOUR.multipliedBy(23)), 99, SOUND)).isEqualTo(back);
        assertThat(on(back, START.plus(HOUR.multipliedBy(24)), 99, SOUND))
                .isEqualTo(new RampProgress(2, START.plus(HOUR.multipliedBy(24)), 99, Optional.empty()));
    }

    @Test
    void next_noRamp_isOver() {
        RampProgress progress = RampProgress.start(START);

        assertThat(progress.share(Ramp.NONE)).isOne();
        assertThat(progress.next(Ramp.NONE, START, 0, HARM)).isEqualTo(new RampProgress.Step(progress, false));
        assertThat(progress.next(Ramp.NONE, START, 0, SOUND)).isEqualTo(new RampProgress.Step(progress, false));
    }

    /// Stages that were taken away do not have to be climbed down one by one.
    @Test
    void next_rampCutShort_goesBackToItsLastStage() {
        RampProgress far = new RampProgress(9, START, 0, Optional.empty());

        assertThat(far.share(Ramp.CAUTIOUS)).isOne();
        assertThat(on(far, START, 0, HARM).stage()).isEqualTo(2);
    }

    @Test
    void cap_anyAllocation_holdsTheShareAndNeverGivesMore() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2000; i++) {
            double[] weights = random.doubles(2 + random.nextInt(9))
                    .map(u -> u < 0.2 ? 0 : u)
                    .toArray();
            int control = random.nextInt(weights.length);
            weights[control] += 1e-3;
            double share = random.nextDouble();
            Allocation before = Allocation.proportional(weights);
            Allocation after = RampProgress.cap(before, control, share);
            assertThat(1 - after.probability(control))
                    .isCloseTo(Math.min(share, 1 - before.probability(control)), within(1e-12));
            for (int arm = 0; arm < weights.length; arm++) {
                if (arm != control) {
                    assertThat(after.probability(arm)).isLessThanOrEqualTo(before.probability(arm));
                    assertThat(after.probability(arm) * (1 - before.probability(control)))
                            .isCloseTo(before.probability(arm) * (1 - after.probability(control)), within(1e-12));
                }
            }
        }
    }

    @Test
    void cap_nothingForOthers_givesControlAll() {
        assertThat(RampProgress.cap(Allocation.of(0.2, 0.3, 0.5), 0, 0)).isEqualTo(Allocation.of(1, 0, 0));
    }

    @Test
    void rampProgress_negative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RampProgress(-1, START, 0, Optional.empty()))
                .withMessageContaining("-1");
    }

    private static RampProgress on(RampProgress progress, Instant now, long heard, Signs signs) {
        return progress.next(Ramp.CAUTIOUS, now, heard, signs).progress();
    }
}
