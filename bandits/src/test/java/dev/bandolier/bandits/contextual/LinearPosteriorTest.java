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

final class LinearPosteriorTest {

    @Test
    void after_golden_agrees() {
        Golden golden = Golden.named("bayes_linear_posterior");
        JsonNode units = golden.inputs().required("X");
        double[] rewards = golden.inputList("y");
        LinearPosterior posterior =
                around0(each(units.get(0).size(), golden.input("prior_precision")), golden.input("noise_var"));
        for (int n = 0; n < rewards.length; n++) {
            posterior = posterior.after(Golden.numbers(units.get(n)), rewards[n], 1);
        }
        Score score = posterior.score(golden.inputList("x_query"));

        Matrices.check(golden, "mean", posterior.mean());
        Matrices.check(golden, "cov", posterior.covariance());
        golden.check("pred_mean", score.mean());
        golden.check("pred_var", score.variance());
    }

    /// A thousand rank-1 updates against the normal equations, solved once.
    @ParameterizedTest(name = "{0} features")
    @ValueSource(ints = {1, 5, 64})
    void after_unitByUnit_isTheBatch(int features) {
        RandomGenerator random = new SplittableRandom(features);
        LinearPosterior posterior = around0(each(features, 2), 0.7);
        double[][] precision = Cholesky.diagonal(each(features, 2)).matrix();
        double[] information = new double[features];
        for (int n = 0; n < 1000; n++) {
            double[] x = random.doubles(features, -1, 1).toArray();
            double reward = random.nextGaussian();
            double weight = random.nextDouble();
            posterior = posterior.after(x, reward, weight);
            for (int i = 0; i < features; i++) {
                information[i] += weight * x[i] * reward / 0.7;
                for (int j = 0; j < features; j++) {
                    precision[i][j] += weight * x[i] * x[j] / 0.7;
                }
            }
        }

        Cholesky batch = Cholesky.of(precision);
        assertThat(posterior.mean()).containsExactly(batch.solve(information), within(1e-9));
        for (int i = 0; i < features; i++) {
            assertThat(posterior.covariance()[i]).containsExactly(batch.inverse()[i], within(1e-9));
        }
    }

    @Test
    void after_weight_countsAsSoManyUnits() {
        LinearPosterior prior = around0(each(2, 1), 0.5);
        double[] x = {1, 0.3};
        Score thrice = prior.after(x, 0.2, 1).after(x, 0.2, 1).after(x, 0.2, 1).score(x);
        Score atOnce = prior.after(x, 0.2, 3).score(x);

        assertThat(atOnce.mean()).isCloseTo(thrice.mean(), within(1e-14));
        assertThat(atOnce.variance()).isCloseTo(thrice.variance(), within(1e-14));
        assertThat(prior.after(x, 0.2, 0).score(x)).isEqualTo(prior.score(x));
    }

    @Test
    void score_nothingLearned_isThePrior() {
        Score score = LinearPosterior.prior(new double[] {0.1, 0.2, 7}, new double[] {4, 8, 2}, 1)
                .score(new double[] {1, 2, 0});

        assertThat(score.mean()).isCloseTo(0.5, within(1e-14));
        assertThat(score.variance()).isCloseTo(0.75, within(1e-14));
        assertThat(score.sd()).isEqualTo(Math.sqrt(score.variance()));
    }

    @Test
    void prior_outOfRange_refusesNamingIt() {
        refuses(() -> around0(each(65, 1), 1), "64 features, not 65");
        refuses(() -> around0(each(0, 1), 1), "not 0");
        refuses(() -> around0(each(2, 0), 1), "prior precision 0.0");
        refuses(() -> LinearPosterior.prior(new double[3], each(2, 1), 1), "3 features for a model of 2");
        refuses(() -> around0(each(2, 1), Double.NaN), "noise variance NaN");
    }

    @Test
    void after_observationThatDoesNotFit_refusesNamingIt() {
        LinearPosterior prior = around0(each(2, 1), 1);

        refuses(() -> prior.after(new double[3], 1, 1), "3 features for a model of 2");
        refuses(() -> prior.after(new double[] {1, Double.NaN}, 1, 1), "feature 1 is NaN");
        refuses(() -> prior.after(new double[2], Double.POSITIVE_INFINITY, 1), "reward Infinity");
        refuses(() -> prior.after(new double[2], 1, -1), "weight -1.0");
        refuses(() -> prior.score(new double[1]), "1 features for a model of 2");
    }

    private static LinearPosterior around0(double[] precisions, double noiseVariance) {
        return LinearPosterior.prior(new double[precisions.length], precisions, noiseVariance);
    }

    private static double[] each(int features, double precision) {
        double[] precisions = new double[features];
        Arrays.fill(precisions, precision);
        return precisions;
    }

    private static void refuses(Runnable what, String named) {
        assertThatIllegalArgumentException().isThrownBy(what::run).withMessageContaining(named);
    }
}
