package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderValuesTest {

    /// The last column by hand: k = (5 + n - 1) / (5 + n CV^2), CV with the divisor n.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, 1",
        "1, 50, 2500, 50, 1",
        "2, 100, 5000, 50, 1.2",
        "2, 100, 10000, 50, 0.857142857142857",
        "5, 0, 0, 1, 1",
        "3, -20, 900, 1, 1",
    })
    void of_fewOrders_staysNearExponentialValues(double orders, double value, double squares, double mean, double k) {
        OrderValues values = OrderValues.of(orders, value, squares);

        assertThat(values.mean()).isEqualTo(mean);
        assertThat(values.k()).isCloseTo(k, within(1e-12));
    }

    @Test
    void of_manyOrders_isTheInverseSquareOfTheirVariation() {
        double squares = 1e6 * (50.0 * 50 + 25 * 25);

        assertThat(OrderValues.of(1e6, 50e6, squares).k()).isCloseTo(4, within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"1e6, 1e6, 1e6, 20", "1e6, 1e6, 1e9, 0.05"})
    void of_extremeValues_isClipped(double orders, double value, double squares, double k) {
        assertThat(OrderValues.of(orders, value, squares).k()).isEqualTo(k);
    }

    @ParameterizedTest
    @CsvSource({"20, 5", "1, 5", "0.31, 5", "0.3, 5", "0.25, 6", "0.2, 8", "0.05, 30"})
    void priorOrders_anyVariation_leaveThePriorAVariance(double k, double orders) {
        OrderValues values = new OrderValues(50, k);

        assertThat(values.priorOrders()).isEqualTo(orders);
        assertThat(values.prior().mean()).isCloseTo(50, within(1e-12));
        assertThat(values.prior().variance()).isPositive().isFinite();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "Infinity, 1", "50, 0.01", "50, 21", "50, NaN"})
    void constructor_numbersOutOfRange_refuses(double mean, double k) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderValues(mean, k));
    }
}
