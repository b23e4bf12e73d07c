package dev.bandolier.server.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.bandolier.server.bench.Shop.Naming;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Durable conversions over HTTP, beside the same server without a database and beside the bare statement, in one run.
///
/// A Postgres with fsync, the server, and the server without a database are processes of their own; this one sends. Each
/// round measures everything once, one thing after the other. Between measurements the table of conversions is emptied,
/// so that each begins with an empty one and with nothing left to attribute; while it is measured, the server attributes
/// and learns as it always does.
final class ConversionsBench implements AutoCloseable {

    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final int VISITORS = 20_000;
    private static final int CONNECTIONS = 256;
    private static final int BATCH = 100;

    /// As many as fill several batches of the server, and not its waiting room.
    private static final int BATCH_CONNECTIONS = 32;

    private static final int FLUSHES = 200;
    private static final long LATE_NANOS = 500_000;

    /// How much is measured.
    ///
    /// @param rounds   each measures everything once
    /// @param length   of each measurement
    /// @param visitors whom orders belong to
    record Plan(int rounds, Duration length, int visitors) {}

    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final PrintStream out;
    private final Path folder;
    private final EmbeddedDatabase database;
    private final Child durable;
    private final Child bare;
    private final Shop shop;
    private final Vertx vertx;
    private final Barrage toDurable;
    private final Barrage toBare;
    private final Barrage batches;
    private final BareInsert insert;
    private int runs;

    private final Line durableToken = new Line("1 by token, committed");
    private final Line bareToken = new Line("1 by token, no database");
    private final Line durableUnit = new Line("1 by unit, committed");
    private final Line bareUnit = new Line("1 by unit, no database");
    private final Line hundredToken = new Line("100 by token, committed");
    private final Line hundredUnit = new Line("100 by unit, committed");
    private final Line aloneToken = new Line("100 by token, committed, attributed elsewhere");
    private final Line aloneUnit = new Line("100 by unit, committed, attributed elsewhere");
    private final Line one = new Line("bare `unnest`, 1 statement at a time");
    private final Line two = new Line("bare `unnest`, 2 statements at a time");
    private final Line pacedDurable = new Line("1 by unit, committed, at half its rate");
    private final Line pacedBare = new Line("1 by unit, no database, at that rate");
    private final Series late = new Series();

