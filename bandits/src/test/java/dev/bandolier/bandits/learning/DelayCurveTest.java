package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Golden;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DelayCurveTest {

    private static final double HOUR = 3600;
    private static final double DAY = 24 * HOUR;
    private static final Duration WEEK = Duration.ofDays(7);
    private static final DelayBins BINS = DelayBins.of(WEEK);

    @Test
    void exponential_golden_agrees() {
        Golden golden = Golden.named("maturity_effective_exposures");
        DelayCurve curve = exponential(golden.input("mean_hours"), golden.input("window_hours"));

        double[] tau = taus(curve, golden.inputList("ages_hours"));
        double[] wanted = Golden.numbers(golden.expected().required("tau"));
        for (int i = 0; i < tau.length; i++) {
            assertThat(Math.abs(tau[i] - wanted[i])).isLessThanOrEqualTo(golden.abs() + golden.rel() * wanted[i]);
        }
        golden.check("N_eff", effective(tau, golden.inputList("exposures")));
    }

    @Test
    void maturity_golden_agrees() {
        Golden golden = Golden.named("maturity_posterior");
        double[] tau = taus(exponential(golden.input("delay_mean"), golden.input("window")), golden.inputList("ages"));
        double[] exposures = golden.inputList("exposures");
        double conversions = Arrays.stream(golden.inputList("conversions")).sum();
        double[] shapes = golden.inputList("prior");
        BetaPosterior prior = new BetaPosterior(shapes[0], shapes[1]);

        BetaPosterior posterior = prior.after(conversions, effective(tau, exposures));
        golden.check("beta_alpha", posterior.alpha());
        golden.check("beta_beta", posterior.beta());
        golden.check("mean", posterior.mean());
        golden.check("sd", Math.sqrt(posterior.variance()));
        golden.check(
                "naive_immediate_mean",
                prior.after(conversions, Arrays.stream(exposures).sum()).mean());
    }

    /// The likelihood that the effective exposures stand for, `theta^S prod (1 - theta tau_i)` over those that did not
    /// convert, summed up on a grid.
    @Test
    void maturity_fullCensoredLikelihood_isNextToThePosterior() {
        Golden golden = Golden.named("maturity_posterior");
        double[] tau = taus(exponential(golden.input("delay_mean"), golden.input("window")), golden.inputList("ages"));
        double[] exposures = golden.inputList("exposures");
        double[] conversions = golden.inputList("conversions");
        double[] sums = new double[3];
        for (double theta = 0.5e-6; theta < 0.2; theta += 1e-6) {
            double log = (golden.inputList("prior")[1] - 1) * Math.log1p(-theta);
            for (int i = 0; i < tau.length; i++) {
                log += conversions[i] * Math.log(theta) + (exposures[i] - conversions[i]) * Math.log1p(-theta * tau[i]);
            }
            double weight = Math.exp(log + 75);
            sums[0] += weight;
            sums[1] += weight * theta;
            sums[2] += weight * theta * theta;
        }
        double mean = sums[1] / sums[0];
        double deviation = Math.sqrt(sums[2] / sums[0] - mean * mean);
        BetaPosterior posterior = new BetaPosterior(1, 49).after(18, effective(tau, exposures));

        golden.check("exact_mean", mean);
        golden.check("exact_sd", deviation);
        assertThat(posterior.mean()).isCloseTo(mean, withinPercentage(0.1));
        assertThat(Math.sqrt(posterior.variance())).isCloseTo(deviation, withinPercentage(0.3));
    }

    @Test
    void of_fewerThanTwoHundredConversions_isWhatWasConfigured() {
        DelayCurve curve =
                DelayCurve.of(WEEK, Optional.of(Duration.ofHours(5)), List.of(cohort(30 * DAY, 30, 100, 40, 99)));

        assertThat(curve.estimated()).isFalse();
        assertThat(curve.conversions()).isZero();
        assertThat(curve.tau(5 * HOUR)).isCloseTo(0.5, within(1e-6));
        assertThat(curve.median().orElseThrow()).isCloseTo(Duration.ofHours(5), Duration.ofSeconds(1));
    }

    @Test
    void of_twoHundredConversions_isEstimated() {
        DelayCurve curve = DelayCurve.of(WEEK, Optional.empty(), List.of(cohort(30 * DAY, 30, 100, 40, 100)));

        assertThat(curve.estimated()).isTrue();
        assertThat(curve.conversions()).isEqualTo(200);
        assertThat(curve.tau(BINS.upper(30))).isCloseTo(0.5, within(0.05));
    }

    /// A fourteenth of the window, doubled.
    @Test
    void of_nothingConfigured_overEstimatesTheDelay() {
        DelayCurve curve = DelayCurve.of(WEEK, Optional.empty(), List.of());

        assertThat(curve.tau(DAY)).isCloseTo(0.5 / (1 - Math.pow(0.5, 7)), within(1e-9));
    }

    /// Half of the conversions of a day came in its first hours. That is half of what a day brings, not half of all.
    @Test
    void estimated_experimentYoungerThanTheWindow_keepsWhatWasBelievedBeyondItsAge() {
        DelayCurve before = DelayCurve.exponential(Duration.ofDays(1), WEEK);
        DelayCurve curve = DelayCurve.estimated(BINS, List.of(cohort(DAY, 30, 50_000, 52, 50_000)), before);

        int seen = BINS.within(DAY);
        assertThat(curve.tau(BINS.upper(30))).isCloseTo(before.tau(BINS.lower(seen)) / 2, within(0.001));
        for (int bin = seen; bin < DelayBins.COUNT; bin++) {
            assertThat(curve.tau(BINS.upper(bin))).isCloseTo(before.tau(BINS.upper(bin)), within(1e-9));
        }
        assertThat(before.tau(DAY)).isLessThan(0.51);
        assertThat(DelayCurve.estimated(BINS, List.of(cohort(DAY / 2, 30, 50_000, 32, 50_000)), before)
                        .median())
                .isEmpty();
    }

    @Test
    void tau_anyCurve_ascendsFromZeroToOne() {
        DelayCurve before = DelayCurve.exponential(Duration.ofHours(3), WEEK);
        List<DelayCurve> curves = List.of(
                before,
                DelayCurve.estimated(BINS, List.of(), before),
                DelayCurve.estimated(BINS, List.of(cohort(-5, 3, 7, 9, 1), cohort(DAY, 0, 2, 63, 9)), before),
                DelayCurve.estimated(BINS, List.of(cohort(90 * DAY, 0, 5000, 63, 1)), before),
                DelayCurve.exponential(Duration.ofNanos(1), WEEK),
                DelayCurve.exponential(Duration.ofDays(400), WEEK));
        for (DelayCurve curve : curves) {
            double last = 0;
            for (double age = 1e-3; age < 20 * DAY; age *= 1.05) {
                assertThat(curve.tau(age)).isBetween(last, 1.0);
                last = curve.tau(age);
            }
            assertThat(curve.tau(0)).isZero();
            assertThat(curve.tau(-1)).isZero();
            assertThat(curve.tau(7 * DAY)).isOne();
            assertThat(curve.tau(Double.POSITIVE_INFINITY)).isOne();
        }
    }

    @Test
    void exponential_noTime_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> DelayCurve.exponential(Duration.ZERO, WEEK));
    }

    private static DelayCurve.Cohort cohort(double ageSeconds, int bin, long conversions, int other, long more) {
        long[] byBin = new long[DelayBins.COUNT];
        byBin[bin] = conversions;
        byBin[other] = more;
        return new DelayCurve.Cohort(ageSeconds, byBin);
    }

    private static DelayCurve exponential(double meanHours, double windowHours) {
        Duration median = Duration.ofNanos(Math.round(meanHours * HOUR * Math.log(2) * 1e9));
        return DelayCurve.exponential(median, Duration.ofSeconds((long) (windowHours * HOUR)));
    }

    private static double[] taus(DelayCurve curve, double[] ageHours) {
        return Arrays.stream(ageHours).map(age -> curve.tau(age * HOUR)).toArray();
    }

    private static double effective(double[] tau, double[] exposures) {
        double sum = 0;
        for (int i = 0; i < tau.length; i++) {
            sum += tau[i] * exposures[i];
        }
        return sum;
    }
}
