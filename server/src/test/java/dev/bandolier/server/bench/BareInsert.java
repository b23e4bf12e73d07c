package dev.bandolier.server.bench;

import dev.bandolier.server.postgres.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The bare statement: `insert ... select from unnest(...)` of the columns of a conversion into a table like that of
/// conversions, indexes included, a thousand rows at a time; nobody reads, checks or answers anything.
final class BareInsert implements AutoCloseable {

    /// Rows of one statement, as many as the server puts into one.
    static final int ROWS = 1_000;

    private static final String INSERT = """
        insert into bench.conversions
          (source, event_id, metric, unit, experiment, occasion, value, currency, happened_at, received_at, reverses,
           origin)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[],
                             $8::text[], $9::timestamptz[], $10::timestamptz[], $11::text[], $12::uuid[])\
        """;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Pool pool;
    private long run;

    /// Makes the table.
    BareInsert(DatabaseUrl database) {
        pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(database.connectOptions())
                .with(new PoolOptions().setMaxSize(2))
                .build();
        pool.query("create schema bench").execute().await();
        pool.query("create table bench.conversions (like public.conversions including all)")
                .execute()
                .await();
    }

    /// Rows per second, with so many statements on their way at once, each on a connection of its own.
    double rowsPerSecond(int statements, Instant now, Duration length) throws InterruptedException, ExecutionException {
        pool.query("truncate bench.conversions").execute().await();
        long end = System.nanoTime() + length.toNanos();
        List<Callable<Long>> lanes = new ArrayList<>();
        for (int lane = 0; lane < statements; lane++) {
            run++;
            String ids = "order-" + run + "-";
            lanes.add(() -> insertUntil(ids, now.atOffset(ZoneOffset.UTC), end));
        }
        long rows = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> lane : threads.invokeAll(lanes)) {
                rows += lane.get();
            }
        }
        return rows / (length.toNanos() / 1e9);
    }

    private long insertUntil(String ids, OffsetDateTime now, long end) {
        long rows = 0;
        while (System.nanoTime() < end) {
            pool.preparedQuery(INSERT).execute(columns(ids, rows, now)).await();
            rows += ROWS;
        }
        return rows;
    }

    private static Tuple columns(String ids, long from, OffsetDateTime now) {
        OffsetDateTime[] times = new OffsetDateTime[ROWS];
        Arrays.fill(times, now);
        Long[] values = new Long[ROWS];
        Arrays.fill(values, 4_990L);
        return Tuple.of(
                        same("api"),
                        IntStream.range(0, ROWS).mapToObj(i -> ids + (from + i)).toArray(String[]::new),
                        same("purchase"),
                        IntStream.range(0, ROWS)
                                .mapToObj(i -> new UUID((from + i) * 0x9E3779B97F4A7C15L, i))
                                .toArray(UUID[]::new),
                        new Long[ROWS],
                        new Long[ROWS])
                .addValue(values)
                .addValue(same("EUR"))
                .addValue(times)
                .addValue(times)
                .addValue(new String[ROWS])
                .addValue(new UUID[ROWS]);
    }

    private static String[] same(String text) {
        String[] all = new String[ROWS];
        Arrays.fill(all, text);
        return all;
    }

    @Override
    public void close() {
        pool.close().await();
        vertx.close().await();
    }
}
