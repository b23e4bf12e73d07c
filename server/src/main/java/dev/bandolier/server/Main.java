package dev.bandolier.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Decision;
import dev.bandolier.server.attribute.Attribution;
import dev.bandolier.server.decide.DecideRoutes;
import dev.bandolier.server.duty.Leased;
import dev.bandolier.server.duty.Loop;
import dev.bandolier.server.experiments.ExperimentRoutes;
import dev.bandolier.server.experiments.Register;
import dev.bandolier.server.http.Contract;
import dev.bandolier.server.http.FrontDoor;
import dev.bandolier.server.http.HealthRoutes;
import dev.bandolier.server.http.Pages;
import dev.bandolier.server.learn.Learning;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ConversionLog;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.DecisionLog;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Installation;
import dev.bandolier.server.ledger.Leases;
import dev.bandolier.server.ledger.RewardLog;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.StandingTable;
import dev.bandolier.server.ledger.Transactions;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.postgres.Bells;
import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import dev.bandolier.server.postgres.Migrations;
import dev.bandolier.server.receive.ReceiveRoutes;
import dev.bandolier.server.report.LiveFeed;
import dev.bandolier.server.report.LiveRoutes;
import dev.bandolier.server.report.ReportRoutes;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Workroom;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/// The process, wired by hand: every object of a node is made here, once, and closed in the opposite order.
public final class Main {

    private Main() {}

    /// Runs a command; see `bandolier --help`.
    public static void main(String... arguments) throws IOException {
        try (InputStream logging = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(logging);
        }
        System.exit(Commands.run(arguments));
    }

    /// Starts a node: database, migrations, duties, and at last the front door.
    ///
    /// @throws IOException              if the secret cannot be read or made
    /// @throws IllegalArgumentException if a setting is wrong
    /// @throws IllegalStateException    if the database belongs to another secret
    static Node open(Settings settings) throws IOException {
        Secret secret =
                Secret.of(settings.database().secret(), settings.database().data());
        Node node = new Node();
        try {
            Vertx vertx = node.closing(
                    Vertx.vertx(new VertxOptions()
                            .setPreferNativeTransport(true)
                            .setEventLoopPoolSize(settings.http().eventLoops() + 1)),
                    each -> each.close().await());
            DatabaseUrl url = database(settings, node);
            Migrations.run(url);
            Pool pool = node.closing(
                    pool(vertx, url, settings), each -> each.close().await());
            start(node, settings, secret, vertx, url, pool);
            return node;
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private static DatabaseUrl database(Settings settings, Node node) {
        return settings.database()
                .url()
                .map(DatabaseUrl::parse)
                .orElseGet(() -> node.closing(
                                EmbeddedDatabase.start(
                                        settings.database().data().resolve("postgres"),
                                        settings.database().binaries()),
                                EmbeddedDatabase::close)
                        .address());
    }

    private static Pool pool(Vertx vertx, DatabaseUrl url, Settings settings) {
        PoolOptions options = new PoolOptions()
                .setMaxSize(settings.database().connections())
                .setConnectionTimeout(settings.database().waitSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        // Every statement finds its rows by an index. A plan that was made while a table was small must not scan it for
        // ever.
        PgConnectOptions connect =
                url.connectOptions().addProperty("statement_timeout", "30000").addProperty("enable_seqscan", "off");
        return PgBuilder.pool().using(vertx).connectingTo(connect).with(options).build();
    }

    private static void start(Node node, Settings settings, Secret secret, Vertx vertx, DatabaseUrl url, Pool pool)
            throws IOException {
        Installation installation = new Installation();
        if (!installation.accepts(pool, secret.fingerprint(), settings.clock().instant())) {
            throw new IllegalStateException(
                    "this database was first used with another secret, so every unit would get another"
                            + " key; set BANDOLIER_SECRET, or the file 'secret' in the data folder, to the first one");
        }
        DecisionLog decisions = new DecisionLog(pool);
        ConversionLog conversions = new ConversionLog(pool);
        RewardLog rewards = new RewardLog();
        SnapshotLog snapshots = new SnapshotLog();
        StandingTable standings = new StandingTable();
        CounterTable counters = new CounterTable();
        ExperimentTable experiments = new ExperimentTable();
        Board board = new Board(pool, experiments, snapshots, standings, counters);
        UUID name = UUID.randomUUID();
        LiveFeed feed = new LiveFeed(
                board,
                settings.clock(),
                name.toString().substring(0, 8),
                settings.http().liveHistory());
        board.refresh();

        Bell served = new Bell();
        Bell reported = new Bell();
        Bell earned = new Bell();
        Bells bells = node.closing(
                new Bells(vertx, url.connectOptions(), Set.of(ExperimentTable.CHANNEL)),
                each -> each.close().await());
        bells.bell(ExperimentTable.CHANNEL).onRing(served::ring);
        bells.bell(ExperimentTable.CHANNEL).onRing(earned::ring);
        bells.open();

        Leases leases = new Leases(name);
        Duration lease = settings.learn().lease();
        Duration tick = settings.learn().tick();
        node.closing(new Loop("follow", served, Duration.ZERO, tick, board::refresh), Loop::close);
        Leased attribution = new Leased(
                new Attribution(settings, board, decisions, conversions, rewards, earned), pool, leases, lease);
        Leased learning = new Leased(
                new Learning(
                        settings,
                        board,
                        decisions,
                        conversions,
                        rewards,
                        counters,
                        snapshots,
                        standings,
                        experiments,
                        served),
                pool,
                leases,
                lease);
        node.closing(attribution, Leased::release);
        node.closing(learning, Leased::release);
        node.closing(
                new Loop(
                        "attribute",
                        reported,
                        Duration.ZERO,
                        settings.attribute().tick(),
                        attribution),
                Loop::close);
        node.closing(new Loop("learn", earned, settings.learn().pace(), tick, learning), Loop::close);

        Register register = new Register(
                new Transactions(pool), experiments, snapshots, board, earned, settings.clock(), new SecureRandom());
        List<Endpoint> endpoints = Stream.of(
                        new ReceiveRoutes(vertx, settings, secret.bytes(), board, decisions, conversions, reported)
                                .endpoints(),
                        new ExperimentRoutes(register, board).endpoints(),
                        new ReportRoutes(pool, board, snapshots).endpoints(),
                        new HealthRoutes(pool, installation).endpoints(),
                        new Contract().endpoints())
                .flatMap(List::stream)
                .toList();
        Cache<Decision.Key, Decision> known =
                Caffeine.newBuilder().maximumSize(settings.decide().knownMax()).build();
        SecureRandom seeds = new SecureRandom();
        Pages pages = Pages.fromClassPath();
        Workroom workroom = node.closing(new Workroom(settings.http().tasksMax()), Workroom::close);
        AtomicInteger port = new AtomicInteger(settings.http().port());
        String door = vertx.deployVerticle(
                        () -> new FrontDoor(
                                settings.http(),
                                loop -> new DecideRoutes(
                                        loop,
                                        settings,
                                        secret.bytes(),
                                        board,
                                        decisions,
                                        known,
                                        new SplittableRandom(seeds.nextLong())),
                                loop -> new LiveRoutes(loop, settings.http(), feed),
                                endpoints,
                                pages,
                                workroom,
                                port::set),
                        new DeploymentOptions().setInstances(settings.http().eventLoops()))
                .await();
        node.closing(door, each -> vertx.undeploy(each).await());
        node.opened(settings.http().host(), port.get());
    }
}
