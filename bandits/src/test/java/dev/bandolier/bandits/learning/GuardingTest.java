package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Guardrails.Budget;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.Guardrails.Stage;
import dev.bandolier.bandits.Guardrails.Unit;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Horizon;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// The whole engine, from units to verdicts. Seeds are fixed, so a run either holds or does not; what is asserted holds
/// for nearly every seed.
final class GuardingTest {

    @Test
    void deadArm_ofThree_isPausedWithItsEvidence() {
        Shift shift = new Shift(1, rules(Ramp.NONE, Optional.empty()), "a", "b", "c");

        shift.serve(20_000, Duration.ofHours(2), GuardingTest::deadC);

        Verdict.ArmHarmful verdict = shift.verdict(Verdict.ArmHarmful.class).orElseThrow();
        assertThat(verdict.arm()).isEqualTo("c");
        assertThat(verdict.evidence().horizon()).isEqualTo(Horizon.WINDOW);
        assertThat(verdict.evidence().logE())
                .isGreaterThanOrEqualTo(verdict.evidence().logMost());
        // One test, two arms, 5 %: the e-value has to reach 40.
        assertThat(verdict.evidence().logMost()).isEqualTo(Math.log(40));
        assertThat(verdict.evidence().ofArm().conversions()).isZero();
        assertThat(verdict.evidence().ofArm().exposures()).isPositive();
        assertThat(verdict.evidence().ofControl().conversions()).isPositive();
        assertThat(shift.experiment.definition().arms().get(2).status()).isEqualTo(Arm.Status.PAUSED);
        assertThat(shift.share("c")).isZero();
        assertThat(shift.share("a") + shift.share("b")).isEqualTo(1);
        assertThat(shift.verdict(Verdict.ArmSuspected.class)).isEmpty();
    }

    @Test
    void deadArm_isHeldAtItsFloor_beforeWindowsClose() {
        Shift shift = new Shift(2, rules(Ramp.NONE, Optional.empty()), "a", "b", "c");

        shift.serve(30_000, Duration.ofMinutes(9), GuardingTest::deadC);

        assertThat(shift.verdict(Verdict.ArmHarmful.class)).isEmpty();
        assertThat(shift.verdict(Verdict.ArmSuspected.class).orElseThrow().arm())
                .isEqualTo("c");
        assertThat(shift.share("c")).isLessThanOrEqualTo(0.02 + 1e-12);
    }

    @Test
    void pausedArm_resumedByAPerson_isTestedAnewAndPausedAgain() {
        Shift shift = new Shift(3, rules(Ramp.NONE, Optional.empty()), "a", "b", "c");
        shift.serve(20_000, Duration.ofHours(2), GuardingTest::deadC);
        assertThat(shift.verdict(Verdict.ArmHarmful.class)).isPresent();

        Definition definition = shift.experiment.definition();
        shift.redefine(definition.withArms(List.of(
                definition.arms().get(0),
                definition.arms().get(1),
                definition.arms().get(2).resumed(shift.now))));

        assertThat(shift.verdict(Verdict.ArmHarmful.class)).isEmpty();
        assertThat(shift.experiment.definition().arms().get(2).live()).isTrue();
        assertThat(shift.share("c")).isPositive();

        shift.serve(300_000, Duration.ofHours(20), GuardingTest::deadC);
        Verdict.ArmHarmful again = shift.verdict(Verdict.ArmHarmful.class).orElseThrow();
        assertThat(again.evidence().ofControl().exposures())
                .as("only what came after the person's word counts")
                .isLessThan(shift.counters.drawn("a").exposures());
    }

    @Test
    void goodArm_isClaimedToBeBetter_andNothingFollows() {
        Shift shift = new Shift(4, rules(Ramp.NONE, Optional.empty()), "a", "b");

        shift.serve(20_000, Duration.ofHours(4), arm -> arm.equals("b") ? 0.2 : 0.1);

        assertThat(shift.verdict(Verdict.ArmBetter.class).orElseThrow().arm()).isEqualTo("b");
        assertThat(shift.experiment.definition().arms()).allMatch(Arm::live);
        assertThat(shift.experiment.revision()).isEqualTo(1);
    }

