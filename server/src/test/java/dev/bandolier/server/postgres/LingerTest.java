package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LingerTest {

    private final Linger linger = new Linger();

    @Test
    void linger_beforeAnyCommit_isNone() {
        assertThat(linger.millis()).isZero();
    }

    @Test
    void linger_withFastCommits_staysNone() {
        observe(1_000_000, 100);

        assertThat(linger.millis()).isZero();
    }

    @Test
    void linger_withSlowCommits_becomesOneMillisecondAndEndsWhenTheyAreFastAgain() {
        observe(4_000_000, 20);
        assertThat(linger.millis()).isEqualTo(1);

        observe(300_000, 20);
        assertThat(linger.millis()).isZero();
    }

    @Test
    void linger_withOneOutlier_staysNone() {
        observe(200_000, 50);
        observe(12_000_000, 1);

        assertThat(linger.millis()).isZero();
    }

    private void observe(long nanos, int times) {
        for (int i = 0; i < times; i++) {
            linger.observe(nanos);
        }
    }
}
