package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WilsonTest {

    /// Both ends are where the score test refuses: the distance of the observed share from the end is 1.96 standard
    /// deviations as they are at that end.
    @ParameterizedTest
    @CsvSource({"1, 10", "7, 400", "50, 100", "399, 400", "38, 10000"})
    void of_anyCounts_solvesTheScoreEquation(long successes, long trials) {
        Wilson interval = Wilson.of(successes, trials);
        double share = (double) successes / trials;

        for (double end : new double[] {interval.lower(), interval.upper()}) {
            double deviation = Math.sqrt(end * (1 - end) / trials);
            assertThat(Math.abs(share - end) / deviation).isCloseTo(1.959963984540054, within(1e-9));
        }
        assertThat(share).isBetween(interval.lower(), interval.upper());
    }

    @Test
    void of_noOrOnlySuccesses_reachesTheEdge() {
        assertThat(Wilson.of(0, 20).lower()).isZero();
        assertThat(Wilson.of(0, 20).upper()).isCloseTo(0.161125, within(1e-6));
        assertThat(Wilson.of(20, 20).upper()).isOne();
        assertThat(Wilson.of(20, 20).lower()).isCloseTo(1 - 0.161125, within(1e-6));
    }

    @Test
    void of_noTrials_isEverything() {
        assertThat(Wilson.of(0, 0)).isEqualTo(new Wilson(0, 1));
    }

    @Test
    void of_impossibleCounts_refusesNamingThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wilson.of(3, 2))
                .withMessageContaining("3 successes in 2");
        assertThatIllegalArgumentException().isThrownBy(() -> Wilson.of(-1, 2)).withMessageContaining("-1 successes");
    }
}