    @Test
    void equalArms_stayAsTheyAre() {
        Shift shift = new Shift(5, Guardrails.DEFAULT, "a", "b", "c");

        shift.serve(60_000, Duration.ofHours(12), arm -> 0.05);

        assertThat(shift.verdict(Verdict.ArmHarmful.class)).isEmpty();
        assertThat(shift.verdict(Verdict.RatioBroken.class)).isEmpty();
        assertThat(shift.verdict(Verdict.FeedBroken.class)).isEmpty();
        assertThat(shift.snapshot.guard().frozen()).isFalse();
    }

    @Test
    void ramp_growsStageByStage() {
        Ramp ramp = new Ramp(List.of(new Stage(0.05, Duration.ofHours(1), 20), new Stage(0.2, Duration.ofHours(1), 0)));
        Shift shift = new Shift(6, rules(ramp, Optional.empty()), "a", "b");
        assertThat(shift.share("b")).isEqualTo(0.05);

        shift.serve(3_000, Duration.ofMinutes(59), arm -> arm.equals("b") ? 0.3 : 0.1);
        assertThat(shift.share("b")).isLessThanOrEqualTo(0.05);
        shift.serve(200, Duration.ofMinutes(2), arm -> arm.equals("b") ? 0.3 : 0.1);
        assertThat(shift.share("b")).isGreaterThan(0.05).isLessThanOrEqualTo(0.2);
        shift.serve(6_000, Duration.ofMinutes(70), arm -> arm.equals("b") ? 0.2 : 0.1);
        assertThat(shift.share("b")).isGreaterThan(0.2);
    }

    @Test
    void ramp_stepsBack_whenAnArmLooksHarmful() {
        Ramp ramp = new Ramp(List.of(new Stage(0.05, Duration.ofMinutes(1), 0), new Stage(0.5, Duration.ofDays(1), 0)));
        Shift shift = new Shift(7, rules(ramp, Optional.empty()), "a", "b");

        shift.serve(3_000, Duration.ofMinutes(3), arm -> 0.1);
        assertThat(shift.standing.guard().ramp().orElseThrow().stage()).isEqualTo(1);
        shift.serve(30_000, Duration.ofMinutes(9), arm -> arm.equals("b") ? 0 : 0.1);

        Verdict.SteppedBack verdict = shift.verdict(Verdict.SteppedBack.class).orElseThrow();
        assertThat(verdict.arm()).isEqualTo("b");
        assertThat(verdict.from()).isEqualTo(0.5);
        assertThat(verdict.to()).isEqualTo(0.05);
        assertThat(shift.share("b")).isLessThanOrEqualTo(0.05);
    }

    @Test
    void budget_whenSpent_sendsTheRestToControl() {
        Budget budget = new Budget(
                Unit.CONVERSIONS, OptionalLong.of(10), OptionalLong.empty(), OptionalLong.empty(), Budget.CERTAINTY);
        // Without the harm test: the budget alone is to hold.
        Guardrails rules = new Guardrails(
                Optional.empty(),
                List.of(),
                Optional.of(budget),
                OptionalDouble.empty(),
                Ramp.NONE,
                false,
                false,
                3,
                Optional.empty());
        Shift shift = new Shift(8, rules, "a", "b");

        shift.serve(30_000, Duration.ofHours(5), arm -> arm.equals("b") ? 0.08 : 0.1);

        assertThat(shift.verdict(Verdict.BudgetSpent.class)).isPresent();
        assertThat(shift.share("b")).isLessThan(0.01);
        assertThat(0.02 * shift.counters.drawn("b").exposures())
                .as("what was truly lost")
                .isLessThan(10);
        assertThat(shift.snapshot.guard().spending().orElseThrow().allowed()).isEqualTo(10);
    }

    @Test
    void strictMode_servesLittleButControl_untilArmsHaveProvenThemselves() {
        Guardrails rules = new Guardrails(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalDouble.of(0.1),
                Ramp.NONE,
                false,
                false,
                3,
                Optional.empty());
        Shift shift = new Shift(9, rules, "a", "b");
        assertThat(shift.verdict(Verdict.HeldBack.class)).isPresent();

        shift.serve(2_000, Duration.ofMinutes(20), arm -> 0.1);
        assertThat(shift.counters.drawn("b").exposures()).isLessThanOrEqualTo(Math.round(0.11 * 2_000));
        shift.serve(300_000, Duration.ofHours(30), arm -> arm.equals("b") ? 0.2 : 0.1);
        assertThat(shift.share("b")).isGreaterThan(0.5);
    }

