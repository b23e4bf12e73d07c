package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What deliveries look sources up in: how old it may be, who reads, and what one broken row does to the others.
@Timeout(30)
final class SendersTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String TEXT = "sixteen or more characters";

    private final Vault vault = new Vault(new byte[32]);
    private final List<Source> table = new ArrayList<>();
    private volatile int reads;
    private volatile Instant now = START;
    private volatile Runnable whileReading = () -> {};
    private final Senders senders = new Senders(this::read, vault, () -> now);

    private synchronized List<Source> read() {
        List<Source> found = List.copyOf(table);
        reads++;
        whileReading.run();
        return found;
    }

    @Test
    void current_withinASecond_readsOnce() {
        table.add(source("shop", 1));

        assertThat(senders.current().find("shop")).isPresent();
        assertThat(senders.current().find("none")).isEmpty();
        pass(Duration.ofSeconds(1));
        senders.current().find("shop");
        assertThat(reads).isEqualTo(1);
        pass(Duration.ofMillis(1));
        senders.current().find("shop");
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void latest_within100Milliseconds_readsOnce() {
        assertThat(senders.current().find("shop")).isEmpty();
        table.add(source("shop", 1));

        assertThat(senders.current().find("shop")).isEmpty();
        pass(Duration.ofMillis(100));
        assertThat(senders.latest().find("shop")).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(senders.latest().find("shop")).isPresent();
        assertThat(senders.latest().find("shop")).isPresent();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void current_afterAChangeHere_isOfAfterIt() {
        assertThat(senders.current().find("shop")).isEmpty();
        table.add(source("shop", 1));
        senders.changed();

        assertThat(senders.current().find("shop")).isPresent();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void current_afterTheClockWasSetBack_readsAgain() {
        senders.current().find("shop");
        pass(Duration.ofDays(-1));
        senders.current().find("shop");

        assertThat(reads).isEqualTo(2);
    }

    @Test
    void current_whileSomebodyReads_isServedTheListBefore() throws Exception {
        table.add(source("shop", 1));
        senders.current().find("shop");
        pass(Duration.ofSeconds(2));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch may = new CountDownLatch(1);
        whileReading = () -> {
            begun.countDown();
            awaits(may);
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Sender>> reader =
                    CompletableFuture.supplyAsync(() -> senders.current().find("shop"), threads);
            awaits(begun);
            for (int i = 0; i < 100; i++) {
                assertThat(senders.current().find("shop")).isPresent();
            }
            CompletableFuture<Optional<Sender>> refuser =
                    CompletableFuture.supplyAsync(() -> senders.latest().find("shop"), threads);
            assertThat(refuser.isDone()).isFalse();
            may.countDown();
            assertThat(reader.get(10, TimeUnit.SECONDS)).isPresent();
            // Who was about to refuse waited for the reader, and what that one read is young enough.
            assertThat(refuser.get(10, TimeUnit.SECONDS)).isPresent();
        }
        assertThat(reads).isEqualTo(2);
    }

    /// What a read that hangs would bring may say that a source was disabled long ago.
    @Test
    void current_whileSomebodyReadsAndTheListIsOld_waitsForTheReader() throws Exception {
        table.add(source("shop", 1));
        senders.current().find("shop");
        pass(Duration.ofHours(1));
        table.set(0, source("shop", 2));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch may = new CountDownLatch(1);
        whileReading = () -> {
            begun.countDown();
            awaits(may);
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Optional<Sender>> reader =
                    CompletableFuture.supplyAsync(() -> senders.current().find("shop"), threads);
            awaits(begun);
            CompletableFuture<Optional<Sender>> second =
                    CompletableFuture.supplyAsync(() -> senders.current().find("shop"), threads);
            assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            may.countDown();
            assertThat(reader.get(10, TimeUnit.SECONDS)).isPresent();
            assertThat(second.get(10, TimeUnit.SECONDS).orElseThrow().source().revision())
                    .isEqualTo(2);
        }
        assertThat(reads).isEqualTo(2);
    }

    /// What is read while something changes may be of before: it serves nobody who comes after.
    @Test
    void current_afterAChangeDuringReading_readsAgain() {
        whileReading = () -> {
            whileReading = () -> {};
            table.add(source("shop", 1));
            senders.changed();
        };

        assertThat(senders.current().find("shop")).isEmpty();
        assertThat(senders.current().find("shop")).isPresent();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void current_afterStorageFailed_servesWhatThereWasOnceItIsBack() {
        table.add(source("shop", 1));
        senders.current().find("shop");
        pass(Duration.ofSeconds(2));
        whileReading = () -> {
            throw new IllegalStateException("away");
        };
        assertThatThrownBy(() -> senders.current().find("shop")).hasMessage("away");
        whileReading = () -> {};

        assertThat(senders.current().find("shop")).isPresent();
    }

    @Test
    void source_unchanged_isMadeReadyOnce() {
        table.add(source("shop", 1));
        Sender first = senders.current().find("shop").orElseThrow();
        pass(Duration.ofSeconds(2));
        Sender second = senders.current().find("shop").orElseThrow();
        table.set(0, source("shop", 2));
        pass(Duration.ofSeconds(2));

        assertThat(second).isSameAs(first);
        assertThat(senders.current().find("shop").orElseThrow().source().revision())
                .isEqualTo(2);
    }

    @Test
    void brokenSource_isRefusedAndLoggedOnce_othersAreServed() {
        Source sound = source("shop", 1);
        SourceSecret stolen = sound.secrets().getFirst();
        table.add(sound);
        table.add(new Source(9, "moved", "json", true, new JsonObject(), List.of(stolen), 1, START, START));
        table.add(new Source(10, "future", "fax", true, new JsonObject(), List.of(), 1, START, START));
        JsonObject odd = new JsonObject().put("colour", "red");
        table.add(new Source(11, "options", "json", true, odd, List.of(), 1, START, START));
        List<String> logged = new ArrayList<>();
        Handler handler = handler(logged);
        Logger logger = Logger.getLogger(Senders.class.getName());
        logger.addHandler(handler);
        try {
            for (int i = 0; i < 3; i++) {
                pass(Duration.ofSeconds(2));
                assertThat(senders.current().find("shop").orElseThrow().secrets(now))
                        .containsExactly(TEXT);
                assertThat(senders.current().find("none")).isEmpty();
                for (String key : List.of("moved", "future", "options")) {
                    assertThatThrownBy(() -> senders.current().find(key))
                            .asInstanceOf(type(Problem.class))
                            .returns(503, Problem::status)
                            .extracting(Problem::getMessage)
                            .asString()
                            .contains("'" + key + "'");
                }
            }
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(reads).isEqualTo(3);
        assertThat(logged).hasSize(3).anyMatch(line -> line.contains("moved"));
        assertThat(String.join("\n", logged))
                .contains("future", "options", "fax", "colour")
                .doesNotContain(TEXT);
    }

    @Test
    void secrets_duringARotation_areThoseThatHaveNotExpired() {
        UUID before = UUID.randomUUID();
        UUID after = UUID.randomUUID();
        SourceSecret old = secret(3, before, "the secret before this", Optional.of(START.plusSeconds(10)));
        SourceSecret fresh = secret(3, after, TEXT, Optional.empty());
        table.add(new Source(3, "shop", "json", true, new JsonObject(), List.of(old, fresh), 1, START, START));
        Sender sender = senders.current().find("shop").orElseThrow();

        assertThat(sender.secrets(START.plusMillis(9_999))).containsExactly("the secret before this", TEXT);
        assertThat(sender.secrets(START.plusSeconds(10))).containsExactly(TEXT);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Source source(String key, long revision) {
        SourceSecret secret = secret(3, new UUID(0, 1), TEXT, Optional.empty());
        return new Source(3, key, "json", true, new JsonObject(), List.of(secret), revision, START, START);
    }

    private SourceSecret secret(long source, UUID id, String text, Optional<Instant> expiresAt) {
        return new SourceSecret(id, vault.seal(new SecureRandom(), source, id, text), "ters", START, expiresAt);
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static Handler handler(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
