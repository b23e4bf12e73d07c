package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.postgres.GroupCommit.Limits;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From where a lane may be asked, and where its answer is heard.
@ExtendWith(VertxExtension.class)
class GroupCommitCallersTest {

    private Vertx vertx;
    private Context loop;

    @BeforeEach
    void onOneLoop(Vertx vertx) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
    }

    @Test
    void future_ofACallerOnAnotherLoop_completesOnItsContext() throws Exception {
        GroupCommit<Integer, Integer> lane = lane();
        AtomicReference<Context> heardOn = new AtomicReference<>();
        AtomicReference<Context> askedOn = new AtomicReference<>();

        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                askedOn.set(context);
                return lane.add(1).onSuccess(row -> heardOn.set(Vertx.currentContext()));
            }
        }));

        assertThat(askedOn.get()).isNotNull().isNotSameAs(loop);
        assertThat(heardOn.get()).isSameAs(askedOn.get());
    }

    @Test
    void caller_onAVirtualThread_awaitsItsAnswer() throws Exception {
        GroupCommit<Integer, Integer> lane = lane();
        CompletableFuture<Integer> answer = new CompletableFuture<>();

        await(vertx.deployVerticle(
                new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        answer.complete(lane.add(41).await() + 1);
                        return Future.succeededFuture();
                    }
                },
                new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD)));

        assertThat(answer).isCompletedWithValue(42);
    }

    @Test
    void lane_onAVirtualThread_isRefused() {
        assertThatThrownBy(() -> await(vertx.deployVerticle(
                        new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                return make().add(1);
                            }
                        },
                        new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))))
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("lives on an event loop");
    }

    private GroupCommit<Integer, Integer> lane() throws Exception {
        CompletableFuture<GroupCommit<Integer, Integer>> lane = new CompletableFuture<>();
        loop.runOnContext(there -> lane.complete(make()));
        return lane.get(10, TimeUnit.SECONDS);
    }

    private GroupCommit<Integer, Integer> make() {
        return new GroupCommit<>(vertx, new Limits(1_000, 1_000, 30_000), System::nanoTime, Future::succeededFuture);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