    @Test
    void feedCut_freezesShares_thenServesControl_andRecoversByItself() {
        Shift shift = new Shift(10, Guardrails.DEFAULT, "a", "b", "c");
        ToDoubleFunction<String> rate = arm -> arm.equals("b") ? 0.12 : 0.1;
        shift.serve(60_000, Duration.ofHours(2), rate);
        assertThat(shift.snapshot.guard().frozen()).isFalse();

        shift.cut = true;
        shift.serve(2_000, Duration.ofMinutes(4), rate);
        Verdict.FeedBroken broken = shift.verdict(Verdict.FeedBroken.class).orElseThrow();
        assertThat(broken.inflated()).isFalse();
        assertThat(broken.control()).isFalse();
        Snapshot frozen = shift.snapshot;
        assertThat(frozen.guard().frozen()).isTrue();

        shift.serve(10_000, Duration.ofMinutes(20), rate);
        assertThat(shift.snapshot.allocation()).isEqualTo(frozen.allocation());
        shift.serve(10_000, Duration.ofMinutes(20), rate);
        assertThat(shift.verdict(Verdict.FeedBroken.class).orElseThrow().control())
                .isTrue();
        assertThat(shift.share("a")).isEqualTo(1);

        shift.cut = false;
        shift.serve(4_000, Duration.ofMinutes(10), rate);
        assertThat(shift.verdict(Verdict.FeedBroken.class)).isEmpty();
        assertThat(shift.snapshot.guard().frozen()).isFalse();
        assertThat(shift.share("b")).isPositive();
    }

    @Test
    void lostExposures_blockLearning_untilAPersonThaws() {
        Shift shift = new Shift(11, Guardrails.DEFAULT, "a", "b");
        shift.loss = arm -> arm.equals("b") ? 0.3 : 0;

        shift.serve(10_000, Duration.ofHours(2), arm -> 0.1);

        Verdict.RatioBroken broken = shift.verdict(Verdict.RatioBroken.class).orElseThrow();
        assertThat(broken.blocked()).isTrue();
        assertThat(broken.observed() < broken.expected()).isEqualTo(broken.arm().equals("b"));
        assertThat(shift.snapshot.guard().frozen()).isTrue();

        shift.loss = arm -> 0;
        Definition definition = shift.experiment.definition();
        shift.redefine(definition.withGuardrails(definition.guardrails().thawed(shift.now)));
        assertThat(shift.verdict(Verdict.RatioBroken.class)).isEmpty();
        assertThat(shift.snapshot.guard().frozen()).isFalse();
    }

    @Test
    void marginChanged_beginsTheEvidenceAnew() {
        Shift shift = new Shift(12, rules(Ramp.NONE, Optional.empty()), "a", "b");
        shift.serve(3_000, Duration.ofMinutes(30), arm -> arm.equals("b") ? 0.05 : 0.1);
        double before = harm(shift);

        Guardrails other = new Guardrails(
                Optional.of(new Harm(0.1, 0.05, Duration.ofHours(24), Guardrails.Form.FINITE)),
                List.of(),
                Optional.empty(),
                OptionalDouble.empty(),
                Ramp.NONE,
                false,
                false,
                3,
                Optional.empty());
        shift.redefine(shift.experiment.definition().withGuardrails(other));

        assertThat(before).isNotZero();
        assertThat(harm(shift)).isZero();
    }

    private static double deadC(String arm) {
        return arm.equals("c") ? 0 : 0.1;
    }

    private static double harm(Shift shift) {
        return shift.standing.guard().arms().getFirst().harm().getFirst().logE();
    }

    private static Guardrails rules(Ramp ramp, Optional<Budget> budget) {
        return new Guardrails(
                Optional.of(Harm.DEFAULT),
                List.of(),
                budget,
                OptionalDouble.empty(),
                ramp,
                false,
                false,
                3,
                Optional.empty());
    }
}
