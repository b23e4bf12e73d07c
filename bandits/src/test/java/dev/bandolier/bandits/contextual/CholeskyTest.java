package dev.bandolier.bandits.contextual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CholeskyTest {

    @ParameterizedTest(name = "size {0}")
    @MethodSource("sizes")
    void plus_manyVectors_isTheFactorOfTheSum(int size) {
        RandomGenerator random = new SplittableRandom(size);
        double[][] sum = new double[size][size];
        for (int i = 0; i < size; i++) {
            sum[i][i] = 0.5;
        }
        Cholesky factor = diagonal(size, 0.5);
        for (int n = 0; n < 3 * size; n++) {
            double[] v = random.doubles(size, -2, 2).toArray();
            factor = factor.plus(v);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    sum[i][j] += v[i] * v[j];
                }
            }
        }

        Cholesky batch = Cholesky.of(sum);
        double[] b = random.doubles(size).toArray();
        assertThat(factor.solve(b)).containsExactly(batch.solve(b), within(1e-9));
        for (int i = 0; i < size; i++) {
            assertThat(factor.matrix()[i]).containsExactly(sum[i], within(1e-9));
            assertThat(factor.inverse()[i]).containsExactly(batch.inverse()[i], within(1e-9));
        }
    }

    @ParameterizedTest(name = "size {0}")
    @MethodSource("sizes")
    void solve_anyVector_undoesTimes(int size) {
        RandomGenerator random = new SplittableRandom(size);
        Cholesky factor = diagonal(size, 2);
        for (int n = 0; n < size; n++) {
            factor = factor.plus(random.doubles(size, -1, 1).toArray());
        }
        double[] v = random.doubles(size, -1, 1).toArray();

        assertThat(factor.solve(factor.times(v))).containsExactly(v, within(1e-11));
    }

    @Test
    void plus_anyVector_leavesTheOriginal() {
        Cholesky original = Cholesky.diagonal(new double[] {4, 4});
        double[] v = {1, 2};
        double[][] updated = original.plus(v).matrix();

        assertThat(updated[0]).containsExactly(new double[] {5, 2}, within(1e-14));
        assertThat(updated[1]).containsExactly(new double[] {2, 8}, within(1e-14));
        assertThat(original.matrix()[0]).containsExactly(4, 0);
        assertThat(v).containsExactly(1, 2);
    }

    @Test
    void of_notPositiveDefinite_refusesNamingThePivot() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}))
                .withMessageContaining("pivot 1 is -3.0");
    }

    private static Cholesky diagonal(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return Cholesky.diagonal(values);
    }

    static IntStream sizes() {
        return IntStream.of(1, 2, 3, 8, 64);
    }
}
