package dev.bandolier.loadtest.shoppers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LearningLagTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final LearningLag lag = new LearningLag();

    @Test
    void learned_throughAfterTheAcknowledgement_coversIt() {
        acknowledged(10);
        acknowledged(20);
        acknowledged(30);

        learned(20, 25);

        assertThat(millis(lag.toLearned())).containsExactly(5, 15);
        assertThat(lag.unlearned()).isEqualTo(1);
    }

    @Test
    void learned_throughBeforeTheAcknowledgement_coversNothing() {
        acknowledged(10);

        learned(9, 12);

        assertThat(lag.toLearned().getTotalCount()).isZero();
        assertThat(lag.unlearned()).isEqualTo(1);
    }

    @Test
    void published_afterTheCoveringEvent_endsTheSecondTime() {
        acknowledged(10);
        learned(15, 16);
        assertThat(lag.unpublished()).isEqualTo(1);

        published(40, 41);

        assertThat(millis(lag.toSnapshot())).containsExactly(31);
        assertThat(lag.unpublished()).isZero();
    }

    @Test
    void published_justBeforeTheCoveringEvent_isTheOneThatAccountsForIt() {
        acknowledged(10);
        published(16, 17);

        learned(15, 18);

        assertThat(millis(lag.toLearned())).containsExactly(8);
        assertThat(millis(lag.toSnapshot())).containsExactly(7);
    }

    @Test
    void published_beforeWhatTheEventCovers_doesNotAccountForIt() {
        acknowledged(10);
        published(12, 13);

        learned(15, 18);

        assertThat(lag.toSnapshot().getTotalCount()).isZero();
        assertThat(lag.unpublished()).isEqualTo(1);
    }

    @Test
    void published_beforeAnEarlierEvent_doesNotAccountForLaterOnes() {
        acknowledged(10);
        published(30, 12);
        learned(9, 13);

        learned(20, 21);

        assertThat(lag.toSnapshot().getTotalCount()).isZero();
        assertThat(lag.unpublished()).isEqualTo(1);
    }

    @Test
    void acknowledged_beyondTheLimit_isCountedAsNotFollowed() {
        for (int i = 0; i < LearningLag.WAITING_MAX + 3; i++) {
            acknowledged(10);
        }

        assertThat(lag.unlearned()).isEqualTo(LearningLag.WAITING_MAX);
        assertThat(lag.notFollowed()).isEqualTo(3);
    }

    private void acknowledged(long atMillis) {
        lag.acknowledged(START.plusMillis(atMillis), nanos(atMillis));
    }

    private void learned(long throughMillis, long nowMillis) {
        lag.learned(START.plusMillis(throughMillis), nanos(nowMillis));
    }

    private void published(long atMillis, long nowMillis) {
        lag.published(START.plusMillis(atMillis), nanos(nowMillis));
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }

    /// What was recorded, in whole milliseconds, ascending. The histogram keeps three digits.
    private static long[] millis(Histogram histogram) {
        long[] values = new long[(int) histogram.getTotalCount()];
        int next = 0;
        for (var step : histogram.recordedValues()) {
            for (long i = 0; i < step.getCountAddedInThisIterationStep(); i++) {
                values[next++] = Math.round(step.getValueIteratedTo() / 1e6);
            }
        }
        return values;
    }
}
