package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class WorldTest {

    private static final World WORLD = new World(List.of(0.05, 0.06, 0.03, 0.06), Duration.ofHours(2));

    @Test
    void best_severalEqual_isTheFirst() {
        assertThat(WORLD.best()).isEqualTo(1);
        assertThat(WORLD.arms()).isEqualTo(4);
    }

    @Test
    void regret_ofAnArm_isItsDistanceFromTheBest() {
        assertThat(WORLD.regret(0)).isCloseTo(0.01, within(1e-15));
        assertThat(WORLD.regret(1)).isZero();
        assertThat(WORLD.regret(2)).isCloseTo(0.03, within(1e-15));
        assertThat(WORLD.regret(3)).isZero();
    }

    /// Within 4.5 standard errors: false alarm of a new seed in 1 of 150,000 runs.
    @Test
    void converts_manyUnits_meetsTheRate() {
        RandomGenerator random = new SplittableRandom(11);
        int units = 200_000;
        int conversions = 0;
        for (int i = 0; i < units; i++) {
            conversions += WORLD.converts(0, random) ? 1 : 0;
        }

        assertThat((double) conversions / units).isCloseTo(0.05, within(4.5 * Math.sqrt(0.05 * 0.95 / units)));
    }

    @Test
    void converts_certainAndImpossible_areWhatTheySay() {
        World world = new World(List.of(0.0, 1.0), Duration.ZERO);
        RandomGenerator random = new SplittableRandom(12);
        for (int i = 0; i < 1000; i++) {
            assertThat(world.converts(0, random)).isFalse();
            assertThat(world.converts(1, random)).isTrue();
            assertThat(world.delay(random)).isZero();
        }
    }

    /// Mean and share beyond the mean within 4.5 standard errors: false alarm of a new seed in 1 of 70,000 runs.
    @Test
    void delay_many_isExponential() {
        RandomGenerator random = new SplittableRandom(13);
        int draws = 100_000;
        double sum = 0;
        int late = 0;
        for (int i = 0; i < draws; i++) {
            double hours = WORLD.delay(random).toNanos() / 3.6e12;
            sum += hours;
            late += hours > 2 ? 1 : 0;
        }

        assertThat(sum / draws).isCloseTo(2, within(4.5 * 2 / Math.sqrt(draws)));
        assertThat((double) late / draws).isCloseTo(Math.exp(-1), within(4.5 * 0.482 / Math.sqrt(draws)));
    }

    @Test
    void constructor_nonsense_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new World(List.of(), Duration.ZERO))
                .withMessageContaining("0 arms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new World(List.of(0.1, 1.2), Duration.ZERO))
                .withMessageContaining("rate 1.2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new World(List.of(Double.NaN), Duration.ZERO))
                .withMessageContaining("rate NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new World(List.of(0.1), Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }
}
