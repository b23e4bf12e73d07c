package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What foreign amounts are worth, in minor units on both sides.
final class ExchangeTest {

    @ParameterizedTest
    @CsvSource({
        "USD, 0.92, EUR, 1000, 920",
        "JPY, 0.0061, EUR, 1000, 610",
        "EUR, 163.77, JPY, 1000, 1638",
        "KWD, 3, EUR, 1000, 300",
        "EUR, 0.3, KWD, 1000, 3000",
        "USD, 0.5, EUR, 1, 0",
        "USD, 0.5, EUR, 3, 2",
        "USD, 0.5, EUR, 5, 2",
        "USD, 0.92, EUR, 0, 0"
    })
    void amount_ofACurrency_isWorthItsRateBetweenMinorUnitsHalfToEven(
            String foreign, String rate, String own, long amount, long worth) {
        assertThat(Exchange.of(foreign, new BigDecimal(rate), own).worth(amount))
                .isEqualTo(worth);
    }

    @Test
    void amount_andBack_isHalfToEvenToo() {
        assertThat(Exchange.of("USD", new BigDecimal("0.92"), "EUR").foreign(920))
                .isEqualTo(1_000);
        assertThat(Exchange.of("USD", new BigDecimal("2"), "EUR").foreign(3)).isEqualTo(2);
        assertThat(Exchange.of("USD", new BigDecimal("2"), "EUR").foreign(5)).isEqualTo(2);
    }

    @Test
    void amount_worthMoreThanCanBeCounted_isTheMost() {
        Exchange huge = Exchange.of("JPY", new BigDecimal("1e30"), "EUR");

        assertThat(huge.worth(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(Exchange.of("JPY", new BigDecimal("1e-30"), "EUR").foreign(1))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void rate_thatIsNegative_isRefused() {
        assertThatThrownBy(() -> new Exchange("USD", BigDecimal.ONE.negate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void exchange_withoutARate_makesEveryAmountWorthNothing() {
        Exchange unknown = Exchange.unknown("USD");

        assertThat(unknown.known()).isFalse();
        assertThat(unknown.worth(Long.MAX_VALUE)).isZero();
    }
}
