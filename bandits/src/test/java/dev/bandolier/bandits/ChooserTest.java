package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.learning.Learner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a unit was drawn among: said wherever it was not all that the snapshot gives a share.
final class ChooserTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void among_ofAllThatTheSnapshotGivesAShare_isNotSaid() {
        Chooser chooser = chooser(experiment("a", "b", "c"), 0.5, 0.3, 0.2);

        assertThat(chooser.among()).isEmpty();
        assertThat(chooser.among(arm -> true)).isEmpty();
    }

    @Test
    void among_ofAnAskThatNarrows_isWhatIsLeft() {
        Chooser chooser = chooser(experiment("a", "b", "c"), 0.5, 0.3, 0.2);

        assertThat(chooser.among(arm -> !arm.equals("b"))).contains("a,c");
        assertThat(chooser.among(arm -> arm.equals("z"))).contains("");
    }

    @Test
    void among_withoutAnArmThatWasPausedSince_isWhatIsLeft() {
        Experiment experiment = experiment("a", "b", "c");
        Chooser paused = chooser(paused(experiment, "b"), 0.5, 0.3, 0.2);

        assertThat(paused.among()).contains("a,c");
        assertThat(paused.among(arm -> !arm.equals("c"))).contains("a");
        Decision decision = paused.choose(new UnitKey(1, 2), 0, "", NOON).orElseThrow();
        assertThat(decision.propensity()).isIn(0.5 / 0.7, 0.2 / 0.7);
    }

    @Test
    void among_withoutAnArmThatHasNoShare_isNotSaid() {
        Experiment experiment = experiment("a", "b", "c");

        assertThat(chooser(paused(experiment, "b"), 0.5, 0, 0.5).among()).isEmpty();
        assertThat(chooser(experiment, 0.5, 0, 0.5).among(arm -> !arm.equals("b")))
                .isEmpty();
    }

    @Test
    void among_withoutAnArmThatOneSegmentAloneGivesAShare_isWhatIsLeft() {
        Experiment experiment = experiment("a", "b", "c");
        Snapshot snapshot = shares(snapshot(experiment), 0.5, 0, 0.5);
        Snapshot segmented = new Snapshot(
                snapshot.experiment(),
                snapshot.version(),
                snapshot.at(),
                snapshot.revision(),
                snapshot.cause(),
                snapshot.arms(),
                List.of(new Snapshot.SegmentView(
                        "new", true, shares(snapshot, 0.1, 0.8, 0.1).arms())),
                snapshot.basis(),
                snapshot.guard());

        assertThat(new Chooser(experiment, segmented).among(arm -> !arm.equals("b")))
                .contains("a,c");
    }

    @Test
    void among_withAnArmThatTheSnapshotDoesNotKnow_isNotSaid() {
        Snapshot older = shares(snapshot(experiment("a", "b")), 0.6, 0.4);

        assertThat(new Chooser(experiment("a", "b", "c"), older).among()).isEmpty();
    }

    private static Chooser chooser(Experiment experiment, double... shares) {
        return new Chooser(experiment, shares(snapshot(experiment), shares));
    }

    private static Snapshot snapshot(Experiment experiment) {
        return Learner.first(experiment, NOON);
    }

    private static Snapshot shares(Snapshot snapshot, double... shares) {
        List<Snapshot.ArmView> arms = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            arms.add(snapshot.arms().get(i).withShare(shares[i]));
        }
        return new Snapshot(
                snapshot.experiment(),
                snapshot.version(),
                snapshot.at(),
                snapshot.revision(),
                snapshot.cause(),
                arms,
                snapshot.segments(),
                snapshot.basis(),
                snapshot.guard());
    }

    private static Experiment paused(Experiment experiment, String arm) {
        Definition definition = experiment.definition();
        List<Arm> arms = definition.arms().stream()
                .map(each -> each.key().equals(arm) ? new Arm(arm, false, "{}", Arm.Status.PAUSED) : each)
                .toList();
        return experiment(definition.withArms(arms));
    }

    private static Experiment experiment(String... keys) {
        List<Arm> arms = new ArrayList<>();
        for (String key : keys) {
            arms.add(new Arm(key, arms.isEmpty(), "{}", Arm.Status.LIVE));
        }
        return experiment(new Definition(
                "e",
                "E",
                "visitor",
                Stickiness.UNIT,
                arms,
                Objective.conversion("purchase", Duration.ofDays(7)),
                new Uniform(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0));
    }

    private static Experiment experiment(Definition definition) {
        return new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, NOON, definition);
    }
}
