package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A list of items handed to a lane at once.
final class GroupCommitListsTest {

    private static final int BATCH_MAX = 4;

    private final Vertx vertx = Vertx.vertx();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());

    private final GroupCommit<Integer, String> lane =
            new GroupCommit<>(vertx, new GroupCommit.Limits(BATCH_MAX, 10, 5_000), System::nanoTime, batch -> {
                batches.add(batch);
                return Future.succeededFuture(
                        batch.stream().map(item -> "done " + item).toList());
            });

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void list_isLargerThanABatch_isAnsweredInOrderByFullBatches() {
        List<Future<String>> answers = lane.addAll(List.of(1, 2, 3, 4, 5, 6));
        assertThat(answers.stream().map(answer -> answer.await()))
                .containsExactly("done 1", "done 2", "done 3", "done 4", "done 5", "done 6");
        assertThat(batches).containsExactly(List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void list_isLargerThanTheWaitingRoom_failsForTheRestOnly() {
        List<Future<String>> answers =
                lane.addAll(IntStream.range(0, 12).boxed().toList());
        assertThat(answers.subList(0, 10).stream().map(answer -> answer.await()))
                .hasSize(10);
        for (Future<String> refused : answers.subList(10, 12)) {
            assertThatThrownBy(() -> refused.await()).isInstanceOf(GroupCommit.Full.class);
        }
    }

    @Test
    void list_isEmpty_asksNothing() {
        assertThat(lane.addAll(List.of())).isEmpty();
        assertThat(lane.add(7).await()).isEqualTo("done 7");
        assertThat(batches).containsExactly(List.of(7));
    }
}
