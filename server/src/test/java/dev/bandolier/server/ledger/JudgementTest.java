package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Evidence;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.Verdict.Sample;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// A verdict begins once and ends once, however its evidence grows meanwhile.
final class JudgementTest {

    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = SINCE.plusSeconds(60);

    @Test
    void verdict_thatIsNew_began() {
        Verdict harmful = harmful("b", 5, SINCE);

        Judgement judgement = Judgement.between(Guard.NONE, guard(harmful));

        assertThat(judgement).isEqualTo(new Judgement(List.of(harmful), List.of()));
        assertThat(judgement.isEmpty()).isFalse();
    }

    @Test
    void verdict_thatIsGone_endedAsItStoodLast() {
        Verdict harmful = harmful("b", 5, SINCE);

        assertThat(Judgement.between(guard(harmful), Guard.NONE)).isEqualTo(new Judgement(List.of(), List.of(harmful)));
    }

    @Test
    void verdict_whoseEvidenceGrew_isTheSame() {
        assertThat(Judgement.between(guard(harmful("b", 5, SINCE)), guard(harmful("b", 9, SINCE)))
                        .isEmpty())
                .isTrue();
        assertThat(Judgement.between(guard(budget(0.5, false)), guard(budget(0.1, false)))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void verdict_ofAnotherKindArmOrTime_isAnother() {
        Verdict before = harmful("b", 5, SINCE);
        List<Verdict> others = List.of(
                harmful("c", 5, SINCE), harmful("b", 5, LATER), new Verdict.ArmSuspected("b", evidence(5), SINCE));

        for (Verdict other : others) {
            assertThat(Judgement.between(guard(before), guard(other)))
                    .isEqualTo(new Judgement(List.of(other), List.of(before)));
        }
        assertThat(Judgement.between(guard(budget(0.5, false)), guard(budget(0.5, true)))
                        .began())
                .hasSize(1);
    }

    @Test
    void entries_ofTheAuditLog_sayWhatTheVerdictSays() {
        Definition definition = DefinitionJson.read(new JsonObject("""
            {"key":"k","arms":[{"key":"a","control":true},{"key":"b"}],"objective":{"metric":"purchase"}}
            """));
        Experiment experiment = new Experiment(7, 3, Experiment.State.RUNNING, 1, 2, SINCE, definition);

        AuditLog.Entry began = AuditLog.Entry.began(experiment, harmful("b", 5, SINCE), LATER);
        AuditLog.Entry ended = AuditLog.Entry.ended(experiment, harmful("b", 5, SINCE), LATER);

        assertThat(began.actor()).isEqualTo("guardrail");
        assertThat(began.action()).isEqualTo("arm-harmful");
        assertThat(began.note()).startsWith("'b' was paused after 12 visitors");
        assertThat(began.detail().getString("action")).isEqualTo("the arm is paused");
        assertThat(ended.action()).isEqualTo("arm-harmful-ended");
        assertThat(ended.note()).startsWith("No longer in force since 2026-11-21T10:01:00Z: 'b' was paused");
    }

    private static Guard guard(Verdict verdict) {
        return new Guard(
                OptionalDouble.of(0.05),
                List.of(verdict),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                false);
    }

    private static Verdict harmful(String arm, double logE, Instant since) {
        return new Verdict.ArmHarmful(arm, evidence(logE), since);
    }

    private static Verdict budget(double rate, boolean daily) {
        return new Verdict.BudgetSpent(9, 10, daily, rate, false, SINCE);
    }

    private static Evidence evidence(double logE) {
        return new Evidence("purchase", Horizon.SHORT, logE, 4, new Sample(12, 1, 0), new Sample(12, 6, 0));
    }
}
