package dev.bandolier.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Decision;
import dev.bandolier.server.attribute.Attribution;
import dev.bandolier.server.decide.DecideRoutes;
import dev.bandolier.server.duty.Courteous;
import dev.bandolier.server.duty.Leased;
import dev.bandolier.server.duty.Loop;
import dev.bandolier.server.experiments.ExperimentRoutes;
import dev.bandolier.server.experiments.KillSwitchRoutes;
import dev.bandolier.server.experiments.PreviewRoutes;
import dev.bandolier.server.experiments.Previews;
import dev.bandolier.server.experiments.QuarantineRoutes;
import dev.bandolier.server.experiments.Quarantines;
import dev.bandolier.server.experiments.Register;
import dev.bandolier.server.experiments.ReplayRoutes;
import dev.bandolier.server.experiments.Replays;
import dev.bandolier.server.http.Contract;
import dev.bandolier.server.http.FrontDoor;
import dev.bandolier.server.http.Pages;
import dev.bandolier.server.learn.Learning;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.ExperimentTable;
import dev.bandolier.server.ledger.Leases;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.postgres.Bells;
import dev.bandolier.server.postgres.DatabaseUrl;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import dev.bandolier.server.postgres.Migrations;
import dev.bandolier.server.receive.Receipts;
import dev.bandolier.server.receive.Reception;
import dev.bandolier.server.report.AuditRoutes;
import dev.bandolier.server.report.HealthRoutes;
import dev.bandolier.server.report.HistoryRoutes;
import dev.bandolier.server.report.LiveFeed;
import dev.bandolier.server.report.LiveRoutes;
import dev.bandolier.server.report.ReconciliationRoutes;
import dev.bandolier.server.report.ReportRoutes;
import dev.bandolier.server.report.SparkRoutes;
import dev.bandolier.server.report.Tidings;
import dev.bandolier.server.report.WhatIfRoutes;
import dev.bandolier.server.wire.Bench;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Workroom;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Stream;

/// The process, wired by hand: every object of a node is made here, once, and closed in the opposite order.
public final class Main {

    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    /// The longest statement, in milliseconds; Postgres ends it.
    private static final String STATEMENT_MILLIS_MAX = "30000";

    /// After this a connection that nobody uses is closed.
    private static final int IDLE_SECONDS = 30;

    /// After this a connection in use that says nothing is given up: longer than any statement and any rest.
    private static final int SILENT_SECONDS_MAX = 45;

    /// How long what was sent to the database may stay unacknowledged by its machine.
    private static final int PEER_GONE_MILLIS = 20_000;

