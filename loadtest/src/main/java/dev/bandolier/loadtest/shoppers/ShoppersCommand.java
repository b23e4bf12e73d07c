package dev.bandolier.loadtest.shoppers;

import dev.bandolier.bandits.simulation.World;
import dev.bandolier.loadtest.DurationText;
import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.Platform;
import dev.bandolier.loadtest.api.Address;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.CommandFailure;
import dev.bandolier.loadtest.api.ExperimentView;
import dev.bandolier.loadtest.api.Experiments;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `bandolier shoppers`: sends simulated shoppers to a running server and shows what it learns from them.
@Command(
        name = "shoppers",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Sends simulated shoppers to a running server and shows, live, what it learns from them.",
            "Shoppers come at random times whatever the server does; latencies count from the time they meant to come.",
            "Ends with a summary; exits with 1 if more than 1 %% of the visitors got no answer."
        })
public final class ShoppersCommand implements Callable<Integer> {

    /// Share of visitors without an answer above which the command fails.
    private static final double FAILED_MAX = 0.01;

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Option(names = "--url", paramLabel = "URL", defaultValue = Address.DEFAULT, description = "The server.")
    private String url;

    @Option(
            names = "--experiment",
            paramLabel = "KEY",
            defaultValue = "demo",
            description = "What they are asked for; created and started if there is none.")
    private String experiment;

    @Option(
            names = "--fresh",
            description = "End and delete an experiment of that name first, and begin with a new one.")
    private boolean fresh;

    @Option(
            names = "--rates",
            paramLabel = "RATE",
            split = ",",
            defaultValue = "0.04,0.05,0.08,0.005",
            description = "True conversion rate of each arm, in order.")
    private List<Double> rates;

    @Option(
            names = "--rate",
            paramLabel = "NUMBER",
            defaultValue = "3000",
            description = "Visitors per second. 3000 make some 200 conversions/s once the best default arm has won.")
    private double rate;

    @Option(
            names = "--ramp",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationText.class,
            description = "How long their rate grows, from a tenth of it to all of it.")
    private Duration ramp;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "How long they come.")
    private Duration length;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            defaultValue = "3s",
            converter = DurationText.class,
            description = "Before the first visitor, ask at the same rate without leaving a trace, so that neither end"
                    + " is measured cold.")
    private Duration warmUp;

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationText.class,
            description = "Mean time from decision to conversion.")
    private Duration delay;

    @Option(
            names = "--returning",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Share of visitors who were here before, from 0 to 1.")
    private double returning;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Decides arrivals and conversions.")
    private long seed;

    @Option(
            names = "--connections",
            paramLabel = "NUMBER",
            defaultValue = "64",
            description = "Connections to the server, at most.")
    private int connections;

    @Option(
            names = "--in-flight",
            paramLabel = "NUMBER",
            defaultValue = "8192",
            description = "Unanswered asks, at most; visitors beyond are turned away and counted as failed.")
    private int inFlight;

    @Option(
            names = "--batch",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Conversions in one request, 1 to 1000.")
    private int batch;

    @Option(
            names = "--then-idle",
            paramLabel = "RATE",
            description = "Afterwards, keep visitors coming at this rate until Ctrl-C.")
    private Double thenIdle;

    /// The command, by this clock.
    public ShoppersCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        // Visitors of two runs are different people: the server would know those of the last run.
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        Plan plan = new Plan(run, rate, warmUp, ramp, length, seed, returning, inFlight, batch);
        World world = world();
        if (thenIdle != null && !(thenIdle > 0)) {
            throw new CommandFailure("--then-idle " + thenIdle + " is not above 0");
        }
        Vertx vertx = Platform.vertx();
        try {
            return shop(vertx, new Api(vertx, Address.of(url), Platform.connections(connections)), world, plan);
        } finally {
            vertx.close().await();
        }
    }

    private int shop(Vertx vertx, Api api, World world, Plan plan) {
        PrintWriter out = spec.commandLine().getOut();
        Experiments experiments = new Experiments(api);
        if (fresh) {
            experiments.remove(experiment);
        }
        ExperimentView found =
                experiments.running(experiment, () -> DemoExperiment.of(experiment, world.arms(), world.meanDelay()));
        check(found, world);
        out.printf(
                "shoppers of '%s' at %s, run %s, seed %d%n",
                experiment, api.address().url(), plan.run(), seed);
        out.printf("true rates (the server does not know them): %s%n", trueRates(found, world));
        out.flush();
        Shoppers shoppers = new Shoppers(vertx, api, found, world, plan, clock);
        Run running = new Run(vertx, api, shoppers, plan, new Screen(out, Platform.terminal()), out);
        Runtime.getRuntime().addShutdownHook(new Thread(running::interrupt, "summary on Ctrl-C"));
        Summary summary = running.call(thenIdle == null ? OptionalDouble.empty() : OptionalDouble.of(thenIdle));
        return summary.failed() > FAILED_MAX ? 1 : 0;
    }

    private World world() {
        try {
            return new World(rates, delay);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--rates, --delay: " + e.getMessage(), e);
        }
    }

    private static void check(ExperimentView experiment, World world) {
        if (experiment.arms().size() != world.arms()) {
            throw new CommandFailure("experiment '" + experiment.key() + "' has "
                    + experiment.arms().size() + " arms " + experiment.arms() + ", but --rates names " + world.arms());
        }
        if (!"conversion".equals(experiment.kind())) {
            throw new CommandFailure("experiment '" + experiment.key() + "' counts " + experiment.kind()
                    + "; shoppers convert, but send no values: name another with --experiment");
        }
    }

    private static String trueRates(ExperimentView experiment, World world) {
        return IntStream.range(0, world.arms())
                .mapToObj(arm -> experiment.arms().get(arm) + " "
                        + Format.percent(world.rates().get(arm), 2))
                .collect(Collectors.joining(", "));
    }
}
