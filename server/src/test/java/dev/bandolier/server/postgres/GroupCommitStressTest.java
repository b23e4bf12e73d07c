package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.postgres.GroupCommit.Full;
import dev.bandolier.server.postgres.GroupCommit.Limits;
import dev.bandolier.server.postgres.GroupCommit.TimedOut;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A lane under 100,000 items from four threads, with statements that fail, take their time or answer wrongly, held
/// against what the statements themselves saw.
class GroupCommitStressTest {

    private static final int ITEMS = 100_000;
    private static final int CALLERS = 4;
    private static final Limits LIMITS = new Limits(300, 1_000, 40);

    private final Vertx vertx = Vertx.vertx();

    /// What the statements saw, on the loop of the lane.
    private final BitSet sent = new BitSet();
    private final BitSet committed = new BitSet();
    private final int[] lastOfCaller = new int[CALLERS];
    private final List<String> faults = new ArrayList<>();
    private boolean busy;
    private int statements;

    private final AtomicReferenceArray<Answer> answers = new AtomicReferenceArray<>(ITEMS);

    @AfterEach
    void closeVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_121, 77})
    void lane_underRandomDelaysAndFailures_answersEveryItemOnceAndTruly(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        GroupCommit<Integer, Integer> lane = lane(random.split());
        CountDownLatch unanswered = new CountDownLatch(ITEMS);

        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            int first = caller;
            SplittableRandom pace = random.split();
            callers.add(Thread.ofPlatform().start(() -> call(lane, first, pace, unanswered)));
        }
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(unanswered.await(60, TimeUnit.SECONDS))
                .as("all answered, seed %d", seed)
                .isTrue();
        assertThat(faults).as("seed %d", seed).isEmpty();
        judge(seed);
    }

    private void judge(long seed) {
        Map<Answer, Integer> counts = new EnumMap<>(Answer.class);
        for (int item = 0; item < ITEMS; item++) {
            Answer kind = answers.get(item);
            counts.merge(kind, 1, Integer::sum);
            switch (kind) {
                case WRITTEN ->
                    assertThat(committed.get(item)).as("%d was committed", item).isTrue();
                case FAILED ->
                    assertThat(sent.get(item) && !committed.get(item))
                            .as("%d failed", item)
                            .isTrue();
                case FULL, UNSENT ->
                    assertThat(sent.get(item)).as("%d was sent", item).isFalse();
                case LATE -> assertThat(sent.get(item)).as("%d was sent", item).isTrue();
                case WRONG ->
                    assertThat(kind)
                            .as("the answer of item %d, seed %d", item, seed)
                            .isNull();
            }
        }
        // Every path was taken, or the test would prove less than it says.
        assertThat(counts.keySet()).as("seed %d", seed).contains(Answer.WRITTEN, Answer.FAILED, Answer.LATE);
        assertThat(counts.keySet()).as("seed %d", seed).containsAnyOf(Answer.FULL, Answer.UNSENT);
    }

    private void call(GroupCommit<Integer, Integer> lane, int first, SplittableRandom pace, CountDownLatch unanswered) {
        for (int item = first; item < ITEMS; item += CALLERS) {
            int added = item;
            lane.add(added).onComplete(row -> {
                Answer kind = row.succeeded()
                        ? row.result() == -added ? Answer.WRITTEN : Answer.WRONG
                        : Answer.of(row.cause());
                answers.accumulateAndGet(added, kind, (before, now) -> before == null ? now : Answer.WRONG);
                unanswered.countDown();
            });
            if (pace.nextInt(20) == 0) {
                LockSupport.parkNanos(pace.nextInt(4_000_000));
            }
        }
    }

    /// Statements of which one in ten fails, one in fifty answers with too few results, and every twentieth takes
    /// longer than items may wait.
    private GroupCommit<Integer, Integer> lane(SplittableRandom random) throws Exception {
        Arrays.fill(lastOfCaller, -1);
        Context loop = vertx.getOrCreateContext();
        CompletableFuture<GroupCommit<Integer, Integer>> lane = new CompletableFuture<>();
        loop.runOnContext(there -> lane.complete(new GroupCommit<>(vertx, LIMITS, System::nanoTime, items -> {
            see(items);
            int fate = random.nextInt(100);
            long delayMillis = ++statements % 20 == 7 ? 60 : random.nextInt(3);
            Future<Void> delay = delayMillis == 0
                    ? Future.succeededFuture()
                    : vertx.timer(delayMillis, TimeUnit.MILLISECONDS).mapEmpty();
            return delay.compose(done -> {
                busy = false;
                if (fate >= 90) {
                    return Future.failedFuture(new IllegalArgumentException("a statement of this test failed"));
                }
                if (fate >= 88) {
                    return Future.succeededFuture(List.of());
                }
                items.forEach(committed::set);
                return Future.succeededFuture(items.stream().map(item -> -item).toList());
            });
        })));
        return lane.get(10, TimeUnit.SECONDS);
    }

    private void see(List<Integer> items) {
        if (busy || items.isEmpty() || items.size() > LIMITS.batchMax()) {
            faults.add("busy " + busy + ", size " + items.size());
        }
        busy = true;
        for (int item : items) {
            if (sent.get(item) || item <= lastOfCaller[item % CALLERS]) {
                faults.add("item " + item + " twice or out of order");
            }
            sent.set(item);
            lastOfCaller[item % CALLERS] = item;
        }
    }

    private enum Answer {
        WRITTEN,
        FAILED,
        FULL,
        UNSENT,
        LATE,
        WRONG;

        static Answer of(Throwable cause) {
            return switch (cause) {
                case Full full -> FULL;
                case TimedOut late -> late.sent() ? LATE : UNSENT;
                case IllegalArgumentException failed -> FAILED;
                case IllegalStateException size -> FAILED;
                case Throwable other -> WRONG;
            };
        }
    }
}
