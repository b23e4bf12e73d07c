package dev.bandolier.bandits.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tabulated densities against distribution functions that are computed in another way.
final class LogRevenueTest {

    /// The oracle integrates over the rate alone: P(p m <= x) = E\[P(G >= scale p / x)] with G from Gamma(shape, 1).
    @ParameterizedTest
    @CsvSource({
        "1, 49, 2.5",
        "1, 49, 101",
        "1, 0.111, 2.5",
        "0.5, 0.5, 3",
        "2, 1, 500",
        "11, 0.111, 4.5",
        "3, 200, 4.5",
        "31, 970, 25",
        "301, 9732, 213",
        "1000, 0.5, 300",
        "100001, 9900001, 5001",
        "1e6, 9e6, 1e5",
        "1e6, 1e7, 2e7",
        "1, 1e7, 3",
    })
    void cumulative_manyShapes_agreesWithTheExpectationOverTheRate(double alpha, double beta, double shape) {
        LogRevenue belief = new LogRevenue(alpha, beta, shape, 50);
        for (double p : new double[] {1e-9, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1 - 1e-6, 1 - 1e-9}) {
            double z = belief.quantile(p);

            assertThat(belief.cumulative(z)).isCloseTo(p, within(1e-12));
            assertThat(expectation(alpha, beta, shape, 50 * Math.exp(-z))).isCloseTo(p, within(1e-9));
        }
    }

    /// A rate without doubt leaves the order value, whose distribution function is at hand.
    @Test
    void cumulative_certainRate_isThatOfTheOrderValue() {
        LogRevenue belief = new LogRevenue(1e12, 1e12, 4, 60);
        for (double x = 2; x < 100; x *= 1.3) {
            double exact = RegularizedGamma.Q.value(4, 60 / (2 * x));
            assertThat(belief.cumulative(Math.log(x))).isCloseTo(exact, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 49, 2.5", "1, 0.111, 2.5", "2, 1, 500", "301, 9732, 213", "1e6, 1e7, 2e7", "0.01, 3, 2.5"})
    void at_wholeWindow_integratesToTheDistributionFunction(double alpha, double beta, double shape) {
        integratesToItself(new LogRevenue(alpha, beta, shape, 50), 1e-11);
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "0.5, 1", "0.01, 3", "3, 100", "40, 0.1", "1e4, 1e4", "1e7, 2e7"})
    void at_logarithmOfGamma_integratesToTheDistributionFunction(double shape, double rate) {
        integratesToItself(new LogGamma(shape, rate), 1e-9);
    }

    /// The odds of a rate from Beta(2, 1) times 3: P(3x <= y) = (y/3)^2.
    @Test
    void times_rate_hasTheDistributionOfTheProduct() {
        Density tripled = new LogitBeta(2, 1).times(3);

        assertThat(tripled.beyond()).isCloseTo(8.0 / 9, within(1e-14));
        double sum = 0;
        double to;
        for (double z = tripled.lower(); z < tripled.upper(); z = to) {
            to = z + tripled.grain(z);
            double y = LogitBeta.logistic(to);
            sum += integral(tripled, z, to);
            assertThat(sum).isCloseTo(y * y / 9, within(1e-12));
            assertThat(tripled.cumulative(to)).isCloseTo(y * y / 9, within(1e-12));
        }
        assertThat(tripled.times(2).cumulative(0)).isCloseTo(1.0 / 144, within(1e-14));
    }

    /// Far to the left a rate from Beta(alpha, 1) makes P(p m <= x) = x^alpha E\[m^-alpha], and for m from
    /// InvGamma(3, 50) the expectation is Gamma(3 + alpha) / Gamma(3) / 50^alpha.
    @ParameterizedTest
    @CsvSource({"1e-6", "7.9e-4", "0.01", "0.1"})
    void cumulative_endlessTail_isThePowerOfTheRate(double alpha) {
        LogRevenue belief = new LogRevenue(alpha, 1, 3, 50);
        double constant = Gamma.value(3 + alpha) / 2 / Math.pow(50, alpha);
        for (double p : new double[] {1e-12, 1e-6, 0.01, 0.5}) {
            double z = Math.min(Math.log(p) / alpha, -30);
            double exact = Math.exp(alpha * z) * constant;

            assertThat(belief.cumulative(z)).isCloseTo(exact, within(1e-9 * exact + 1e-16));
        }
    }

    @ParameterizedTest
    @CsvSource({"1e-6, 1e-6, 2.5", "1e-6, 100497, 4", "7.9e-4, 100497, 4", "0.001, 3, 2.5", "1e-6, 1, 1e5", "1, 49, 4"})
    void grain_tailOfAnyLength_takesFewIntervals(double alpha, double beta, double shape) {
        LogRevenue belief = new LogRevenue(alpha, beta, shape, 50);
        int intervals = 0;
        for (double z = belief.lower(); z < belief.upper(); z += belief.grain(z)) {
            intervals++;
        }

        assertThat(intervals).isLessThan(2000);
        integratesToItself(belief, 1e-9);
    }

    private static void integratesToItself(Density belief, double allowed) {
        double sum = 0;
        double to;
        for (double z = belief.lower(); z < belief.upper(); z = to) {
            to = Math.min(z + belief.grain(z), belief.upper());
            sum += integral(belief, z, to);
            assertThat(sum).as("at %s", to).isCloseTo(belief.cumulative(to), within(allowed));
        }
        assertThat(sum).isCloseTo(1, within(allowed));
    }

    private static double expectation(double alpha, double beta, double shape, double rate) {
        LogitBeta belief = new LogitBeta(alpha, beta);
        double finest = 1 / Math.sqrt(shape);
        double sum = 0;
        double width;
        for (double z = belief.lower(); z < belief.upper(); z += width) {
            double turning = Math.log(shape / rate);
            width = Math.min(belief.grain(z), z < 2 || Math.abs(z - turning) < 5 ? 2 * finest : 3);
            double half = width / 2;
            double[] at = new double[GaussLegendre.NODES];
            for (int i = 0; i < at.length; i++) {
                double node = z + half * (1 + GaussLegendre.node(i));
                at[i] = belief.at(node) * RegularizedGamma.Q.value(shape, rate * LogitBeta.logistic(node));
            }
            sum += half * GaussLegendre.integral(at);
        }
        return sum;
    }

    private static double integral(Density belief, double from, double to) {
        double[] at = new double[GaussLegendre.NODES];
        double half = (to - from) / 2;
        for (int i = 0; i < at.length; i++) {
            at[i] = belief.at(from + half * (1 + GaussLegendre.node(i)));
        }
        return half * GaussLegendre.integral(at);
    }
}
