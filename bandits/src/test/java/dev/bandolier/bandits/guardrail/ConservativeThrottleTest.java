package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Golden;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The strict mode against reference numbers, and its exact solution against a scan of what it defines.
final class ConservativeThrottleTest {

    private static final double[] EVEN = {0.2, 0.4, 0.4};

    @ParameterizedTest
    @MethodSource("cases")
    void rho_golden_agrees(Golden golden) {
        double[] exposures = golden.inputList("N");
        double[] lower = golden.inputList("lcb");
        Interval control = new Interval(golden.input("lcb0"), golden.input("ucb0"));

        golden.check(
                "budget",
                ConservativeThrottle.of(exposures, lower, 0, control, golden.input("delta"))
                        .budget());
        golden.check(
                "rho",
                ConservativeThrottle.rho(
                        exposures,
                        lower,
                        golden.input("ucb0"),
                        golden.input("lcb0"),
                        golden.input("delta"),
                        golden.inputList("pi"),
                        golden.input("batch")));
    }

    static Stream<Golden> cases() {
        return Golden.startingWith("conservative_throttle_");
    }

    /// Random cases, seed 5, against the definition on a grid of 10,000 rates: the largest that is safe.
    @Test
    void rho_randomCases_isTheLargestSafeRate() {
        SplittableRandom random = new SplittableRandom(5);
        int partial = 0;
        for (int i = 0; i < 300; i++) {
            double[] exposures = {random.nextDouble(20_000), random.nextDouble(2_000), random.nextDouble(2_000)};
            double[] lower = {0, random.nextDouble(0.05), random.nextDouble(0.05)};
            double lower0 = 0.03 + random.nextDouble(0.02);
            double upper0 = lower0 + random.nextDouble(0.03);
            double batch = random.nextDouble(30_000);

            double rho = ConservativeThrottle.rho(exposures, lower, upper0, lower0, 0.05, EVEN, batch);

            assertThat(rho).isCloseTo(scanned(exposures, lower, upper0, lower0, batch), within(1e-4));
            partial += rho > 0 && rho < 1 ? 1 : 0;
        }
        assertThat(partial).isGreaterThan(100);
    }

    private static double scanned(double[] exposures, double[] lower, double upper0, double lower0, double batch) {
        double best = 0;
        for (int step = 0; step <= 10_000; step++) {
            double rho = step / 10_000.0;
            double earned = 0;
            for (int arm = 1; arm < 3; arm++) {
                earned += (exposures[arm] + batch * rho * EVEN[arm]) * lower[arm];
            }
            double all = exposures[0] + exposures[1] + exposures[2] + batch;
            double surplus = exposures[0] + batch * (1 - rho + rho * EVEN[0]) - 0.95 * all;
            best = earned + surplus * (surplus >= 0 ? lower0 : upper0) >= 0 ? rho : best;
        }
        return best;
    }

    @Test
    void rho_withoutAnyEvidence_letsAFractionOfDeltaLeaveControl() {
        double rho = ConservativeThrottle.rho(new double[3], new double[3], 1, 0, 0.05, EVEN, 1_000);

        assertThat(rho * (1 - EVEN[0])).isCloseTo(0.05, within(1e-12));
    }

    @Test
    void rate_whereControlIsNotTheFirst_isTheSame() {
        double[] shares = {0.4, 0.4, 0.2};
        ConservativeThrottle last = ConservativeThrottle.of(
                new double[] {500, 500, 20_000}, new double[] {0.025, 0.03, 0}, 2, new Interval(0.048, 0.052), 0.05);

        assertThat(last.budget()).isCloseTo(29.9, within(1e-9));
        assertThat(last.rate(shares, 2_000)).isCloseTo(0.9005102040816316, within(1e-9));
    }

    @Test
    void rate_ofAnEmptyBatch_isAllOrNothing() {
        ConservativeThrottle safe =
                ConservativeThrottle.of(new double[] {100, 0, 0}, new double[3], 0, new Interval(0.01, 0.1), 0.05);
        ConservativeThrottle unsafe =
                ConservativeThrottle.of(new double[] {100, 50, 0}, new double[3], 0, new Interval(0.01, 0.1), 0.05);

        assertThat(safe.rate(EVEN, 0)).isEqualTo(1);
        assertThat(unsafe.rate(EVEN, 0)).isZero();
    }

    @Test
    void of_nonsense_isRefused() {
        Interval bounds = new Interval(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConservativeThrottle.of(new double[2], new double[3], 0, bounds, 0.05));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConservativeThrottle.of(new double[2], new double[2], 2, bounds, 0.05));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConservativeThrottle.of(new double[2], new double[2], 0, bounds, 1));
    }
}
