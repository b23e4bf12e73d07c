package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DelayBinsTest {

    private static final DelayBins WEEK = DelayBins.of(Duration.ofDays(7));

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT2H", "P7D", "P90D"})
    void edges_anyWindow_areContiguousAndEndAtTheWindow(Duration window) {
        DelayBins bins = DelayBins.of(window);

        assertThat(bins.lower(0)).isZero();
        assertThat(bins.upper(DelayBins.COUNT - 1)).isEqualTo((double) window.toSeconds());
        for (int bin = 0; bin < DelayBins.COUNT; bin++) {
            assertThat(bins.upper(bin)).isGreaterThan(bins.lower(bin));
            assertThat(bins.lower(bin)).isEqualTo(bin == 0 ? 0 : bins.upper(bin - 1));
        }
    }

    @Test
    void edges_aWeek_growByTheSameFactor() {
        for (int bin = 1; bin < DelayBins.COUNT; bin++) {
            assertThat(WEEK.upper(bin) / WEEK.lower(bin)).isCloseTo(Math.pow(604_800, 1.0 / 64), within(1e-9));
        }
    }

    @Test
    void binOf_edgesAndMiddles_beginsAtItsLowerEdge() {
        for (int bin = 0; bin < DelayBins.COUNT; bin++) {
            assertThat(WEEK.binOf(WEEK.lower(bin))).isEqualTo(bin);
            assertThat(WEEK.binOf((WEEK.lower(bin) + WEEK.upper(bin)) / 2)).isEqualTo(bin);
            assertThat(WEEK.binOf(Math.nextDown(WEEK.upper(bin)))).isEqualTo(bin);
        }
    }

    @Test
    void binOf_outsideTheWindow_isTheFirstOrTheLastBin() {
        assertThat(WEEK.binOf(Duration.ofSeconds(-3))).isZero();
        assertThat(WEEK.binOf(Duration.ZERO)).isZero();
        assertThat(WEEK.binOf(Duration.ofDays(7))).isEqualTo(63);
        assertThat(WEEK.binOf(Duration.ofDays(8))).isEqualTo(63);
    }

    @Test
    void within_anyAge_countsTheBinsThatHaveEnded() {
        for (int bin = 0; bin < DelayBins.COUNT; bin++) {
            assertThat(WEEK.within(Math.nextDown(WEEK.upper(bin)))).isEqualTo(bin);
            assertThat(WEEK.within(WEEK.upper(bin))).isEqualTo(bin + 1);
        }
        assertThat(WEEK.within(-1)).isZero();
        assertThat(WEEK.within(1e9)).isEqualTo(64);
    }

    @Test
    void of_lessThanAMinute_isRefusedNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DelayBins.of(Duration.ofMillis(59_999)))
                .withMessageContaining("PT59.999S");
    }
}
