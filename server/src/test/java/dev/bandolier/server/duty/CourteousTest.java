package dev.bandolier.server.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CourteousTest {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void turn_withoutACrowd_isTakenAtOnce() {
        assertThat(new Courteous(() -> 7, () -> false, LONG).take()).isEqualTo(7);
    }

    @Test
    void turn_whenTheCrowdLeaves_isTaken() {
        AtomicInteger looks = new AtomicInteger();

        assertThat(new Courteous(() -> 7, () -> looks.incrementAndGet() < 4, LONG).take())
                .isEqualTo(7);
        assertThat(looks).hasValue(4);
    }

    @Test
    void turn_inACrowdThatNeverLeaves_isTakenWhenTheWaitIsUp() {
        Courteous turns = new Courteous(() -> 7, () -> true, SHORT);
        for (int turn = 0; turn < 3; turn++) {
            long startedNanos = System.nanoTime();

            assertThat(turns.take()).isEqualTo(7);
            assertThat(Duration.ofNanos(System.nanoTime() - startedNanos)).isBetween(SHORT, SHORT.plusSeconds(5));
        }
    }

    @Test
    void turn_withoutAnyWait_isTakenAtOnceInACrowd() {
        assertThat(new Courteous(() -> 7, () -> true, Duration.ZERO).take()).isEqualTo(7);
    }
}