    /// How often what came in is written down: a killed node owes what came since.
    private static final Duration RECEIPTS_PACE = Duration.ofSeconds(1);

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
        } catch (Exception e) {
            // Awaiting throws what a future failed with, also what is declared nowhere, such as a port that is taken.
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
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        // Every statement finds its rows by an index. A plan that was made while a table was small must not scan it for
        // ever.
        PgConnectOptions connect = url.connectOptions()
                .addProperty("statement_timeout", STATEMENT_MILLIS_MAX)
                .addProperty("enable_seqscan", "off");
        // A peer that vanished without a word is given up, instead of holding a statement, and its lane, for ever.
        NetClientOptions wire = new NetClientOptions()
                .setTcpUserTimeout(PEER_GONE_MILLIS)
                .setReadIdleTimeout(SILENT_SECONDS_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool()
                .using(vertx)
                .connectingTo(connect)
                .with(wire)
                .with(options)
                .build();
    }

    private static void start(Node node, Settings settings, Secret secret, Vertx vertx, DatabaseUrl url, Pool pool) {
        Ledger ledger = Ledger.of(pool);
        Instant now = settings.clock().instant();
        if (!ledger.installation().accepts(pool, secret.fingerprint(), now)) {
            throw new IllegalStateException(
                    "this database was first used with another secret, so every unit would get another key; set"
                            + " BANDOLIER_SECRET, or the file 'secret' in the data folder, to the first one");
        }
        if (ledger.transactions().run(ledger.counters()::adopt)) {
            LOG.log(Level.WARNING, "This database was restored into another cluster; its decisions were stamped anew");
        }
        UUID name = UUID.randomUUID();
        Board board = ledger.board();
        LiveFeed feed = new LiveFeed(
                board,
                settings.clock(),
                name.toString(),
                settings.http().live().historyMax(),
                settings.http().live().historyBytes());
        board.refresh();
        Rings rings = new Rings(new Bell(), new Bell(), new Bell());
        SecureRandom seeds = new SecureRandom();
        Reception reception = new Reception(vertx, settings, secret.bytes(), board, ledger, rings.reported(), seeds);
        duties(node, settings, ledger, board, rings, new Leases(name), reception::crowded);
        listen(node, vertx, url, rings);
        door(node, settings, secret, vertx, ledger, board, feed, rings, reception, seeds);
    }

    /// The bells of this node, each with one loop that waits on it.
    ///
    /// @param served   there may be something new to serve
    /// @param reported there are new conversions
    /// @param earned   there are new rewards, or a definition changed
    private record Rings(Bell served, Bell reported, Bell earned) {}

    private static void duties(
            Node node,
            Settings settings,
            Ledger ledger,
            Board board,
            Rings rings,
            Leases leases,
            BooleanSupplier crowded) {
        Duration tick = settings.learn().tick();
        Attribution attribution = new Attribution(settings, board, ledger, rings.earned());
        Learning learning = new Learning(settings, board, ledger, rings.served());
        Leased attributing =
                new Leased(attribution, ledger.pool(), leases, settings.learn().lease());
        Leased learned =
                new Leased(learning, ledger.pool(), leases, settings.learn().lease());
        node.closing(attributing, Leased::release);
        node.closing(learned, Leased::release);
        node.closing(new Loop("follow", rings.served(), Duration.ZERO, tick, board::refresh), Loop::close);
        node.closing(
                new Loop(
                        "attribute",
                        rings.reported(),
                        Duration.ZERO,
                        settings.attribute().tick(),
                        new Courteous(attributing, crowded, settings.attribute().courtesy())),
                Loop::close);
        node.closing(new Loop("learn", rings.earned(), settings.learn().pace(), tick, learned), Loop::close);
    }

    /// What other nodes change is served, and learned from, at once.
    private static void listen(Node node, Vertx vertx, DatabaseUrl url, Rings rings) {
        Bells bells = new Bells(vertx, url.connectOptions(), Set.of(ExperimentTable.CHANNEL));
        Bell changed = bells.bell(ExperimentTable.CHANNEL);
        changed.onRing(rings.served()::ring);
        changed.onRing(rings.earned()::ring);
        node.closing(bells, each -> each.close().await());
        bells.open();
    }

    private static void door(
            Node node,
            Settings settings,
            Secret secret,
            Vertx vertx,
            Ledger ledger,
            Board board,
            LiveFeed feed,
            Rings rings,
            Reception reception,
            SecureRandom seeds) {
        Register register = new Register(ledger, board, rings.earned(), settings.clock(), seeds);
        Bench bench = node.closing(new Bench(), Bench::close);
        Previews previews = new Previews(register, board, bench, settings.http().previewsMax());
        Tidings tidings = new Tidings(ledger, settings.clock());
        Quarantines quarantines = new Quarantines(ledger, secret.bytes(), rings.reported(), settings.clock());
        Replays replays = new Replays(ledger, rings.reported(), settings.clock());
        Receipts receipts = node.closing(reception.receipts(), Receipts::close);
        node.closing(new Loop("receipts", new Bell(), RECEIPTS_PACE, RECEIPTS_PACE, receipts::flush), Loop::close);
        List<Endpoint> endpoints = Stream.of(
                        reception.endpoints(),
                        new ExperimentRoutes(register, board).endpoints(),
                        new PreviewRoutes(previews).endpoints(),
                        new KillSwitchRoutes(ledger, board, settings.clock()).endpoints(),
                        new QuarantineRoutes(quarantines).endpoints(),
                        new ReplayRoutes(replays).endpoints(),
                        new ReportRoutes(ledger, board, settings.clock(), tidings, bench).endpoints(),
                        new WhatIfRoutes(
                                        ledger,
                                        board,
                                        tidings,
                                        bench,
                                        settings.http().whatIfsMax())
                                .endpoints(),
                        new HistoryRoutes(ledger, board, settings.clock()).endpoints(),
                        new SparkRoutes(ledger, board, settings.clock()).endpoints(),
                        new ReconciliationRoutes(ledger, settings.clock()).endpoints(),
                        new AuditRoutes(ledger).endpoints(),
                        new HealthRoutes(ledger).endpoints(),
                        new Contract().endpoints())
                .flatMap(List::stream)
                .toList();
        Cache<Decision.Key, Decision> known =
                Caffeine.newBuilder().maximumSize(settings.decide().knownMax()).build();
        Function<Vertx, DecideRoutes> decide = loop -> new DecideRoutes(
                loop, settings, secret.bytes(), board, ledger, known, new SplittableRandom(seeds.nextLong()));
        Function<Vertx, LiveRoutes> live =
                loop -> new LiveRoutes(loop, settings.http().live(), feed);
        Pages pages = Pages.fromClassPath();
        Workroom workroom = node.closing(new Workroom(settings.http().tasksMax()), Workroom::close);
        AtomicInteger port = new AtomicInteger(settings.http().port());
        String doors = vertx.deployVerticle(
                        () -> new FrontDoor(settings.http(), decide, live, endpoints, pages, workroom, port::set),
                        new DeploymentOptions().setInstances(settings.http().eventLoops()))
                .await();
        node.closing(doors, each -> vertx.undeploy(each).await());
        node.opened(settings.http().host(), port.get());
    }
}
