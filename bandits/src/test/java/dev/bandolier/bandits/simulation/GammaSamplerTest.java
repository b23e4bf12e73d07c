package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Draws against the distribution that they are drawn from (`methods.md` 1.1).
final class GammaSamplerTest {

    private static final int DRAWS = 100_000;

    /// The Kolmogorov-Smirnov statistic that is exceeded with probability 1e-4, times the root of the draws.
    private static final double KOLMOGOROV = 2.2253;

    /// False alarm of a new seed: 1e-4 for each case by Kolmogorov-Smirnov, 6e-7 by the mean.
    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "1, 49", "501, 9501", "5e4, 9.5e5", "1, 0.25"})
    void beta_manyDraws_followTheDistribution(double alpha, double beta) {
        RandomGenerator random = new SplittableRandom(21);
        BetaPosterior law = new BetaPosterior(alpha, beta);
        double[] draws = DoubleStream.generate(() -> GammaSampler.beta(alpha, beta, random))
                .limit(DRAWS)
                .sorted()
                .toArray();

        double furthest = 0;
        for (int i = 0; i < DRAWS; i++) {
            double reached = law.cdf(draws[i]);
            furthest = Math.max(furthest, Math.max(reached - (double) i / DRAWS, (i + 1.0) / DRAWS - reached));
        }
        assertThat(furthest * Math.sqrt(DRAWS)).isLessThan(KOLMOGOROV);
        assertThat(Arrays.stream(draws).average().orElseThrow())
                .isCloseTo(law.mean(), within(5 * Math.sqrt(law.variance() / DRAWS)));
    }

    /// Mean and variance of a Gamma distribution are its shape; within 5 standard errors: false alarm of a new seed
    /// below 1e-5 for each case.
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 3.5, 1000})
    void gamma_manyDraws_haveTheirShapeAsMeanAndVariance(double shape) {
        RandomGenerator random = new SplittableRandom(22);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double draw = GammaSampler.gamma(shape, random);
            sum += draw;
            squares += (draw - shape) * (draw - shape);
        }
        // The fourth central moment is 3 shape^2 + 6 shape.
        double varianceError = Math.sqrt((2 * shape * shape + 6 * shape) / DRAWS);

        assertThat(sum / DRAWS).isCloseTo(shape, within(5 * Math.sqrt(shape / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(shape, within(5 * varianceError));
    }
}