    private ConversionsBench(Path folder, int visitors, PrintStream out)
            throws IOException, InterruptedException, ExecutionException {
        this.folder = folder;
        this.out = out;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of the bench"));
        try {
            database = closing(
                    EmbeddedDatabase.start(
                            folder.resolve("postgres"),
                            Path.of(System.getProperty("bandolier.root", "."), "server/target/postgres-binaries")),
                    EmbeddedDatabase::close);
            // A busy machine makes a start slow; it should not end it.
            Map<String, String> environment = Map.of(
                    "DATABASE_URL",
                    database.uri(),
                    "BANDOLIER_SECRET",
                    SECRET,
                    "BANDOLIER_DATA",
                    folder.toString(),
                    "BANDOLIER_DATABASE_WAIT_SECONDS",
                    "60",
                    "BANDOLIER_DECIDE_WAIT_MILLIS",
                    "10000");
            durable = closing(
                    Child.start(environment, "dev.bandolier.server.Main", "serve", "--port", "0"), Child::close);
            shop = Shop.open(durable.port(), visitors);
            bare = closing(Child.start(environment, ServerWithoutDatabase.class.getName()), Child::close);
            vertx = closing(
                    Vertx.vertx(
                            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1)),
                    each -> each.close().await());
            toDurable = new Barrage(vertx, durable.port(), CONNECTIONS);
            toBare = new Barrage(vertx, bare.port(), CONNECTIONS);
            batches = new Barrage(vertx, durable.port(), BATCH_CONNECTIONS);
            insert = closing(new BareInsert(database.address()), BareInsert::close);
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private synchronized <T> T closing(T part, Consumer<T> close) {
        closers.push(() -> close.accept(part));
        return part;
    }

    /// Runs it and prints the table.
    ///
    /// @param arguments rounds and seconds of each measurement
    public static void main(String... arguments) throws Exception {
        Duration length = Duration.ofMillis((long) (1_000 * Double.parseDouble(arguments[1])));
        run(new Plan(Integer.parseInt(arguments[0]), length, VISITORS), System.out);
        System.exit(0);
    }

    /// Runs it in a folder of its own below `server/target`, which is on the disk that is measured.
    static void run(Plan plan, PrintStream out) throws Exception {
        Path target = Path.of(System.getProperty("bandolier.root", "."), "server", "target");
        Path folder = Files.createTempDirectory(target.toAbsolutePath(), "bench");
        try (ConversionsBench bench = new ConversionsBench(folder, plan.visitors(), out)) {
            bench.run(plan.rounds(), plan.length());
        } finally {
            delete(folder);
        }
    }

    private void run(int rounds, Duration length) throws Exception {
        machine();
        out.println("warming up");
        warmUp(length);
        out.println(flushes("before"));
        for (int round = 1; round <= rounds; round++) {
            out.println("round " + round + " of " + rounds);
            measure(durableToken, durable, toDurable, Naming.TOKEN, 1, length);
            measure(bareToken, bare, toBare, Naming.TOKEN, 1, length);
            insert(one, 1, length);
            measure(durableUnit, durable, toDurable, Naming.UNIT, 1, length);
            measure(bareUnit, bare, toBare, Naming.UNIT, 1, length);
            insert(two, 2, length);
            measure(hundredToken, durable, batches, Naming.TOKEN, BATCH, length);
            measure(hundredUnit, durable, batches, Naming.UNIT, BATCH, length);
            attribution("gen_random_uuid(), 'infinity'");
            measure(aloneToken, durable, batches, Naming.TOKEN, BATCH, length);
            measure(aloneUnit, durable, batches, Naming.UNIT, BATCH, length);
            attribution("gen_random_uuid(), now()");
            double rate = durableUnit.conversions.median() / 2;
            paced(pacedDurable, durable, toDurable, rate, length);
            paced(pacedBare, bare, toBare, rate, length);
        }
        out.println(flushes("after"));
        table();
    }

    private void machine() {
        out.printf(
                Locale.ROOT,
                "%d cores, %s %s, Java %s, load average %.2f%n",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("java.runtime.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void warmUp(Duration length) throws SQLException {
        for (Naming naming : Naming.values()) {
            toDurable.asFastAsAnswered(orders(naming, 1), length);
            toBare.asFastAsAnswered(orders(naming, 1), length);
            batches.asFastAsAnswered(orders(naming, BATCH), length);
        }
        empty();
    }

    private Supplier<Buffer> orders(Naming naming, int perRequest) {
        runs++;
        return shop.orders(naming, perRequest, "r" + runs, Instant.now());
    }

    private void measure(Line line, Child server, Barrage barrage, Naming naming, int perRequest, Duration length)
            throws SQLException {
        Usage usage = new Usage(server);
        Barrage.Result result = barrage.asFastAsAnswered(orders(naming, perRequest), length);
        usage.into(line);
        line.conversions.add(result.perSecond() * perRequest);
        latencies(line, result);
        settle(server, result.all() * perRequest);
    }

    private void paced(Line line, Child server, Barrage barrage, double rate, Duration length) throws SQLException {
        Usage usage = new Usage(server);
        Barrage.Result result = barrage.atRate(orders(Naming.UNIT, 1), rate, length);
        usage.into(line);
        line.conversions.add(result.all() / result.seconds());
        latencies(line, result);
        late.add(100 * result.lateness().above(LATE_NANOS));
        settle(server, result.all());
    }

    private static void latencies(Line line, Barrage.Result result) {
        line.p50.add(result.latencies().millis(0.5));
        line.p99.add(result.latencies().millis(0.99));
    }

    /// Holds the acknowledged against the rows, and empties the table.
    private void settle(Child server, long acknowledged) throws SQLException {
        if (server.equals(durable)) {
            long rows = number("select count(*) from conversions");
            if (rows != acknowledged) {
                throw new IllegalStateException(acknowledged + " were acknowledged, and " + rows + " are there");
            }
        }
        empty();
    }

    private void insert(Line line, int statements, Duration length) throws InterruptedException, ExecutionException {
        line.conversions.add(insert.rowsPerSecond(statements, Instant.now(), length));
    }

    /// Gives the lease of attribution to another node that is not there, or back to whoever asks first.
    private void attribution(String holder) throws SQLException {
        execute("insert into leases (name, holder, until) values ('attribute', " + holder
                + ") on conflict (name) do update set holder = excluded.holder, until = excluded.until");
    }

    private void empty() throws SQLException {
        execute("truncate conversions");
    }

    private long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.address().jdbcUrl(),
                database.address().user(),
                database.address().password());
    }

    private String flushes(String when) throws IOException {
        Times times = Disk.flushes(folder, FLUSHES);
        return String.format(
                Locale.ROOT, "fdatasync %s: p50 %.2f ms, p99 %.2f ms", when, times.millis(0.5), times.millis(0.99));
    }

    private void table() {
        out.println();
        out.println(
                "| " + CONNECTIONS + " connections | conversions/s | p50 ms | p99 ms | server | Postgres | client |");
        out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (Line line : List.of(
                durableToken,
                bareToken,
                durableUnit,
                bareUnit,
                hundredToken,
                hundredUnit,
                aloneToken,
                aloneUnit,
                one,
                two,
                pacedDurable,
                pacedBare)) {
            out.println(line.line());
        }
        out.println();
        out.printf(Locale.ROOT, "sent more than 0.5 ms late: %s %% of the requests at a rate%n", late.text(2));
        ratio("1 per request by token, committed / no database (at least 0.35)", durableToken, bareToken);
        ratio("1 per request by unit, committed / no database (at least 0.35)", durableUnit, bareUnit);
        ratio("100 per request by token / bare unnest, 1 at a time (at least 0.5)", hundredToken, one);
        ratio("100 per request by unit / bare unnest, 1 at a time (at least 0.5)", hundredUnit, one);
        ratio("100 per request by token, attributed elsewhere / bare unnest, 1 at a time", aloneToken, one);
        ratio("100 per request by unit, attributed elsewhere / bare unnest, 1 at a time", aloneUnit, one);
        ratio("100 per request by token / bare unnest, 2 at a time", hundredToken, two);
        ratio("100 per request by unit / bare unnest, 2 at a time", hundredUnit, two);
    }

    private void ratio(String name, Line product, Line ceiling) {
        out.println(name + ": " + product.conversions.over(ceiling.conversions).text(2));
    }

    /// The CPU time of everybody, from when it is made until it is read.
    private final class Usage {
        private final Child server;
        private final long startNanos = System.nanoTime();
        private final Duration serverBefore;
        private final Duration postgresBefore = postgres();
        private final long clientBefore = client();

        Usage(Child server) {
            this.server = server;
            this.serverBefore = server.cpu();
        }

        void into(Line line) {
            double nanos = System.nanoTime() - startNanos;
            line.server.add(server.cpu().minus(serverBefore).toNanos() / nanos);
            line.postgres.add(postgres().minus(postgresBefore).toNanos() / nanos);
            line.client.add((client() - clientBefore) / nanos);
        }

        private static long client() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }

        private Duration postgres() {
            ProcessHandle postmaster =
                    ProcessHandle.of(database.pid().orElseThrow()).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                    .reduce(Duration.ZERO, Duration::plus);
        }
    }

    @Override
    public synchronized void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
