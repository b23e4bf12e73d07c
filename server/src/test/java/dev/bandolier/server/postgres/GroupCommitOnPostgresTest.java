package dev.bandolier.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.postgres.GroupCommit.Limits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitOnPostgresTest {

    private static final int ITEMS = 10_000;
    private static final int CALLERS = 100;

    private final AtomicInteger statements = new AtomicInteger();

    @Test
    void callers_eachWaitingForItsCommit_shareStatementsAndFindTheirRows() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (OnePostgres postgres = OnePostgres.start()) {
            postgres.execute("create table rows (id int primary key)");
            Pool pool = PgBuilder.pool()
                    .connectingTo(postgres.url().connectOptions())
                    .with(new PoolOptions().setMaxSize(2))
                    .using(vertx)
                    .build();

            List<Future<Integer>> callers = onLoop(vertx, () -> {
                GroupCommit<Integer, Integer> lane = new GroupCommit<>(
                        vertx, new Limits(1_000, 10_000, 30_000), System::nanoTime, items -> insert(pool, items));
                return IntStream.range(0, CALLERS)
                        .mapToObj(caller -> chain(lane, caller))
                        .toList();
            });
            get(Future.all(callers));

            assertThat(callers).extracting(Future::result).allMatch(last -> last >= ITEMS - CALLERS);
            assertThat(get(pool.query("select count(*) from rows").execute())
                            .iterator()
                            .next()
                            .getInteger(0))
                    .isEqualTo(ITEMS);
            assertThat(statements.get()).isBetween(ITEMS / CALLERS, ITEMS / 10);
        } finally {
            get(vertx.close());
        }
    }

    /// One caller, who adds its next item when the one before is committed.
    private static Future<Integer> chain(GroupCommit<Integer, Integer> lane, int item) {
        return lane.add(item).compose(row -> {
            assertThat(row).isEqualTo(item);
            return item + CALLERS < ITEMS ? chain(lane, item + CALLERS) : Future.succeededFuture(row);
        });
    }

    private Future<List<Integer>> insert(Pool pool, List<Integer> items) {
        statements.incrementAndGet();
        return pool.preparedQuery("insert into rows select * from unnest($1::int[]) returning id")
                .execute(Tuple.of(items.toArray(Integer[]::new)))
                .map(rows -> rows.stream().map(row -> row.getInteger(0)).toList());
    }

    private static <T> T onLoop(Vertx vertx, Supplier<T> action) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        Context loop = vertx.getOrCreateContext();
        loop.runOnContext(there -> result.complete(action.get()));
        return result.get(10, TimeUnit.SECONDS);
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
