package dev.bandolier.bandits.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogisticPosteriorTest {

    @Test
    void after_golden_agrees() {
        Golden golden = Golden.named("bayes_logistic_laplace");
        JsonNode units = golden.inputs().required("X");
        double[][] features = new double[units.size()][];
        for (int n = 0; n < features.length; n++) {
            features[n] = Golden.numbers(units.get(n));
        }
        LogisticPosterior posterior = around0(golden.input("prior_precision"), golden.input("prior_precision"))
                .after(features, golden.inputList("y"), ones(features.length));

        Matrices.check(golden, "map", posterior.mean());
        Matrices.check(golden, "precision", posterior.precision());
        Matrices.check(golden, "cov", posterior.covariance());
    }

    /// One feature of 1 makes the log-odds of a rate: the mode is where conversions, expected ones and the pull of the
    /// prior are in balance.
    @Test
    void after_interceptAlone_balancesPriorAndCounts() {
        LogisticPosterior posterior =
                around0(0.1).after(new double[][] {{1}, {1}}, new double[] {1, 0}, new double[] {30, 570});
        double mode = posterior.mean()[0];
        double rate = 1 / (1 + Math.exp(-mode));

        assertThat(30 - 600 * rate - 0.1 * mode).isCloseTo(0, within(1e-10));
        assertThat(posterior.precision()[0][0]).isCloseTo(0.1 + 600 * rate * (1 - rate), within(1e-10));
        assertThat(posterior.score(new double[] {1}).mean()).isEqualTo(mode);
        assertThat(posterior.score(new double[] {2}).variance())
                .isCloseTo(4 / posterior.precision()[0][0], within(1e-12));
    }

    /// 20,000 units in batches of 1000, coefficients within 4.5 standard deviations of the truth: false alarm of a new
    /// seed in 1 of 50,000 for each of four coefficients. In one batch the mean is elsewhere by little of its own
    /// uncertainty.
    @Test
    void after_batchByBatch_findsTheTruth() {
        double[] truth = {-2.5, 0.8, -0.4, 0};
        RandomGenerator random = new SplittableRandom(11);
        double[][] features = new double[20_000][];
        double[] rewards = new double[features.length];
        for (int n = 0; n < features.length; n++) {
            features[n] = new double[] {1, random.nextInt(2), random.nextDouble(-1, 1), random.nextGaussian()};
            rewards[n] = random.nextDouble() < 1 / (1 + Math.exp(-Features.dot(truth, features[n]))) ? 1 : 0;
        }
        LogisticPosterior batches = around0(ones(4));
        for (int n = 0; n < features.length; n += 1000) {
            batches = batches.after(
                    Arrays.copyOfRange(features, n, n + 1000), Arrays.copyOfRange(rewards, n, n + 1000), ones(1000));
        }
        LogisticPosterior whole = around0(ones(4)).after(features, rewards, ones(features.length));

        for (int i = 0; i < truth.length; i++) {
            double deviation = Math.sqrt(whole.covariance()[i][i]);
            assertThat(batches.mean()[i]).isCloseTo(truth[i], within(4.5 * deviation));
            assertThat(batches.mean()[i]).isCloseTo(whole.mean()[i], within(0.5 * deviation));
            assertThat(Math.sqrt(batches.covariance()[i][i])).isCloseTo(deviation, within(0.05 * deviation));
        }
    }

    /// A weak prior and units that a line separates: the likelihood alone has no mode, and full Newton steps overshoot.
    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1e-3, 1})
    void after_separableUnits_staysFinite(double priorPrecision) {
        double[][] features = {{1, -3}, {1, -2}, {1, 2}, {1, 50}};
        LogisticPosterior posterior =
                around0(priorPrecision, priorPrecision).after(features, new double[] {0, 0, 1, 1}, ones(4));

        assertThat(posterior.mean()[1]).isBetween(0.1, 100.0);
        assertThat(posterior.score(new double[] {1, 2}).mean()).isPositive();
        assertThat(posterior.score(new double[] {1, -2}).mean()).isNegative();
    }

    @Test
    void after_thousandSurprises_endsWhereTheyAre() {
        LogisticPosterior sure = around0(1e-6)
                .after(new double[][] {{1}}, new double[] {1}, new double[] {1})
                .after(new double[][] {{1}}, new double[] {0}, new double[] {1000});

        assertThat(sure.mean()[0]).isBetween(-20.0, 0.0);
    }

    @Test
    void after_surePrior_hardlyMoves() {
        LogisticPosterior sure = LogisticPosterior.prior(new double[] {-3}, new double[] {1e6})
                .after(new double[][] {{1}}, new double[] {1}, new double[] {10});

        assertThat(sure.mean()[0]).isBetween(-3.0, -2.9999);
    }

    @Test
    void after_noUnits_isTheSame() {
        LogisticPosterior prior = around0(1, 1);
        LogisticPosterior same = prior.after(new double[0][], new double[0], new double[0]);

        assertThat(same.mean()).containsExactly(0, 0);
        assertThat(same.score(new double[] {1, 1})).isEqualTo(new Score(0, 2));
    }

    @Test
    void after_batchThatDoesNotFit_refusesNamingIt() {
        LogisticPosterior prior = around0(1, 1);
        double[][] one = {{1, 1}};

        refuses(() -> around0(ones(65)), "64 features, not 65");
        refuses(() -> around0(1, -1), "prior precision -1.0");
        refuses(() -> prior.after(one, new double[2], ones(1)), "1 units, 2 rewards and 1 weights");
        refuses(() -> prior.after(one, new double[] {0.5}, ones(1)), "reward 0.5");
        refuses(() -> prior.after(one, new double[] {1}, new double[] {Double.NaN}), "weight NaN");
        refuses(() -> prior.after(new double[][] {{1}}, new double[] {1}, ones(1)), "1 features for a model of 2");
        refuses(() -> prior.score(new double[] {1, Double.NEGATIVE_INFINITY}), "feature 1 is -Infinity");
    }

    private static LogisticPosterior around0(double... precisions) {
        return LogisticPosterior.prior(new double[precisions.length], precisions);
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void refuses(Runnable what, String named) {
        assertThatIllegalArgumentException().isThrownBy(what::run).withMessageContaining(named);
    }
}
