package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.Uniform;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// By chance that does not change; what an even split loses is known without playing it.
final class ForesightTest {

    private static final double PER_DAY = 20_000;

    /// 20,000 a day for 28 days, half of them at an arm that loses half of 3 %.
    private static final double EVEN = PER_DAY * 28 / 2 * 0.03 / 2;

    @Test
    void loss_evenSplitWithoutGuardrails_isWhatItLosesByArithmetic() {
        Foresight.Loss loss =
                foresight(new Uniform(), Guardrails.NONE, Kind.CONVERSION).loss();

        assertThat(loss.even()).isCloseTo(EVEN, within(1e-6));
        // 40 runs of 560,000 units: a standard error of 0.02 %.
        assertThat(loss.mean()).isCloseTo(EVEN, within(EVEN * 0.001));
        assertThat(loss.paused()).isZero();
        assertThat(loss.after()).isEmpty();
    }

    @Test
    void loss_usualSettings_pausesTheArmAndLosesATenthAtMost() {
        Foresight.Loss loss =
                foresight(new Thompson(), Guardrails.DEFAULT, Kind.CONVERSION).loss();

        assertThat(loss.paused()).isOne();
        assertThat(loss.after().getAsDouble()).isBetween(0.5, 14.0);
        assertThat(loss.mean()).isPositive().isLessThan(EVEN / 10);
        assertThat(loss.mean()).isLessThanOrEqualTo(loss.p95().getAsDouble());
        assertThat(loss.p95().getAsDouble()).isLessThanOrEqualTo(loss.worst());
        assertThat(loss.runs()).isEqualTo(40);
    }

    /// Nine arms are played 17 times, of which none is one in twenty.
    @Test
    void loss_fewerThanTwentyRuns_saysOnlyTheWorst() {
        List<Arm> arms = IntStream.range(0, 9)
                .mapToObj(arm -> new Arm("arm-" + arm, arm == 0, "{}", Arm.Status.LIVE))
                .toList();

        Foresight.Loss loss =
                foresight(new Uniform(), Guardrails.NONE, Kind.CONVERSION, arms).loss();

        assertThat(loss.runs()).isEqualTo(17);
        assertThat(loss.p95()).isEmpty();
        assertThat(loss.worst()).isGreaterThanOrEqualTo(loss.mean());
    }

    @Test
    void loss_revenue_isMoney() {
        Foresight.Loss loss =
                foresight(new Uniform(), Guardrails.NONE, Kind.REVENUE).loss();

        assertThat(loss.mean()).isCloseTo(EVEN * 5_000, within(EVEN * 5));
    }

    @Test
    void foresight_sameSettings_sameAnswer() {
        assertThat(foresight(new Thompson(), Guardrails.DEFAULT, Kind.COUNT).loss())
                .isEqualTo(foresight(new Thompson(), Guardrails.DEFAULT, Kind.COUNT)
                        .loss());
    }

    @Test
    void learning_evenSplit_neverGetsMost() {
        Foresight.Learning learning =
                foresight(new Uniform(), Guardrails.NONE, Kind.CONVERSION).learning(0.5);

        assertThat(learning.days()).isEmpty();
        assertThat(learning.share()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void learning_muchBetterArm_getsMostWithinDays() {
        for (Kind kind : Kind.values()) {
            Foresight.Learning learning =
                    foresight(new Thompson(), Guardrails.DEFAULT, kind).learning(0.5);

            assertThat(learning.days().getAsDouble()).as(kind.name()).isLessThan(7);
            assertThat(learning.share()).as(kind.name()).isGreaterThan(0.9);
            assertThat(learning.paused()).as(kind.name()).isZero();
        }
    }

    private static Foresight foresight(Policy policy, Guardrails guardrails, Kind kind) {
        return foresight(
                policy,
                guardrails,
                kind,
                List.of(
                        new Arm("classic", true, "{}", Arm.Status.LIVE),
                        new Arm("video", false, "{}", Arm.Status.LIVE)));
    }

    private static Foresight foresight(Policy policy, Guardrails guardrails, Kind kind, List<Arm> arms) {
        Objective objective = new Objective(
                "purchase", kind, Duration.ofDays(7), Optional.empty(), Optional.of("EUR"), 0.03, Optional.empty());
        Definition definition = new Definition(
                "played",
                "Played",
                "visitor",
                Stickiness.UNIT,
                arms,
                objective,
                policy,
                new Prior.UnitSuccess(),
                Limits.defaults(arms.size(), false),
                Drift.DEFAULT,
                Optional.empty(),
                0,
                guardrails);
        return new Foresight(definition, new Prospects(kind, PER_DAY, 0.03, kind == Kind.REVENUE ? 5_000 : 1));
    }
}
