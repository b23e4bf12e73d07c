package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BellTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Bell bell = new Bell();

    @Test
    void await_withoutRing_endsInTime() throws InterruptedException {
        assertThat(bell.await(SHORT)).isFalse();
        assertThat(bell.await(Duration.ZERO)).isFalse();
    }

    @Test
    void await_afterSeveralRings_hearsThemOnce() throws InterruptedException {
        bell.ring();
        bell.ring();

        assertThat(bell.await(Duration.ZERO)).isTrue();
        assertThat(bell.await(Duration.ZERO)).isFalse();
    }

    @Test
    void await_whileWaiting_isWokenByARing() throws Exception {
        CompletableFuture<Boolean> heard = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                heard.complete(bell.await(LONG));
            } catch (InterruptedException told) {
                heard.completeExceptionally(told);
            }
        });

        bell.ring();

        assertThat(heard.get(10, TimeUnit.SECONDS)).isTrue();
        waiter.join();
    }

    @Test
    void await_interrupted_ends() throws InterruptedException {
        CompletableFuture<String> end = new CompletableFuture<>();
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                end.complete(bell.await(LONG) ? "rang" : "time was up");
            } catch (InterruptedException told) {
                end.complete("interrupted");
            }
        });

        waiter.interrupt();
        waiter.join();

        assertThat(end.join()).isEqualTo("interrupted");
    }

    @Test
    void ring_withSeveralListeners_callsAllInOrderEvenAfterOneThatThrows() {
        List<String> calls = new ArrayList<>();
        bell.onRing(() -> calls.add("first"));
        bell.onRing(() -> {
            throw new IllegalStateException("a listener of this test throws");
        });
        bell.onRing(() -> calls.add("last"));

        bell.ring();
        bell.ring();

        assertThat(calls).containsExactly("first", "last", "first", "last");
    }

    @Test
    void bells_chained_eachHasItsOwnWaiter() throws InterruptedException {
        Bell own = new Bell();
        bell.onRing(own::ring);

        bell.ring();

        assertThat(bell.await(Duration.ZERO)).isTrue();
        assertThat(own.await(Duration.ZERO)).isTrue();
    }
}
