package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExperimentTest {

    @ParameterizedTest
    @CsvSource({"P7D, PT1H", "P30D, PT1H", "P1D, PT514S", "PT2H, PT42S", "PT1M, PT1S", "PT1S, PT1S"})
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
                List.of(
                        new Snapshot.ArmView("classic", 0.25, 10, 1, new BetaPosterior(2, 58)),
                        new Snapshot.ArmView("video", 0.75, 10, 2, new BetaPosterior(3, 57))));

        assertThat(snapshot.allocation()).isEqualTo(Allocation.of(0.25, 0.75));
    }

    private static Experiment experiment(Duration window) {
        return experiment(Experiment.State.RUNNING, window);
    }

    private static Experiment experiment(Experiment.State state, Duration window) {
        List<Arm> arms = List.of(
                new Arm("classic", true, "{}", Arm.Status.LIVE), new Arm("video", false, "{}", Arm.Status.LIVE));
        Objective objective = new Objective("purchase", Objective.Kind.CONVERSION, window, Optional.empty(), 0.02);
        Definition definition = new Definition(
                "hero", "Hero", "visitor", Stickiness.UNIT, arms, objective, new Policy.Thompson(), 0.02, 0.05);
        return new Experiment(1, 1, state, 2, 3, Instant.EPOCH, definition);
    }
}
