package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Fixed seeds; each mean and variance is within 5 standard errors, which a sound sampler misses once in a million.
final class BinomialSamplerTest {

    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource({"10, 0.1", "10, 0.9", "1000, 0.002", "1000, 0.03", "1000000, 0.5", "5000, 0.97", "40, 0.5"})
    void draw_many_haveTheMeanAndVarianceOfTheLaw(long trials, double rate) {
        SplittableRandom random = new SplittableRandom(7);
        double sum = 0;
        double squares = 0;
        double mean = trials * rate;
        double variance = mean * (1 - rate);
        for (int i = 0; i < DRAWS; i++) {
            double off = BinomialSampler.draw(trials, rate, random) - mean;
            sum += off;
            squares += off * off;
        }

        assertThat(sum / DRAWS).isCloseTo(0, within(5 * Math.sqrt(variance / DRAWS)));
        // Rounding adds a twelfth; the kurtosis of rare successes adds 1 / variance.
        double spread = Math.sqrt((2 + 1 / variance) / DRAWS);
        assertThat(squares / DRAWS).isCloseTo(variance, within(variance * 5 * spread + 1.0 / 12));
    }

    @Test
    void draw_certainOrImpossible_isAllOrNothing() {
        SplittableRandom random = new SplittableRandom(7);

        assertThat(BinomialSampler.draw(12, 0, random)).isZero();
        assertThat(BinomialSampler.draw(12, 1, random)).isEqualTo(12);
        assertThat(BinomialSampler.draw(0, 0.5, random)).isZero();
    }

    @Test
    void among_sharesOfWhichSomeAreNothing_dividesAllAmongTheOthers() {
        long[] drawn = BinomialSampler.among(10_000, new double[] {0, 0.7, 0.3, 0}, new SplittableRandom(7));

        assertThat(Arrays.stream(drawn).sum()).isEqualTo(10_000);
        assertThat(drawn[0]).isZero();
        assertThat(drawn[3]).isZero();
        // 5 standard errors of 7,000 among 10,000.
        assertThat(drawn[1]).isCloseTo(7_000, within(230L));
    }
}
