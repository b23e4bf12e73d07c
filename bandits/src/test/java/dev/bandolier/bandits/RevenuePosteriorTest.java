package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RevenuePosteriorTest {

    @Test
    void after_golden_agrees() {
        Golden golden = Golden.named("hurdle_beta_gamma_update");
        double k = golden.input("shape_k");
        RevenuePosterior prior = new RevenuePosterior(
                BetaPosterior.unitSuccess(golden.input("m0_conv")),
                OrderValuePosterior.prior(k, golden.input("n0"), golden.input("m0_value")));
        List<RevenuePosterior> posteriors = new ArrayList<>();
        for (JsonNode arm : golden.inputs().required("arms")) {
            posteriors.add(prior.after(
                    k,
                    arm.required("S").asDouble(),
                    arm.required("N").asDouble(),
                    arm.required("V").asDouble()));
        }

        golden.check(
                "value_mean",
                posteriors.stream().mapToDouble(each -> each.value().mean()).toArray());
        for (int i = 0; i < posteriors.size(); i++) {
            RevenuePosterior posterior = posteriors.get(i);
            Golden params = golden.within("params", i);
            params.check("alpha", posterior.rate().alpha());
            params.check("beta", posterior.rate().beta());
            params.check("A", posterior.value().shape());
            params.check("B", posterior.value().scale());
            Golden revenue = golden.within("rpv", i);
            revenue.check("mean", posterior.mean());
            revenue.check("var", posterior.variance());
        }
    }

    @Test
    void warmedBy_longHistory_weighsRateAndValueAlike() {
        RevenuePosterior prior = prior();

        assertThat(prior.warmedBy(2, 300, 10_000, 15_000, 0.5, 1000)).isEqualTo(prior.after(2, 30, 1000, 1500));
        assertThat(prior.value().warmedBy(2, 300, 15_000, 0.5, 30))
                .isEqualTo(prior.value().after(2, 30, 1500));
        assertThat(prior.warmedBy(2, 0, 0, 0, 0.5, 1000)).isEqualTo(prior);
    }

    @Test
    void warmedBy_negativeDiscount_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prior().warmedBy(2, 1, 2, 3, -0.5, 10))
                .withMessageContaining("discount -0.5");
    }

    @Test
    void after_moreRefundsThanOrders_keepsThePriorValue() {
        OrderValuePosterior prior = prior().value();

        assertThat(prior.after(2, 1, -40).scale()).isEqualTo(prior.scale());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 49, 4.5, 200",
        "1, 49, 101, 5000",
        "301, 9732, 213, 10806",
        "0.5, 0.5, 3, 100",
        "20, 0.1, 15, 900",
        "100001, 9900001, 5001, 250000",
        "1e6, 9e6, 2e7, 1e9",
    })
    void cdf_ofTheQuantile_isTheProbability(double alpha, double beta, double shape, double scale) {
        RevenuePosterior posterior =
                new RevenuePosterior(new BetaPosterior(alpha, beta), new OrderValuePosterior(shape, scale));
        for (double p : new double[] {1e-6, 0.025, 0.5, 0.975, 1 - 1e-6}) {
            assertThat(posterior.cdf(posterior.quantile(p))).isCloseTo(p, within(1e-11));
        }
        assertThat(posterior.quantile(0)).isZero();
        assertThat(posterior.quantile(1)).isInfinite();
        assertThat(posterior.cdf(0)).isZero();
        assertThat(posterior.cdf(-3)).isZero();
        assertThat(posterior.cdf(1e300)).isOne();
    }

    @Test
    void quantile_probabilityOutOfRange_refusesNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prior().quantile(1.5))
                .withMessageContaining("1.5");
    }

    @Test
    void orderValue_cdfOfTheQuantile_isTheProbability() {
        OrderValuePosterior posterior = new OrderValuePosterior(46, 2264);
        for (double p : new double[] {1e-6, 0.025, 0.5, 0.975, 1 - 1e-6}) {
            assertThat(posterior.cdf(posterior.quantile(p))).isCloseTo(p, within(1e-9));
        }
        assertThat(posterior.cdf(0)).isZero();
        assertThat(posterior.variance()).isCloseTo(posterior.mean() * posterior.mean() / 44, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "3, 0", "NaN, 1", "3, Infinity"})
    void orderValue_numbersOutOfRange_refusesNamingThem(double shape, double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OrderValuePosterior(shape, scale))
                .withMessageContaining("InvGamma(" + shape + ", " + scale + ")");
    }

    @Test
    void normalInverseGamma_golden_agrees() {
        Golden golden = Golden.named("nig_update");
        NormalInverseGamma posterior = new NormalInverseGamma(
                        golden.input("mu0"), golden.input("kappa0"), golden.input("a0"), golden.input("b0"))
                .after(golden.input("n"), golden.input("sum"), golden.input("sum_sq"));

        golden.check("mu", posterior.mu());
        golden.check("kappa", posterior.kappa());
        golden.check("a", posterior.a());
        golden.check("b", posterior.b());
        golden.check("t_df", posterior.degrees());
        golden.check("t_scale", posterior.scale());
        golden.check("q025", posterior.quantile(0.025));
        golden.check("q975", posterior.quantile(0.975));
    }

    @ParameterizedTest
    @CsvSource({"NaN, 1, 1, 1", "0, 0, 1, 1", "0, 1, -1, 1", "0, 1, 1, Infinity"})
    void normalInverseGamma_numbersOutOfRange_refuses(double mu, double kappa, double a, double b) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalInverseGamma(mu, kappa, a, b))
                .withMessageContaining("NormalInverseGamma(" + mu + ", " + kappa);
    }

    private static RevenuePosterior prior() {
        return new RevenuePosterior(BetaPosterior.unitSuccess(0.03), OrderValuePosterior.prior(2, 5, 50));
    }

    @Test
    void quantiles_atOnce_areThoseOneByOne() {
        RevenuePosterior posterior =
                new RevenuePosterior(new BetaPosterior(30, 970), new OrderValuePosterior(40, 200_000));

        assertThat(posterior.quantiles(0, 0.025, 0.975))
                .containsExactly(posterior.quantile(0), posterior.quantile(0.025), posterior.quantile(0.975));
    }
}
