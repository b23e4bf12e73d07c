package dev.bandolier.server;

import dev.bandolier.server.PageTimes.Motion;
import dev.bandolier.server.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// How smooth the pages are with many experiments and a month of snapshots: what a server takes for what pages ask it,
/// how long a page takes to come, and how it moves while snapshots come in.
///
/// A server in this process, with a Postgres of its own, and a Chromium without a window. How fast anything is, is not
/// judged; that something was measured is.
public final class DashboardBench implements AutoCloseable {

    /// How much there is, and how long it is looked at.
    ///
    /// @param experiments that run
    /// @param snapshots   of each
    /// @param times       how often each request is made
    /// @param openings    how often each page is opened
    /// @param length      how long each page is looked at while snapshots come in; a third of that while none do
    record Plan(int experiments, int snapshots, int times, int openings, Duration length) {}

    private static final int PER_SECOND = 200;
    private static final int TIMES = 20;
    private static final int OPENINGS = 5;
    private static final String VISITED = PlantedMonth.key(0);
    private static final String TIMES_HEAD = """
        | ms | times | p50 | p95 | max |
        |---|---:|---:|---:|---:|\
        """;

    private final Plan plan;
    private final PrintStream out;
    private final Path folder;
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private final long startNanos = System.nanoTime();

    private DashboardBench(Plan plan, Path folder, PrintStream out) {
        this.plan = plan;
        this.folder = folder;
        this.out = out;
        closers.push(() -> delete(folder));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end of the bench"));
    }

    /// Runs it and prints its tables.
    ///
    /// @param arguments how many experiments, how many snapshots of each, for how many seconds each page is looked at
    public static void main(String... arguments) throws Exception {
        Duration length = Duration.ofSeconds(Long.parseLong(arguments[2]));
        run(
                new Plan(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), TIMES, OPENINGS, length),
                System.out);
        System.exit(0);
    }

    /// Runs it in a folder of its own below `server/target`, which is gone afterwards.
    static void run(Plan plan, PrintStream out) throws Exception {
        Path target = Path.of(System.getProperty("bandolier.root"), "server", "target");
        Path folder = Files.createTempDirectory(target.toAbsolutePath(), "dashboard-bench");
        try (DashboardBench bench = new DashboardBench(plan, folder, out)) {
            bench.run();
        }
    }

    private void run() throws Exception {
        machine();
        EmbeddedDatabase database = database();
        PlantedMonth month = new PlantedMonth(new Sql(database.address()), plan.experiments(), plan.snapshots());
        try (Node early = node(database, PlantedMonth.AGO.negated())) {
            month.begin(new Api(early.address()));
        }
        // Nobody reads the ledger meanwhile: what is not committed yet, all who look for the latest would step over.
        month.write();
        month.visited(VISITED);
        progress(month.inWords(VISITED));
        Node node = closing(node(database, Duration.ZERO), Node::close);
        table(TIMES_HEAD, RequestTimes.of(new Api(node.address()), month, VISITED, plan.times()));
        try (Browser browser = Browser.open()) {
            pages(new PageTimes(browser, node.address()), month);
        }
        progress("done");
    }

    private EmbeddedDatabase database() {
        Path binaries = Path.of(System.getProperty("bandolier.root"), "server", "target", "postgres-binaries");
        return closing(EmbeddedDatabase.start(folder.resolve("postgres"), binaries), EmbeddedDatabase::close);
    }

    /// A node whose clock is so much ahead of ours. A busy machine makes it slow; that should not end it.
    private Node node(EmbeddedDatabase database, Duration ahead) throws IOException {
        Map<String, String> environment = Map.of(
                "DATABASE_URL",
                database.uri(),
                "BANDOLIER_DATA",
                folder.toString(),
                "BANDOLIER_PORT",
                "0",
                "BANDOLIER_DATABASE_WAIT_SECONDS",
                "60",
                "BANDOLIER_DECIDE_WAIT_MILLIS",
                "10000");
        Settings settings = Settings.of(environment, Map.of());
        return Main.open(settings.withClock(Clock.offset(Clock.systemUTC(), ahead)));
    }

    private void pages(PageTimes pages, PlantedMonth month) {
        progress(pages.product());
        List<String> coming = new ArrayList<>();
        List<String> moving = new ArrayList<>();
        List<String> ages = new ArrayList<>();
        for (Sight sight : List.of(Sight.OVERVIEW, Sight.EXPERIMENT)) {
            int pictures = sight.equals(Sight.OVERVIEW) ? plan.experiments() : 1;
            coming.addAll(pages.coming(sight, pictures, plan.openings()));
            moving.add(pages.motion(sight, pictures, plan.length().dividedBy(3))
                    .line(sight.title() + ", nothing comes in"));
            SnapshotStream stream = SnapshotStream.open(month.sql(), month.ids(), PER_SECOND);
            try (stream) {
                Motion motion = pages.motion(sight, pictures, plan.length());
                String rate = String.format(Locale.ROOT, "%.0f snapshots/s", stream.end());
                moving.add(motion.line(sight.title() + ", " + rate));
                ages.add(Spread.line(sight.title() + ", a snapshot until it is seen", motion.ages()));
            }
            progress(sight.title());
        }
        coming.addAll(ages);
        table(TIMES_HEAD, coming);
        table(PageTimes.MOTION_HEAD, moving);
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

    private void progress(String what) {
        out.printf(
                Locale.ROOT,
                "after %d s: %s%n",
                Duration.ofNanos(System.nanoTime() - startNanos).toSeconds(),
                what);
    }

    private void table(String head, List<String> lines) {
        out.println();
        out.println(head);
        lines.forEach(out::println);
        out.println();
    }

    private synchronized <T> T closing(T part, Consumer<T> close) {
        closers.push(() -> close.accept(part));
        return part;
    }

    @Override
    public synchronized void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
