package dev.bandolier.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Long work is done one at a time, and few wait for it.
@Timeout(30)
class LineTest {

    @Test
    void take_whileAsManyWaitAsMay_isToldToComeBack() throws InterruptedException {
        Line line = new Line("questions", 1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Integer> first = CompletableFuture.supplyAsync(
                () -> line.take(() -> {
                    begun.countDown();
                    return waited(done, 1);
                }),
                Thread::startVirtualThread);
        begun.await();
        CountDownLatch refused = new CountDownLatch(4);
        List<CompletableFuture<Boolean>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(CompletableFuture.supplyAsync(() -> served(line, refused), Thread::startVirtualThread));
        }
        refused.await();
        done.countDown();

        assertThat(first.join()).isEqualTo(1);
        assertThat(others.stream().filter(CompletableFuture::join)).hasSize(1);
        assertThat(line.take(() -> 4)).isEqualTo(4);
    }

    @Test
    void take_workThatFails_leavesThePlaceToOthers() {
        Line line = new Line("questions", 1);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> line.take(() -> {
                        throw Problem.field("a", "is wrong");
                    }))
                    .asInstanceOf(type(Problem.class))
                    .returns(422, Problem::status);
        }

        assertThat(line.take(() -> 7)).isEqualTo(7);
    }

    @Test
    void compute_byMany_isDoneOneAtATime_andFailsAsTheWorkDoes() {
        try (Bench bench = new Bench()) {
            AtomicInteger atOnce = new AtomicInteger();
            List<CompletableFuture<Integer>> asked = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                asked.add(CompletableFuture.supplyAsync(
                        () -> bench.compute(() -> {
                            int now = atOnce.incrementAndGet();
                            Thread.sleep(1);
                            atOnce.decrementAndGet();
                            return now;
                        }),
                        Thread::startVirtualThread));
            }

            assertThat(asked).allMatch(each -> each.join() == 1);
            assertThatThrownBy(() -> bench.compute(() -> {
                        throw Problem.notFound("nothing");
                    }))
                    .asInstanceOf(type(Problem.class))
                    .returns(404, Problem::status);
        }
    }

    @Test
    void compute_whenTheServerCloses_isToldToComeBack() {
        Bench bench = new Bench();
        bench.close();

        assertThatThrownBy(() -> bench.compute(() -> 1))
                .asInstanceOf(type(Problem.class))
                .returns(503, Problem::status);
    }

    private static boolean served(Line line, CountDownLatch refused) {
        try {
            return line.take(() -> true);
        } catch (Problem e) {
            assertThat(e.status()).isEqualTo(503);
            refused.countDown();
            return false;
        }
    }

    private static int waited(CountDownLatch done, int value) {
        try {
            done.await();
            return value;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
