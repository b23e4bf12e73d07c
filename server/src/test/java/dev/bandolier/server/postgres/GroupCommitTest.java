package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.postgres.GroupCommit.Full;
import dev.bandolier.server.postgres.GroupCommit.Limits;
import dev.bandolier.server.postgres.GroupCommit.TimedOut;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class GroupCommitTest {

    private static final Limits ROOMY = new Limits(1_000, 100_000, 30_000);

    /// A statement that a test answers by hand.
    private record Sent(List<Integer> items, Promise<List<String>> answer) {

        void commit() {
            answer.complete(items.stream().map(item -> "row " + item).toList());
        }
    }

    private final BlockingQueue<Sent> statements = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private Context loop;

    @BeforeEach
    void onOneLoop(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    @Test
    void items_addedInOneTurnOfTheLoop_areOneBatchInOrder() throws Exception {
        GroupCommit<Integer, String> lane = lane(ROOMY);
        List<Future<String>> rows = addAll(lane, 1, 2, 3);

        Sent sent = next();
        sent.commit();

        assertThat(sent.items()).containsExactly(1, 2, 3);
        assertThat(await(Future.all(rows)).<String>list()).containsExactly("row 1", "row 2", "row 3");
    }

    @Test
    void items_arrivingWhileAStatementIsInFlight_areTheNextBatch() throws Exception {
        GroupCommit<Integer, String> lane = lane(ROOMY);
        addAll(lane, 1);
        Sent first = next();
        addAll(lane, 2, 3);
        addAll(lane, 4);
        assertThat(statements.poll(50, TimeUnit.MILLISECONDS))
                .as("a second one in flight")
                .isNull();

        first.commit();

        assertThat(next().items()).containsExactly(2, 3, 4);
    }

    @Test
    void batch_overItsLimit_isSplitInOrder() throws Exception {
        GroupCommit<Integer, String> lane = lane(new Limits(2, 100, 30_000));
        List<Future<String>> rows = addAll(lane, 1, 2, 3, 4, 5);

        for (List<Integer> expected : List.of(List.of(1, 2), List.of(3, 4), List.of(5))) {
            Sent sent = next();
            assertThat(sent.items()).isEqualTo(expected);
            sent.commit();
        }

        assertThat(await(Future.all(rows)).<String>list()).hasSize(5);
    }

    @Test
    void add_withAllPlacesTaken_isRefusedAtOnceAndLaterTakenAgain() throws Exception {
        GroupCommit<Integer, String> lane = lane(new Limits(10, 2, 30_000));
        addAll(lane, 1);
        Sent first = next();
        List<Future<String>> rows = addAll(lane, 2, 3, 4);

        assertThatThrownBy(() -> await(rows.get(2))).hasRootCauseInstanceOf(Full.class);
        assertThat(rows.get(0).isComplete()).isFalse();

        first.commit();
        Sent second = next();
        assertThat(second.items()).containsExactly(2, 3);
        addAll(lane, 5);
        second.commit();
        assertThat(next().items()).containsExactly(5);
    }

    @Test
    void item_waitingTooLong_isGivenUpAndNeverSent() throws Exception {
        GroupCommit<Integer, String> lane = lane(new Limits(10, 10, 60));
        Future<String> inFlight = addAll(lane, 1).getFirst();
        Sent first = next();
        Future<String> unsent = addAll(lane, 2).getFirst();

        assertThat(timedOut(inFlight).sent()).isTrue();
        assertThat(timedOut(unsent).sent()).isFalse();

        Future<String> later = addAll(lane, 3).getFirst();
        first.commit();
        Sent second = next();
        second.commit();
        assertThat(second.items()).containsExactly(3);
        assertThat(await(later)).isEqualTo("row 3");
        assertThat(inFlight.failed()).as("the late answer changed it").isTrue();
    }

    @Test
    void item_timedOut_hasWaitedAtLeastItsTime() throws Exception {
        GroupCommit<Integer, String> lane = lane(new Limits(10, 10, 60));
        long before = System.nanoTime();

        timedOut(addAll(lane, 1).getFirst());

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(60), Duration.ofSeconds(5));
    }

    @Test
    void statement_thatFails_failsExactlyItsItems() throws Exception {
        GroupCommit<Integer, String> lane = lane(ROOMY);
        List<Future<String>> doomed = addAll(lane, 1, 2);
        Sent first = next();
        Future<String> saved = addAll(lane, 3).getFirst();
        IllegalArgumentException cause = new IllegalArgumentException("the disk is on fire");

        first.answer().fail(cause);
        next().commit();

        for (Future<String> row : doomed) {
            assertThatThrownBy(() -> await(row)).hasRootCause(cause);
        }
        assertThat(await(saved)).isEqualTo("row 3");
    }

    @Test
    void statement_thatThrowsOrAnswersNothing_failsItsItemsAndTheLaneGoesOn() throws Exception {
        GroupCommit<Integer, Integer> lane =
                onLoop(() -> new GroupCommit<>(vertx, ROOMY, System::nanoTime, items -> switch (items.getFirst()) {
                    case 1 -> throw new IllegalArgumentException("thrown");
                    case 2 -> null;
                    case 3 -> Future.succeededFuture();
                    case 4 -> Future.succeededFuture(List.of(7, 8));
                    case Integer other -> Future.succeededFuture(List.of(other));
                }));

        assertThatThrownBy(() -> await(lane.add(1))).hasRootCauseMessage("thrown");
        assertThatThrownBy(() -> await(lane.add(2))).hasRootCauseInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> await(lane.add(3)))
                .hasRootCauseMessage("the statement answered with 0 results for 1 items");
        assertThatThrownBy(() -> await(lane.add(4)))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the statement answered with 2 results for 1 items");
        assertThat(await(lane.add(5))).isEqualTo(5);
    }

    @Test
    void handler_thatThrows_doesNotKeepOthersFromTheirAnswer() throws Exception {
        GroupCommit<Integer, String> lane = lane(ROOMY);
        Future<String> second = onLoop(() -> {
            lane.add(1).onComplete(row -> {
                throw new IllegalStateException("a handler of this test throws");
            });
            return lane.add(2);
        });

        next().commit();

        assertThat(await(second)).isEqualTo("row 2");
    }

    @Test
    void handler_thatAddsAgain_findsTheLaneInOrder() throws Exception {
        GroupCommit<Integer, Integer> lane =
                onLoop(() -> new GroupCommit<>(vertx, ROOMY, System::nanoTime, Future::succeededFuture));

        Future<Integer> chain = onLoop(() -> {
            Future<Integer> last = lane.add(0);
            for (int i = 0; i < 1_000; i++) {
                last = last.compose(value -> lane.add(value + 1));
            }
            return last;
        });

        assertThat(await(chain)).isEqualTo(1_000);
    }

    @Test
    void linger_withSlowThenFastCommits_adapts() throws Exception {
        AtomicReference<Long> commitMillis = new AtomicReference<>(5L);
        GroupCommit<Integer, Integer> lane = onLoop(() -> new GroupCommit<>(
                vertx,
                ROOMY,
                System::nanoTime,
                items -> commitMillis.get() == 0
                        ? Future.succeededFuture(items)
                        : vertx.timer(commitMillis.get(), TimeUnit.MILLISECONDS).map(items)));
        assertThat(onLoop(lane::lingerMillis)).isZero();

        for (int i = 0; i < 20; i++) {
            await(lane.add(i));
        }
        assertThat(onLoop(lane::lingerMillis)).isEqualTo(1);

        commitMillis.set(0L);
        for (int i = 0; i < 40; i++) {
            await(lane.add(i));
        }
        assertThat(onLoop(lane::lingerMillis)).isZero();
    }

    @Test
    void exceptions_always_haveNoStackTrace() throws Exception {
        GroupCommit<Integer, String> lane = lane(new Limits(1, 1, 50));
        addAll(lane, 1);
        next();
        List<Future<String>> rows = addAll(lane, 2, 3);

        assertThat(timedOut(rows.get(0)).getStackTrace()).isEmpty();
        assertThat(rows.get(1).cause()).isInstanceOf(Full.class);
        assertThat(rows.get(1).cause().getStackTrace()).isEmpty();
    }

    @Test
    void limits_below1_areRefused() {
        assertThatThrownBy(() -> new Limits(0, 1, 1)).hasMessageContaining("batchMax=0");
        assertThatThrownBy(() -> new Limits(1, 0, 1)).hasMessageContaining("waitingMax=0");
        assertThatThrownBy(() -> new Limits(1, 1, 0)).hasMessageContaining("waitMillis=0");
    }

    private GroupCommit<Integer, String> lane(Limits limits) throws Exception {
        return onLoop(() -> new GroupCommit<>(vertx, limits, System::nanoTime, items -> {
            Sent sent = new Sent(items, Promise.promise());
            statements.add(sent);
            return sent.answer().future();
        }));
    }

    private List<Future<String>> addAll(GroupCommit<Integer, String> lane, int... items) throws Exception {
        return onLoop(() -> {
            List<Future<String>> rows = new ArrayList<>();
            IntStream.of(items).forEach(item -> rows.add(lane.add(item)));
            return rows;
        });
    }

    private Sent next() throws InterruptedException {
        Sent sent = statements.poll(10, TimeUnit.SECONDS);
        assertThat(sent).as("a statement").isNotNull();
        return sent;
    }

    private TimedOut timedOut(Future<String> row) {
        assertThatThrownBy(() -> await(row)).hasRootCauseInstanceOf(TimedOut.class);
        return (TimedOut) row.cause();
    }

    private <T> T onLoop(Callable<T> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(there -> {
            try {
                result.complete(action.call());
            } catch (Exception failure) {
                result.completeExceptionally(failure);
            }
        });
        return result.get(10, TimeUnit.SECONDS);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
