package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// (1.959964 + 0.841621)^2 = 7.848880, by tables of the normal distribution.
final class YieldTest {

    @Test
    void needed_conversions_isTheTextbookSampleSize() {
        // 7.848880 x (0.03 x 0.97 + 0.033 x 0.967) / 0.003^2
        assertThat(Yield.conversions(0.03).needed(0.1, 0.05, 0.8)).isCloseTo(53_207.5, within(1.0));
    }

    @Test
    void needed_revenue_countsWhatOrdersScatterToo() {
        // Variances: 0.02 x 5000^2 x 1.9 - 100^2 = 940,000, and 1,045,000 - 110^2; 7.848880 x 1,972,900 / 10^2
        assertThat(Yield.revenue(0.02, 5_000, 0.9).needed(0.1, 0.05, 0.8)).isCloseTo(154_850.6, within(2.0));
    }

    @Test
    void needed_counts_haveTheVarianceOfTheirMean() {
        // 7.848880 x (3 + 3.3) / 0.3^2
        assertThat(Yield.counts(3).needed(0.1, 0.05, 0.8)).isCloseTo(549.4, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.1, 0.5, 3})
    void detectable_unitsNeeded_isTheEffect(double effect) {
        for (Yield yield : new Yield[] {Yield.conversions(0.03), Yield.revenue(0.02, 5_000, 0.9), Yield.counts(3)}) {
            assertThat(yield.detectable(yield.needed(effect, 0.05, 0.8), 0.05, 0.8))
                    .isCloseTo(effect, within(1e-9 * effect));
        }
    }

    /// Ten units of 60 % would show a rise by 70 % at the least: to 102 %.
    @Test
    void detectable_moreThanAllWouldHaveToConvert_isNone() {
        assertThat(Yield.conversions(0.6).detectable(10, 0.05, 0.8)).isNaN();
        assertThat(Yield.conversions(0.6).detectable(20, 0.05, 0.8)).isLessThan(0.4 / 0.6);
        assertThat(Yield.counts(0.6).detectable(10, 0.05, 0.8)).isGreaterThan(0.7);
    }

    @Test
    void needed_moreThanAllConvert_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Yield.conversions(0.6).needed(1, 0.05, 0.8))
                .withMessageContaining("effect 1.0");
    }

    @Test
    void yield_ofNothing_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Yield.counts(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Yield.conversions(1));
    }
}
