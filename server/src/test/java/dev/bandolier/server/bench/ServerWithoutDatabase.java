package dev.bandolier.server.bench;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.server.Settings;
import dev.bandolier.server.decide.DecideRoutes;
import dev.bandolier.server.http.FrontDoor;
import dev.bandolier.server.http.Pages;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.receive.Reception;
import dev.bandolier.server.report.LiveFeed;
import dev.bandolier.server.report.LiveRoutes;
import dev.bandolier.server.wire.Workroom;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The server as it is wired for conversions, with a [MemoryPool] where its connections are: the same door, routing,
/// threads, checks and lanes, and statements that are answered at once.
///
/// What is served, and the decisions that conversions are looked up for, it reads from the database of the real server
/// before it opens.
final class ServerWithoutDatabase {

    private ServerWithoutDatabase() {}

    public static void main(String... arguments) throws InterruptedException {
        Settings settings = Settings.of(System.getenv(), Map.of("PORT", "0"));
        byte[] secret = HexFormat.of().parseHex(settings.database().secret().orElseThrow());
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.http().eventLoops() + 1));
        Pool pool = PgBuilder.pool()
                .using(vertx)
                .connectingTo(DatabaseUrl.parse(settings.database().url().orElseThrow())
                        .connectOptions())
                .build();
        Ledger real = Ledger.of(pool);
        Board board = real.board();
        LiveFeed feed = new LiveFeed(
                board,
                settings.clock(),
                "bench",
                settings.http().live().historyMax(),
                settings.http().live().historyBytes());
        board.refresh();
        Ledger memory = Ledger.of(new MemoryPool(decisions(pool)));
        pool.close().await();
        AtomicInteger port = new AtomicInteger();
        vertx.deployVerticle(
                        () -> door(settings, secret, board, memory, feed, vertx, port),
                        new DeploymentOptions().setInstances(settings.http().eventLoops()))
                .await();
        System.out.println("Bandolier serves http://127.0.0.1:" + port.get() + "/ (no database)");
        new CountDownLatch(1).await();
    }

    private static FrontDoor door(
            Settings settings,
            byte[] secret,
            Board board,
            Ledger memory,
            LiveFeed feed,
            Vertx vertx,
            AtomicInteger port) {
        return new FrontDoor(
                settings.http(),
                loop -> new DecideRoutes(
                        loop,
                        settings,
                        secret,
                        board,
                        memory,
                        Caffeine.newBuilder().build(),
                        new SplittableRandom(1)),
                loop -> new LiveRoutes(loop, settings.http().live(), feed),
                new Reception(vertx, settings, secret, board, memory, new Bell(), new SecureRandom()).endpoints(),
                Pages.fromClassPath(),
                new Workroom(settings.http().tasksMax()),
                port::set);
    }

    private static Map<UUID, List<Row>> decisions(Pool pool) {
        Map<UUID, List<Row>> found = new HashMap<>();
        for (Row row : pool.query("select * from decisions").execute().await()) {
            found.computeIfAbsent(row.getUUID("unit"), unit -> new ArrayList<>())
                    .add(row);
        }
        return found;
    }
}
