package dev.bandolier.bandits.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogitBetaTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0.5, 0.5",
        "1, 49",
        "49, 1",
        "13, 188",
        "0.01, 3",
        "1, 1e-6",
        "1e-9, 1",
        "19.9, 20.1",
        "50001, 950001",
        "1e7, 1e7",
        "1e7, 3",
        "3, 1e7",
        "1e7, 9e7",
        "0.015, 1e9",
        "1e6, 1e-3",
    })
    void at_wholeWindow_integratesToTheDistributionFunction(double a, double b) {
        LogitBeta belief = new LogitBeta(a, b);
        double sum = 0;
        for (double z = belief.lower(); z < belief.upper(); z += belief.grain(z)) {
            double to = z + belief.grain(z);
            sum += integral(belief, z, to);
            assertThat(sum).as("at %s", to).isCloseTo(belief.cumulative(to), within(1e-9));
        }
        assertThat(sum).isCloseTo(1, within(2e-12));
    }

    /// Computed with 40 digits: by quadrature, and for the integer shape 3 by the binomial sum.
    @ParameterizedTest
    @CsvSource({
        "1e7, 9e7, -2.197391244002885, 0.308572746877440667",
        "1e7, 1e7, -0.001118033988749895, 0.00620966701470100991",
        "3, 1e7, -14.730808184394139, 0.762478406010519306",
        "0.5, 0.5, 23.587364584293148, 0.999995192171338314",
    })
    void at_manyDigits_integratesToThem(double a, double b, double z, double expected) {
        LogitBeta belief = new LogitBeta(a, b);
        double sum = 0;
        double from = belief.lower();
        while (from < z) {
            double to = Math.min(z, from + belief.grain(from));
            sum += integral(belief, from, to);
            from = to;
        }
        assertThat(sum).isCloseTo(expected, within(2e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.5, 0.5", "1, 49", "49, 1", "13, 188", "50001, 950001", "1e7, 1e7", "3, 1e7", "1e7, 3"})
    void window_bothEnds_leaveOutLessThanTheTail(double a, double b) {
        LogitBeta belief = new LogitBeta(a, b);
        double odds = Math.exp(belief.lower());
        double inverseOdds = Math.exp(-belief.upper());

        assertThat(RegularizedBeta.value(odds / (1 + odds), a, b)).isLessThanOrEqualTo(Density.TAIL);
        assertThat(RegularizedBeta.value(inverseOdds / (1 + inverseOdds), b, a)).isLessThanOrEqualTo(Density.TAIL);
    }

    @Test
    void at_uniformRate_isTheLogisticDensity() {
        LogitBeta belief = new LogitBeta(1, 1);
        for (double z = -30; z <= 30; z += 0.5) {
            double x = 1 / (1 + Math.exp(-z));

            assertThat(belief.at(z)).isCloseTo(x / (1 + Math.exp(z)), within(1e-15));
            assertThat(belief.cumulative(z)).isCloseTo(x, within(1e-15));
        }
    }

    @Test
    void at_shapesSwapped_isMirrored() {
        LogitBeta belief = new LogitBeta(3, 70);
        LogitBeta mirrored = new LogitBeta(70, 3);

        assertThat(mirrored.at(2.5)).isCloseTo(belief.at(-2.5), within(1e-15));
        assertThat(mirrored.cumulative(2.5)).isCloseTo(1 - belief.cumulative(-2.5), within(1e-15));
        assertThat(mirrored.upper()).isCloseTo(-belief.lower(), within(1e-12));
    }

    private static double integral(LogitBeta belief, double from, double to) {
        double[] at = new double[GaussLegendre.NODES];
        double half = (to - from) / 2;
        for (int i = 0; i < at.length; i++) {
            at[i] = belief.at(from + half * (1 + GaussLegendre.node(i)));
        }
        return half * GaussLegendre.integral(at);
    }
}
