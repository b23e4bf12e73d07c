package dev.bandolier.server;

import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/// One installation for one test class: a fresh database, and any number of nodes on it.
///
/// Closing it ends the nodes, the latest first, and drops the database.
final class Site implements AutoCloseable {

    /// The secret of every node of tests.
    static final String SECRET = "00112233445566778899aabbccddeeff";

    private final DatabaseUrl database;
    private final Deque<Runnable> closers = new ArrayDeque<>();

    private Site(DatabaseUrl database) {
        this.database = database;
    }

    /// A site with an empty database.
    static Site fresh() {
        return new Site(Postgres.create());
    }

    /// The oracle's way into the database.
    Sql sql() {
        return new Sql(database);
    }

    /// What the logs and the counters say.
    Books books() {
        return new Books(sql());
    }

    /// The tables of the database, with connections of their own that find every row by an index, as those of a node.
    Ledger ledger() {
        Vertx vertx = Vertx.vertx();
        PgConnectOptions connect = database.connectOptions().addProperty("enable_seqscan", "off");
        Pool pool = PgBuilder.pool().using(vertx).connectingTo(connect).build();
        closers.push(() -> {
            pool.close().await();
            vertx.close().await();
        });
        return Ledger.of(pool);
    }

    /// One more node, in this process.
    Api node() {
        return node(Map.of());
    }

    /// One more node, in this process, with these settings.
    Api node(Map<String, String> settings) {
        Node node = opened(settings);
        closers.push(node::close);
        return new Api(node.address());
    }

    /// One more node, in this process, which the caller closes.
    Node opened(Map<String, String> settings) {
        Map<String, String> environment = environment();
        environment.putAll(settings);
        return opened(Settings.of(environment, Map.of("PORT", "0")));
    }

    /// One more node, in this process, whose clock is so much ahead of ours, or behind; the caller closes it.
    Node opened(Duration ahead) {
        Settings settings = Settings.of(environment(), Map.of("PORT", "0"));
        return opened(new Settings(
                settings.http(),
                settings.decide(),
                settings.receive(),
                settings.attribute(),
                settings.learn(),
                settings.database(),
                Clock.offset(Clock.systemUTC(), ahead),
                settings.listing()));
    }

    private static Node opened(Settings settings) {
        try {
            return Main.open(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One more node, a process of its own.
    Api process() {
        ServerProcess process = ServerProcess.start(environment());
        closers.push(process::close);
        return process.api();
    }

    /// A process of its own with these options of `serve`, which the caller closes.
    ServerProcess launched(String... options) {
        return ServerProcess.start(environment(), options);
    }

    @Override
    public void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
        Postgres.drop(database);
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "DATABASE_URL", database.uri(), "BANDOLIER_SECRET", SECRET, "BANDOLIER_DATABASE_CONNECTIONS", "8"));
    }
}
