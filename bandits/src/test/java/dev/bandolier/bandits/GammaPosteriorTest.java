package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class GammaPosteriorTest {

    @ParameterizedTest
    @MethodSource("quantiles")
    void quantile_golden_agrees(Golden golden) {
        GammaPosterior posterior = new GammaPosterior(golden.input("shape"), golden.input("rate"));
        golden.check(
                Arrays.stream(golden.inputList("q")).map(posterior::quantile).toArray());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void above_golden_agrees(Golden golden) {
        GammaPosterior one = new GammaPosterior(golden.input("shape1"), golden.input("rate1"));
        GammaPosterior other = new GammaPosterior(golden.input("shape2"), golden.input("rate2"));

        golden.check(one.above(other));
        golden.check(1 - other.above(one));
    }

    @Test
    void unitSuccess_anyBaseline_isOneCountAtThatRate() {
        GammaPosterior prior = GammaPosterior.unitSuccess(0.4);

        assertThat(prior).isEqualTo(new GammaPosterior(1, 2.5));
        assertThat(prior.mean()).isCloseTo(0.4, within(1e-15));
    }

    @Test
    void after_counts_addsThemAndTheirExposures() {
        GammaPosterior posterior = GammaPosterior.unitSuccess(0.5).after(30, 98);

        assertThat(posterior).isEqualTo(new GammaPosterior(31, 100));
        assertThat(posterior.mean()).isCloseTo(0.31, within(1e-15));
        assertThat(posterior.variance()).isCloseTo(0.0031, within(1e-15));
    }

    @Test
    void after_countsThatScatter_keepsTheMeanAndWidens() {
        GammaPosterior poisson = new GammaPosterior(1, 2).after(3000, 6000);
        GammaPosterior scattered = new GammaPosterior(1, 2).after(3000, 6000, new Dispersion(4));

        assertThat(scattered).isEqualTo(new GammaPosterior(751, 1502));
        assertThat(scattered.mean()).isCloseTo(poisson.mean(), within(1e-15));
        assertThat(scattered.variance() / poisson.variance()).isCloseTo(4, within(0.01));
    }

    @Test
    void warmedBy_longHistory_countsAsMuchAsAllowed() {
        GammaPosterior prior = GammaPosterior.unitSuccess(0.5);

        assertThat(prior.warmedBy(3000, 10_000, 0.5, 1000)).isEqualTo(new GammaPosterior(301, 1002));
        assertThat(prior.warmedBy(30, 100, 0.5, 1000)).isEqualTo(new GammaPosterior(16, 52));
        assertThat(prior.warmedBy(0, 0, 0.5, 0)).isEqualTo(prior);
    }

    @Test
    void warmedBy_discountAboveOne_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GammaPosterior.unitSuccess(0.5).warmedBy(1, 2, 1.5, 10))
                .withMessageContaining("discount 1.5");
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "31, 1000", "0.5, 0.01", "1e7, 2e7"})
    void cdf_ofTheQuantile_isTheProbability(double shape, double rate) {
        GammaPosterior posterior = new GammaPosterior(shape, rate);
        for (double p : new double[] {1e-6, 0.025, 0.5, 0.975, 1 - 1e-6}) {
            assertThat(posterior.cdf(posterior.quantile(p))).isCloseTo(p, within(1e-8));
        }
        assertThat(posterior.cdf(-1)).isZero();
        assertThat(posterior.cdf(0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "NaN, 1", "1, Infinity"})
    void constructor_numbersNotPositiveAndFinite_refusesNamingThem(double shape, double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GammaPosterior(shape, rate))
                .withMessageContaining("Gamma(" + shape + ", " + rate + ")");
    }

    /// Counts 0, 0, 3, 1, 6: mean 2, variance 26/4.
    @Test
    void dispersion_countsThatScatter_isVarianceOverMean() {
        Dispersion dispersion = Dispersion.of(5, 10, 46);

        assertThat(dispersion.phi()).isCloseTo(3.25, within(1e-15));
        assertThat(dispersion.weight()).isCloseTo(1 / 3.25, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 7, 49", "100, 0, 0"})
    void dispersion_nothingToMeasure_isPoisson(double units, double sum, double sumSquares) {
        assertThat(Dispersion.of(units, sum, sumSquares)).isEqualTo(new Dispersion(1));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.7, 1", "1.2, 1", "1.25, 0.8"})
    void dispersion_upToTheTolerated_takesNothingAway(double phi, double weight) {
        assertThat(new Dispersion(phi).weight()).isCloseTo(weight, within(1e-15));
    }

    @Test
    void dispersion_negative_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Dispersion(-0.5))
                .withMessageContaining("-0.5");
    }

    static Stream<Golden> quantiles() {
        return Golden.startingWith("gamma_quantiles_");
    }

    static Stream<Golden> pairs() {
        return Golden.startingWith("gamma_prob_greater_");
    }
}
