package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.TargetJson.Target;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Another policy on units that were split evenly between `a` and `b` while `c` had no share.
final class WhatIfTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Limits NO_LIMITS = new Limits(0, 1, 0, 1, 0);
    private static final Definition DEFINITION = new Definition(
            "hero",
            "Hero",
            "visitor",
            Stickiness.UNIT,
            List.of(arm("a", true), arm("b", false), arm("c", false)),
            Objective.conversion("purchase", Duration.ofDays(7)),
            new Uniform(),
            new Prior.UnitSuccess(),
            NO_LIMITS,
            Drift.DEFAULT,
            Optional.empty(),
            0);
    private static final Verdict.Evidence EVIDENCE =
            new Verdict.Evidence("purchase", Verdict.Horizon.WINDOW, 4, 3, Verdict.Sample.NONE, Verdict.Sample.NONE);

    @Test
    void add_verdictThatTakesNothing_doesNotForgiveAnArmThatThePolicyLeftOut() {
        for (Verdict verdict : List.of(
                new Verdict.ArmBetter("b", EVIDENCE, NOON),
                new Verdict.ArmHarmful("b", EVIDENCE, NOON),
                new Verdict.RatioBroken("b", 9, 3, 4, false, false, NOON))) {
            assertThatExceptionOfType(Problem.class)
                    .as(verdict.toString())
                    .isThrownBy(() -> played(new Uniform(), 40, verdict))
                    .satisfies(refused -> assertThat(refused.toString()).contains("policy"));
        }
    }

    @Test
    void add_verdictThatTookTheShare_leavesTheArmToTheOthersAndSaysHowMuch() {
        for (Verdict verdict : List.of(
                new Verdict.ArmSuspected("c", EVIDENCE, NOON),
                new Verdict.HeldBack(0.5, NOON),
                new Verdict.BudgetSpent(5, 5, false, 0, true, NOON))) {
            WhatIf whatIf = played(new Uniform(), 40, verdict);

            assertThat(whatIf.log().units()).as(verdict.toString()).isEqualTo(800);
            assertThat(whatIf.log().maxWeight()).isCloseTo(1, within(1e-9));
            assertThat(whatIf.away()).isCloseTo(1.0 / 3, within(1e-9));
        }
    }

    @Test
    void trust_muchWentToOtherArms_isThinAndThenRefused() {
        WhatIf whatIf = played(new FixedSplit(Map.of("a", 0.5, "b", 0.5)), 40, new Verdict.HeldBack(0.5, NOON));

        assertThat(whatIf.away()).isZero();
        assertThat(WhatIfAnswer.trust(whatIf.log(), 0.05)).isEqualTo("sound");
        assertThat(WhatIfAnswer.trust(whatIf.log(), 0.06)).isEqualTo("thin");
        assertThat(WhatIfAnswer.trust(whatIf.log(), 0.51)).isEqualTo("refused");
    }

    @Test
    void answer_nothingEarnedByWhatItWouldServe_saysSoInsteadOfACertainZero() {
        FixedSplit policy = new FixedSplit(Map.of("b", 1.0));
        WhatIf whatIf = played(policy, 0, new Verdict.HeldBack(0.5, NOON));
        Experiment experiment = experiment();

        JsonObject answer =
                new WhatIfAnswer(experiment, Learner.first(experiment, NOON), target(policy)).of(whatIf, NOON);

        for (String estimate : List.of("ips", "snips", "dr", "lift")) {
            assertThat(answer.getValue(estimate)).as(estimate).isNull();
        }
        assertThat(answer.getDouble("effective")).isCloseTo(400, within(1e-9));
        assertThat(answer.getString("trust")).isEqualTo("thin");
        assertThat(answer.getJsonArray("warnings")).containsExactly("nothing-earned");
        assertThat(answer.getJsonArray("sentences").getString(0)).contains("visitor");
    }

    /// 400 units of `a`, of which 40 converted, and 400 of `b`.
    private static WhatIf played(Policy policy, int conversions, Verdict verdict) {
        Snapshot first = Learner.first(experiment(), NOON);
        List<Snapshot.ArmView> arms = first.arms().stream()
                .map(view -> view.withShare(view.arm().equals("c") ? 0 : 0.5))
                .toList();
        Guard guard = new Guard(
                OptionalDouble.of(0),
                List.of(verdict),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                false);
        Snapshot snapshot = new Snapshot(1, 1, NOON, 1, Snapshot.Cause.STARTED, arms, List.of(), first.basis(), guard);
        WhatIf whatIf = new WhatIf(DEFINITION, target(policy));
        Map<String, Sums> earned =
                Map.of("a", new Sums(400, 40, 40), "b", new Sums(400, (double) conversions, (double) conversions));
        whatIf.add(new Lot("", 1, Optional.empty(), earned), snapshot);
        return whatIf;
    }

    private static Target target(Policy policy) {
        return new Target(policy, NO_LIMITS, "policy", new JsonObject());
    }

    private static Experiment experiment() {
        return new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, NOON, DEFINITION);
    }

    private static Arm arm(String key, boolean control) {
        return new Arm(key, control, "{}", Arm.Status.LIVE);
    }
}
