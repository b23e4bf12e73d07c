package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DensityCurveTest {

    private static final int POINTS = 64;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 49", "2, 3", "57, 1227", "50_001, 950_001", "481, 9521", "40, 1.5"})
    void of_rate_isTheShapeOfItsDensity(String alpha, String beta) {
        BetaDistribution density = BetaDistribution.of(number(alpha), number(beta));

        holds(
                new BetaPosterior(number(alpha), number(beta)),
                density::density,
                density.inverseCumulativeProbability(0.001));
    }

    @ParameterizedTest
    @CsvSource({"1, 50", "3, 2", "500, 10_000", "1_000_000, 20"})
    void of_counts_isTheShapeOfTheirDensity(String shape, String rate) {
        GammaDistribution density = GammaDistribution.of(number(shape), 1 / number(rate));

        holds(
                new GammaPosterior(number(shape), number(rate)),
                density::density,
                density.inverseCumulativeProbability(0.001));
    }

    /// 400,000 products of a Beta and an inverse Gamma draw, counted in 16 cells of which each is four points wide.
    /// The share of a cell has a standard error of at most 0.0005 and is held to five of them, all sixteen: another
    /// seed raises a false alarm in fewer than 1 in 100,000.
    @Test
    void of_revenue_isTheShapeOfAHistogram() {
        RevenuePosterior posterior = new RevenuePosterior(new BetaPosterior(41, 1160), new OrderValuePosterior(9, 380));
        int cells = 16;
        int draws = 400_000;
        DensityCurve curve = DensityCurve.of(posterior, 4 * cells + 1);
        SplittableRandom random = new SplittableRandom(6);
        DoubleSupplier rates = BetaDistribution.of(41, 1160).createSampler(random::nextLong)::sample;
        DoubleSupplier inverses = GammaDistribution.of(9, 1).createSampler(random::nextLong)::sample;
        int[] counts = new int[cells];
        int inside = 0;
        for (int i = 0; i < draws; i++) {
            double revenue = rates.getAsDouble() * 380 / inverses.getAsDouble();
            int cell = (int) Math.floor((revenue - curve.from()) / (curve.to() - curve.from()) * cells);
            if (cell >= 0 && cell < cells) {
                counts[cell]++;
                inside++;
            }
        }

        assertThat(inside / (double) draws).isCloseTo(0.998, within(5 * Math.sqrt(0.002 / draws)));
        double[] areas = new double[cells];
        for (int cell = 0; cell < cells; cell++) {
            // Simpson's rule, twice.
            double[] h = {1, 4, 2, 4, 1};
            for (int k = 0; k < h.length; k++) {
                areas[cell] += h[k] * curve.heights().get(4 * cell + k);
            }
        }
        double total = Arrays.stream(areas).sum();
        for (int cell = 0; cell < cells; cell++) {
            double share = areas[cell] / total;
            assertThat(counts[cell] / (double) inside)
                    .as("cell %s", cell)
                    .isCloseTo(share, within(5 * Math.sqrt(share * (1 - share) / inside) + 1e-6));
        }
    }

    @Test
    void of_densityWithoutEnd_staysWithinTheFrame() {
        DensityCurve curve = DensityCurve.of(new BetaPosterior(1e-4, 1), POINTS);

        assertThat(curve.heights()).hasSize(POINTS).allMatch(height -> height >= 0 && height <= 1);
        assertThat(curve.heights().getFirst()).isOne();
    }

    @Test
    void of_fewerThanTwoPoints_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DensityCurve.of(new BetaPosterior(1, 1), 1))
                .withMessage("a curve through 1 points");
    }

    /// The curve against a density, scaled to its greatest value at the same points.
    private static void holds(Posterior posterior, DoubleUnaryOperator density, double from) {
        DensityCurve curve = DensityCurve.of(posterior, POINTS);
        double[] wanted = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            wanted[i] = density.applyAsDouble(curve.from() + (curve.to() - curve.from()) * i / (POINTS - 1));
        }
        double highest = Arrays.stream(wanted).max().orElseThrow();

        assertThat(curve.from()).isCloseTo(from, within(1e-9 * from));
        assertThat(posterior.cdf(curve.to())).isCloseTo(0.999, within(1e-9));
        assertThat(curve.heights()).hasSize(POINTS);
        for (int i = 0; i < POINTS; i++) {
            assertThat(curve.heights().get(i)).as("point %s", i).isCloseTo(wanted[i] / highest, within(1e-6));
        }
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace("_", ""));
    }
}
