package dev.bandolier.loadtest.jmh;

import dev.bandolier.loadtest.DurationText;
import dev.bandolier.loadtest.api.CommandFailure;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bandolier jmh`: measures how long the sums take on which serving depends.
@Command(
        name = "jmh",
        showDefaultValues = true,
        sortOptions = false,
        description = "Measures how long the sums take on which serving depends, with JMH. Needs no server.")
public final class JmhCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "REGEX",
            arity = "0..1",
            defaultValue = ".*",
            description = "Only benchmarks whose name contains a match.")
    private String benchmarks;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationText.class,
            description = "How long each iteration takes.")
    private Duration time;

    @Option(names = "--iterations", paramLabel = "NUMBER", defaultValue = "5", description = "Iterations that count.")
    private int iterations;

    @Option(names = "--warm-up", paramLabel = "NUMBER", defaultValue = "3", description = "Iterations before these.")
    private int warmUp;

    @Option(
            names = "--forks",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "JVMs, one after the other; 0 for this one, which is quick and not to be trusted.")
    private int forks;

    /// The command.
    public JmhCommand() {}

    @Override
    public Integer call() {
        try {
            TimeValue each = TimeValue.nanoseconds(time.toNanos());
            new Runner(new OptionsBuilder()
                            .include(benchmarks)
                            .forks(forks)
                            .warmupIterations(warmUp)
                            .warmupTime(each)
                            .measurementIterations(iterations)
                            .measurementTime(each)
                            .shouldFailOnError(true)
                            .build())
                    .run();
            return 0;
        } catch (NoBenchmarksException e) {
            throw new CommandFailure("no benchmark matches '" + benchmarks + "'", e);
        } catch (RunnerException e) {
            throw new CommandFailure("JMH: " + e.getMessage(), e);
        }
    }
}
