package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.CommandFailure;
import dev.bandolier.loadtest.api.ExperimentView;
import dev.bandolier.loadtest.api.LiveFeed;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// One replay from the first row to the last, one row after the other: a row is chosen by what the rows before have
/// taught.
final class Run {

    /// How long a click may take to be learned from before the replay goes on without it.
    static final Duration LEARN_MAX = Duration.ofSeconds(10);

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

    private final Plan plan;
    private final LogScan log;
    private final Replayer replayer;
    private final Progress progress;
    private final LearnedThrough learned = new LearnedThrough();
    private final LiveFeed feed;
    private final Api api;
    private final InstantSource clock;
    private final PrintWriter out;

    private long startNanos;
    private long toldNanos;
    private Instant lastClick = Instant.MIN;

    /// A replay that has not begun.
    Run(Vertx vertx, Api api, ExperimentView experiment, LogScan log, Plan plan, InstantSource clock, PrintWriter out) {
        this.plan = plan;
        this.log = log;
        this.replayer = new Replayer(api, experiment, log.arms(), plan.run());
        this.progress = new Progress(experiment.arms());
        this.feed = new LiveFeed(vertx, vertx.getOrCreateContext(), api, learned::heard);
        this.api = api;
        this.clock = clock;
        this.out = out;
    }

    /// Replays the rows and prints the counts, even if it cannot go on. Blocks.
    ///
    /// @param outcomes where each row is written down, if anywhere
    void call(Optional<OutcomeFile> outcomes) {
        api.await(feed.open());
        startNanos = System.nanoTime();
        toldNanos = startNanos;
        try {
            LogScan.eachRow(plan.file(), plan.limit(), plan.skipBad(), row -> {
                Replayer.Outcome outcome = replay(row);
                outcomes.ifPresent(file -> file.add(outcome));
                tell();
            });
        } finally {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
            Report.counts(progress, log, elapsed).forEach(out::println);
            out.flush();
        }
        settle();
        feed.close();
    }

    private Replayer.Outcome replay(Logged.Row row) {
        try {
            Replayer.Outcome outcome = replayer.ask(row);
            progress.add(outcome);
            if (outcome.clicked()) {
                click(row);
            }
            return outcome;
        } catch (CommandFailure e) {
            throw new CommandFailure("stopped at row " + row.row() + ": " + e.getMessage(), e);
        }
    }

    private void click(Logged.Row row) {
        lastClick = clock.instant();
        replayer.click(row);
        if (plan.waitForLearning() && !learned.await(lastClick, LEARN_MAX)) {
            progress.late();
        }
    }

    /// Waits for the last click, so that what is printed next is what was learned from all of them.
    private void settle() {
        if (!learned.await(lastClick, LEARN_MAX)) {
            out.printf("the last click was not learned from within %d s%n", LEARN_MAX.toSeconds());
        }
    }

    private void tell() {
        long now = System.nanoTime();
        if (now - toldNanos >= PROGRESS_EVERY.toNanos()) {
            toldNanos = now;
            out.println(Report.progress(progress, log.rows(), Duration.ofNanos(now - startNanos)));
            out.flush();
        }
    }
}
