package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A table of sources that says nothing keeps out only who cannot be let in without it.
@Timeout(30)
final class GateTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch frozen = new CountDownLatch(1);
    private volatile boolean freezes;
    private volatile Instant now = START;
    private final Senders senders = new Senders(this::read, new Vault(new byte[32]), () -> now);
    private final Gate gate = new Gate(senders, 10, Patience.of(Duration.ofMillis(50), 1));

    private List<Source> read() {
        if (freezes) {
            try {
                begun.countDown();
                frozen.await();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
        return List.of(new Source(3, "shop", "json", true, new JsonObject(), List.of(), 1, START, START));
    }

    @Test
    void find_whileStrangersHaveTakenAllPlaces_isAnsweredFromMemory() throws InterruptedException {
        senders.current();
        assertThat(gate.find("shop")).isPresent();
        freezes = true;
        now = START.plusMillis(200);
        refuses(() -> gate.findAnew("shop"));
        begun.await();

        assertThat(gate.find("shop")).isPresent();
        assertThat(gate.find("none")).isEmpty();
        now = START.plusSeconds(5);
        assertThat(gate.find("shop")).isPresent();
        now = START.plusMillis(5_001);
        refuses(() -> gate.find("shop"));
        frozen.countDown();
    }

    @Test
    void find_afterAChangeHere_isNotAnsweredFromMemory() {
        senders.current();
        assertThat(gate.find("shop")).isPresent();
        freezes = true;
        senders.changed();

        refuses(() -> gate.find("shop"));
        frozen.countDown();
    }

    private static void refuses(ThrowingCallable looking) {
        assertThatThrownBy(looking).asInstanceOf(type(Problem.class)).returns(503, Problem::status);
    }
}
