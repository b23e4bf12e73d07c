package dev.bandolier.bandits.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class GaussLegendreTest {

    @Test
    void integral_polynomialsUpToDegree31_isExact() {
        for (int degree = 0; degree <= 31; degree++) {
            int power = degree;
            double exact = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;

            assertThat(GaussLegendre.integral(values(x -> Math.pow(x, power)))).isCloseTo(exact, within(1e-14));
        }
    }

    @Test
    void integralTo_polynomialsUpToDegree15_isExact() {
        for (int degree = 0; degree <= 15; degree++) {
            int power = degree;
            double[] values = values(x -> Math.pow(x, power));
            for (int i = 0; i < GaussLegendre.NODES; i++) {
                double x = GaussLegendre.node(i);
                double exact = (Math.pow(x, degree + 1) - Math.pow(-1, degree + 1)) / (degree + 1);

                assertThat(GaussLegendre.integralTo(i, values)).isCloseTo(exact, within(1e-14));
            }
        }
    }

    @Test
    void node_all_areAscendingAndSymmetric() {
        for (int i = 0; i < GaussLegendre.NODES; i++) {
            double mirrored = GaussLegendre.node(GaussLegendre.NODES - 1 - i);
            assertThat(GaussLegendre.node(i)).isCloseTo(-mirrored, within(1e-15));
            assertThat(i == 0 || GaussLegendre.node(i) > GaussLegendre.node(i - 1))
                    .isTrue();
        }
    }

    private static double[] values(DoubleUnaryOperator function) {
        double[] values = new double[GaussLegendre.NODES];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(GaussLegendre.node(i));
        }
        return values;
    }
}
