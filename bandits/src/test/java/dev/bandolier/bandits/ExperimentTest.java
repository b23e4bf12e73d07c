package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentTest {

    @ParameterizedTest
    @CsvSource({"P7D, PT1H", "P30D, PT1H", "P1D, PT514S", "PT2H, PT42S", "PT1M, PT1S"})
    void bucketWidth_window_isA168thOfItWithinASecondAndAnHour(Duration window, Duration width) {
        assertThat(experiment(window).bucketWidth()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"P7D", "P1D", "PT2H", "PT1M"})
    void bucketOf_anyTime_startsAtMostOneWidthBefore(Duration window) {
        Experiment experiment = experiment(window);
        RandomGenerator random = new SplittableRandom(3);
        for (int i = 0; i < 1000; i++) {
            Instant time = Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L));
            Instant bucket = experiment.bucketOf(time);

            assertThat(bucket).isBeforeOrEqualTo(time).isAfter(time.minus(experiment.bucketWidth()));
            assertThat(experiment.bucketOf(bucket)).isEqualTo(bucket);
        }
    }

    @Test
    void running_onlyWhenRunning_isTrue() {
        for (Experiment.State state : Experiment.State.values()) {
            assertThat(experiment(state, Duration.ofDays(7)).running()).isEqualTo(state == Experiment.State.RUNNING);
        }
        assertThat(experiment(Duration.ofDays(7)).key()).isEqualTo("hero");
    }

    @Test
    void unitKey_throughItsUuid_isTheSame() {
        UnitKey key = new UnitKey(-7, 9);

        assertThat(UnitKey.of(key.uuid())).isEqualTo(key);
        assertThat(key.uuid()).isEqualTo(new UUID(-7, 9));
    }

    @Test
    void snapshot_allocation_isTheSharesOfItsArms() {
        Snapshot snapshot = new Snapshot(
                1,
                1,
                Instant.EPOCH,
                1,
                Snapshot.Cause.STARTED,
                List.of(view("classic", 0.25), view("video", 0.75)),
                List.of(),
                new Snapshot.Basis(
                        Snapshot.Phase.LEARNING,
                        new Snapshot.Delay(false, Optional.empty(), 0),
                        new Snapshot.Epochs(Duration.ofDays(1), 1, 1),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        List.of()));

        assertThat(snapshot.allocation()).isEqualTo(Allocation.of(0.25, 0.75));
    }

    private static Snapshot.ArmView view(String arm, double share) {
        return new Snapshot.ArmView(
                arm,
                share,
                new Snapshot.Counted(10, 10, 1, 1, 0, 0),
                new Snapshot.Belief(new BetaPosterior(2, 58), 0.004, 0.09, 0.5));
    }

    private static Experiment experiment(Duration window) {
        return experiment(Experiment.State.RUNNING, window);
    }

    private static Experiment experiment(Experiment.State state, Duration window) {
        List<Arm> arms = List.of(
                new Arm("classic", true, "{}", Arm.Status.LIVE), new Arm("video", false, "{}", Arm.Status.LIVE));
        Definition definition = new Definition(
                "hero",
                "Hero",
                "visitor",
                Stickiness.UNIT,
                arms,
                Objective.conversion("purchase", window),
                new Thompson(),
                new Prior.UnitSuccess(),
                new Limits(0.02, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0.05);
        return new Experiment(1, 1, state, 2, 3, Instant.EPOCH, definition);
    }
}
