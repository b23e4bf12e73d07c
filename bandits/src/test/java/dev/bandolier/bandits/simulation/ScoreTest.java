package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScoreTest {

    /// Mean 4, variance 40 / 4 = 10; quantiles as numpy.percentile has them.
    @Test
    void of_fewTrials_countsByHand() {
        Score score = Score.of(List.of(
                new Trial(3, 1, 1, false),
                new Trial(1, 1, 0.5, false),
                new Trial(9, 4, 0, true),
                new Trial(2, 1, 0.75, false),
                new Trial(5, 2, 0.25, true)));

        assertThat(score.trials()).isEqualTo(5);
        assertThat(score.mean()).isCloseTo(4, within(1e-12));
        assertThat(score.standardError()).isCloseTo(Math.sqrt(10.0 / 5), within(1e-12));
        assertThat(score.median()).isCloseTo(3, within(1e-12));
        assertThat(score.p95()).isCloseTo(8.2, within(1e-12));
        assertThat(score.slope()).isCloseTo((4 - 1.8) / Math.log(10 / 3.0), within(1e-12));
        assertThat(score.bestShare()).isCloseTo(0.5, within(1e-12));
        assertThat(score.misled()).isCloseTo(0.4, within(1e-12));
        assertThat(score.combined(Math.sqrt(7))).isCloseTo(3, within(1e-12));
    }

    @Test
    void quantiles_ofHundredAndOne_areRanks() {
        Score score = Score.of(IntStream.rangeClosed(0, 100)
                .mapToObj(rank -> new Trial(rank, 0, 0, false))
                .toList());

        assertThat(score.median()).isEqualTo(50);
        assertThat(score.p95()).isCloseTo(95, within(1e-12));
    }

    @Test
    void of_oneTrial_knowsNoError() {
        Score score = Score.of(List.of(new Trial(3, 1, 1, false)));

        assertThat(score.standardError()).isNaN();
        assertThat(score.p95()).isEqualTo(3);
    }

    @Test
    void of_noTrial_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Score.of(List.of()))
                .withMessageContaining("0 trials");
    }
}
