package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.Platform;
import dev.bandolier.loadtest.api.Address;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.ExperimentView;
import dev.bandolier.loadtest.api.Experiments;
import dev.bandolier.loadtest.api.SnapshotView;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `bandolier replay`: streams a log of decisions and clicks through a running server and says what its policy would
/// have earned.
@Command(
        name = "replay",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Streams a log of decisions and clicks through a running server, row by row, and says what its policy would"
                    + " have earned.",
            "A row counts if the server chooses the arm that was logged. If the log was served uniformly at random, the"
                    + " click rate of these rows is unbiased (Li et al. 2011)."
        })
public final class ReplayCommand implements Callable<Integer> {

    private final InstantSource clock;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "CSV with a header that names item_id and click; plain or .gz.")
    private Path file;

    @Option(names = "--url", paramLabel = "URL", defaultValue = Address.DEFAULT, description = "The server.")
    private String url;

    @Option(
            names = "--experiment",
            paramLabel = "KEY",
            description = "What the rows are replayed through; created and started if there is none."
                    + " Default: replay- and the name of the file.")
    private String experiment;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "thompson",
            description = "Policy of an experiment that is created: ${COMPLETION-CANDIDATES}.")
    private PolicyWord policy;

    @Option(names = "--limit", paramLabel = "ROWS", description = "Replay so many rows only.")
    private Long limit;

    @Option(names = "--wait", description = "After each click, wait until it is learned from.")
    private boolean waitForLearning;

    @Option(names = "--skip-bad", description = "Pass over malformed lines, and count them.")
    private boolean skipBad;

    @Option(names = "--out", paramLabel = "FILE", description = "Write row,logged_arm,server_arm,matched,click here.")
    private Path outFile;

    @Option(
            names = "--value-of",
            paramLabel = "LOG",
            description = "Ask no server, but what the policy that served this other log would have earned with the"
                    + " rows of FILE, by their propensities; both need position and propensity_score.")
    private Path other;

    /// The command, by this clock.
    public ReplayCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        if (other != null) {
            ValueOf.of(other, file, skipBad).lines().forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return 0;
        }
        Address address = Address.of(url);
        String run = Long.toString(clock.millis(), Character.MAX_RADIX);
        Plan plan = new Plan(run, file, limit == null ? Long.MAX_VALUE : limit, skipBad, waitForLearning);
        LogScan log = LogScan.of(file, plan.limit(), skipBad);
        Vertx vertx = Platform.vertx();
        try {
            replay(vertx, new Api(vertx, address, 1), log, plan);
        } finally {
            vertx.close().await();
        }
        return 0;
    }

    private void replay(Vertx vertx, Api api, LogScan log, Plan plan) {
        PrintWriter out = spec.commandLine().getOut();
        Experiments experiments = new Experiments(api);
        String key = experiment == null ? ReplayExperiment.key(file) : experiment;
        ExperimentView found = experiments.running(key, () -> ReplayExperiment.of(key, policy.toString(), log.arms()));
        ReplayExperiment.check(found, log.arms());
        out.printf(
                "replaying %s, %,d rows of %d items, through '%s' at %s, run %s%n",
                file, log.rows(), log.items().size(), key, api.address().url(), plan.run());
        found.snapshot()
                .filter(ReplayCommand::taught)
                .map(SnapshotView::version)
                .ifPresent(version -> out.printf("'%s' has learned before, goes on from snapshot %d%n", key, version));
        out.flush();
        try (OutcomeFile outcomes = outFile == null ? null : new OutcomeFile(outFile)) {
            new Run(vertx, api, found, log, plan, clock, out).call(Optional.ofNullable(outcomes));
        }
        experiments
                .find(key)
                .flatMap(ExperimentView::snapshot)
                .ifPresent(learned -> Report.allocation(learned).forEach(out::println));
        out.flush();
    }

    private static boolean taught(SnapshotView snapshot) {
        return snapshot.arms().stream().anyMatch(arm -> arm.exposures() > 0);
    }
}
