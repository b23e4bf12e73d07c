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

        Settings settings(String defaultData) {
            Map<String, String> given = new HashMap<>();
            host.ifPresent(value -> given.put("HOST", value));
            port.ifPresent(value -> given.put("PORT", value));
            data.or(() -> Optional.ofNullable(defaultData)).ifPresent(value -> given.put("DATA", value));
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
            Settings settings = place.settings(null);
            Node node = opened(settings, spec.commandLine().getOut());
            new CountDownLatch(1).await();
            node.close();
            return 0;
        }
    }

    /// `demo`: a node with an experiment and simulated shoppers.
    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = {
                "Runs the server with a demo experiment and simulated shoppers whose true rates are printed,",
                "so that one sees the allocation find the best arm. Keeps its data apart, in data/demo."
            })
    static final class Demo implements Callable<Integer> {

        @Mixin
        Place place;

        @Option(
                names = "--for",
                defaultValue = "90s",
                description = "how long shoppers come (default: ${DEFAULT-VALUE})")
        String length;

        @Option(names = "--rate", description = "shoppers per second")
        Optional<String> rate = Optional.empty();

        @Option(names = "--stay", description = "keep the server and a trickle of shoppers until Ctrl-C")
        boolean stay;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Settings settings = place.settings("data/demo");
            try (Node node = opened(settings, spec.commandLine().getOut())) {
                Shoppers shoppers = new Shoppers(node.address(), length, rate, stay);
                return shoppers.shop();
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
