package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.FastForward;
import dev.bandolier.loadtest.DurationText;
import dev.bandolier.loadtest.Platform;
import dev.bandolier.loadtest.api.Address;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.CommandFailure;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bandolier shop`: the visitors of the demo.
@Command(
        name = "shop",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Runs a made-up shop with three experiments on a server: what ./bandolier demo starts beside its own.",
            "Lives through the past only with a server whose clock does; on any other one everything is real time.",
            "Exits with 1 if more than 1 %% of the decisions failed."
        })
public final class ShopCommand implements Callable<Integer> {

    /// Share of decisions without a record above which the command fails.
    private static final double FAILED_MAX = 0.01;

    private static final int CONNECTIONS = 32;

    /// Said when the experiments are started: now the clock may run. The answer is the time at which it begins to.
    private static final String READY = "ready";

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", defaultValue = Address.DEFAULT, description = "The server.")
    private String url;

    @Option(
            names = "--past",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationText.class,
            description = "How far the clock of the server is behind at first; it says by standard input when it begins"
                    + " to catch up.")
    private Duration past;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "How long it takes to catch up.")
    private Duration within;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            defaultValue = "400",
            description = "Visitors per real second meanwhile.")
    private double rate;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "90s",
            converter = DurationText.class,
            description = "How long visitors come afterwards.")
    private Duration length;

    @Option(names = "--stay", description = "Let them come until Ctrl-C instead.")
    private boolean stay;

    @Option(names = "--seed", paramLabel = "NUMBER", defaultValue = "1", description = "Decides who comes.")
    private long seed;

    /// The command, by this clock.
    public ShopCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Plan plan = new Plan(past, rate, length, stay, seed);
        FastForward shopTime = new FastForward(clock, past, within);
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        Vertx vertx = Platform.vertx();
        try {
            Api api = new Api(vertx, Address.of(url), CONNECTIONS);
            PrintWriter out = spec.commandLine().getOut();
            Story story = new Story(vertx, api, shopTime, plan, run, out);
            Runtime.getRuntime().addShutdownHook(new Thread(story::interrupt, "last line on Ctrl-C"));
            story.prepare();
            shopTime.begin(begins(out));
            return story.tell() > FAILED_MAX ? 1 : 0;
        } finally {
            vertx.close().await();
        }
    }

    /// Says that the experiments are started, and hears when the clock of the server begins to catch up.
    private Instant begins(PrintWriter out) {
        if (past.isZero()) {
            return clock.instant();
        }
        out.println(READY);
        out.flush();
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return Instant.parse(String.valueOf(line));
        } catch (IOException | DateTimeParseException e) {
            throw new CommandFailure("a past needs a server that says when it begins; try ./bandolier demo", e);
        }
    }
}
