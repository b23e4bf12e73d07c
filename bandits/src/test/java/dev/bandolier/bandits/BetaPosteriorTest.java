package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BetaPosteriorTest {

    @ParameterizedTest
    @MethodSource("quantiles")
    void quantile_golden_agrees(Golden golden) {
        golden.check(Arrays.stream(golden.inputList("q"))
                .map(posterior(golden)::quantile)
                .toArray());
    }

    @ParameterizedTest
    @MethodSource("moments")
    void moments_golden_agree(Golden golden) {
        golden.check("mean", posterior(golden).mean());
        golden.check("var", posterior(golden).variance());
    }

    @ParameterizedTest
    @MethodSource("cdfs")
    void cdf_golden_agrees(Golden golden) {
        golden.check(posterior(golden).cdf(golden.input("x")));
    }

    @Test
    void unitSuccess_golden_agrees() {
        Golden golden = Golden.named("beta_unit_success_prior");
        BetaPosterior prior = BetaPosterior.unitSuccess(golden.input("m0"));
        golden.check("prior_alpha", prior.alpha());
        golden.check("prior_beta", prior.beta());

        BetaPosterior posterior = prior.after(golden.input("successes"), golden.input("trials"));
        golden.check("alpha", posterior.alpha());
        golden.check("beta", posterior.beta());
        golden.check("mean", posterior.mean());
    }

    @Test
    void warmedBy_golden_agrees() {
        Golden golden = Golden.named("beta_power_prior_warm_start");
        BetaPosterior warmed = BetaPosterior.unitSuccess(golden.input("m0"))
                .warmedBy(
                        golden.input("hist_successes"),
                        golden.input("hist_trials"),
                        golden.input("discount"),
                        golden.input("max_effective_trials"));
        golden.check("alpha", warmed.alpha());
        golden.check("beta", warmed.beta());
    }

    @Test
    void warmedBy_emptyHistory_changesNothing() {
        BetaPosterior prior = BetaPosterior.unitSuccess(0.02);

        assertThat(prior.warmedBy(0, 0, 0.5, 1000)).isEqualTo(prior);
    }

    @Test
    void after_moreConversionsThanExposures_neverTakesFailuresAway() {
        assertThat(new BetaPosterior(1, 49).after(3, 2)).isEqualTo(new BetaPosterior(4, 49));
    }

    @Test
    void cdf_outsideTheUnitInterval_isZeroOrOne() {
        BetaPosterior posterior = new BetaPosterior(2, 3);

        assertThat(posterior.cdf(-0.1)).isZero();
        assertThat(posterior.cdf(0)).isZero();
        assertThat(posterior.cdf(1)).isOne();
        assertThat(posterior.cdf(7)).isOne();
    }

    @Test
    void variance_hugeShapes_staysFinite() {
        assertThat(new BetaPosterior(1e200, 1e200).variance()).isBetween(0.0, 1e-200);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "NaN, 1", "1, Infinity"})
    void constructor_shapesNotPositiveAndFinite_refusesNamingThem(double alpha, double beta) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BetaPosterior(alpha, beta))
                .withMessageContaining("Beta(" + alpha + ", " + beta + ")");
    }

    static Stream<Golden> quantiles() {
        return Golden.startingWith("beta_quantiles_");
    }

    static Stream<Golden> moments() {
        return Golden.startingWith("beta_moments_");
    }

    static Stream<Golden> cdfs() {
        return Golden.startingWith("beta_cdf_");
    }

    private static BetaPosterior posterior(Golden golden) {
        return new BetaPosterior(golden.input("alpha"), golden.input("beta"));
    }
}
