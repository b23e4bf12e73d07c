package dev.bandolier.server;

import dev.bandolier.server.postgres.UnusableDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command line: `serve`, `demo`, `settings`.
@Command(
        name = "bandolier",
        mixinStandardHelpOptions = true,
        version = "Bandolier 0.1.0",
        description = "A bandit server: decides what to show, learns what it earned, moves traffic to what earns more.",
        subcommands = {Commands.Serve.class, Commands.Demo.class, Commands.ListSettings.class})
final class Commands {

    private static final int FAILED = 1;

    private Commands() {}

    static int run(String... arguments) {
        return new CommandLine(new Commands())
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("bandolier: " + reason(failure));
                    return FAILED;
                })
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    /// Why the server cannot start, in one line that says what to do.
    private static String reason(Throwable failure) {
        return switch (failure) {
            case BindException taken -> taken.getMessage() + "; is another server running? choose another with --port";
            case UnusableDatabase unusable -> unusable.getMessage();
            case IllegalArgumentException wrong -> wrong.getMessage();
            case IllegalStateException wrong -> wrong.getMessage();
            case IOException io -> "cannot read or write: " + io.getMessage();
            default -> failure.toString();
        };
    }

    /// Where to listen and where to keep data: the options that every server has.
    static final class Place {

        @Option(names = "--host", description = "address to listen on (default: 127.0.0.1)")
        Optional<String> host = Optional.empty();

        @Option(names = "--port", description = "port to listen on, 0 for any free one (default: 8080)")
        Optional<String> port = Optional.empty();

        @Option(names = "--data", description = "folder of the embedded database and of the secret (default: data)")
        Optional<String> data = Optional.empty();

        Settings settings(Map<String, String> defaults) {
            Map<String, String> given = new HashMap<>();
            defaults.forEach((name, value) -> {
                if (!System.getenv().containsKey("BANDOLIER_" + name)) {
                    given.put(name, value);
                }
            });
            host.ifPresent(value -> given.put("HOST", value));
            port.ifPresent(value -> given.put("PORT", value));
            data.ifPresent(value -> given.put("DATA", value));
            return Settings.of(System.getenv(), given);
        }
    }

    /// `serve`: runs a node until it is told to stop.
    @Command(name = "serve", mixinStandardHelpOptions = true, description = "Runs the server until it is told to stop.")
    static final class Serve implements Callable<Integer> {

        @Mixin
        Place place;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Settings settings = place.settings(Map.of());
            Node node = opened(settings, spec.commandLine().getOut());
            new CountDownLatch(1).await();
            node.close();
            return 0;
        }
    }

    /// `demo`: a node with three experiments, weeks of history, and simulated shoppers.
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = {
                "Runs the server with three experiments, weeks of history and simulated shoppers.",
                "Its clock starts weeks ago, is at the present a minute later, and from then on the real one: so the "
                        + "dashboard has a history, and moves from the first second on. Keeps its data apart, in "
                        + "data/demo; a second start goes on with it."
            })
    static final class Demo implements Callable<Integer> {

        /// Whoever lives through weeks within a minute, on a machine that may be busy, can wait for storage.
        private static final Map<String, String> DEFAULTS =
                Map.of("DATA", "data/demo", "DECIDE_WAIT_MILLIS", "5000", "DATABASE_WAIT_SECONDS", "20");

        @Mixin
        Place place;

        @Option(
                names = "--days",
                paramLabel = "NUMBER",
                defaultValue = "21",
                description = "days of history to live through first, 0 for none (default: ${DEFAULT-VALUE})")
        int days;

        @Option(
                names = "--within",
                paramLabel = "SECONDS",
                defaultValue = "60",
                description = "seconds that this takes (default: ${DEFAULT-VALUE})")
        int within;

        @Option(
                names = "--rate",
                defaultValue = "400",
                description = "shoppers per second meanwhile (default: ${DEFAULT-VALUE})")
        String rate;

        @Option(
                names = "--for",
                defaultValue = "120s",
                description = "how long shoppers come afterwards, in real time (default: ${DEFAULT-VALUE})")
        String length;

        @Option(names = "--stay", description = "keep the server and its shoppers until Ctrl-C")
        boolean stay;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            Settings settings = place.settings(DEFAULTS);
            Past past = Past.of(settings, days, within);
            try (Node node = opened(settings.withClock(past.clock()), out)) {
                out.println(past.announce());
                out.flush();
                return new Shoppers(node.address(), rate, length, stay).shop(past, out);
            }
        }
    }

    /// `settings`: everything that can be set, and what holds now.
    @Command(
            name = "settings",
            mixinStandardHelpOptions = true,
            description = "Lists everything that can be set by environment, what holds now, and why.")
    static final class ListSettings implements Runnable {

        @Spec
        CommandSpec spec;

        @Override
        public void run() {
            PrintWriter out = spec.commandLine().getOut();
            List<Settings.Setting> all = Settings.of(System.getenv(), Map.of()).listing();
            int width =
                    all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
            for (Settings.Setting each : all) {
                String value = each.value() + (each.unit().isEmpty() ? "" : " " + each.unit());
                out.printf("%-" + width + "s  %s%n%" + (width + 2) + "s%s%n", each.name(), value, "", each.why());
            }
            out.flush();
        }
    }

    /// Opens a node, closes it when the process is told to end, and says where it listens.
    private static Node opened(Settings settings, PrintWriter out) throws IOException {
        Node node = Main.open(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "close"));
        if (!settings.http().host().equals("127.0.0.1")) {
            out.println("Whoever reaches " + settings.http().host()
                    + " can change experiments: put a proxy that checks who asks in front.");
        }
        out.println("Bandolier serves " + node.address() + "/ (Ctrl-C stops it)");
        out.flush();
        return node;
    }
}
