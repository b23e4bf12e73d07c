package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Watch;
import dev.bandolier.bandits.learning.DelayCurve;
import dev.bandolier.bandits.learning.Learner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// One made-up course of an experiment: the learner of the product and its guardrails, look by look, over units that
/// come, convert and are heard of by chance, all of a look at once.
///
/// Confined to the call that made it.
final class Course {

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    private final Experiment drafted;
    private final Prospects prospects;
    private final double[] ratios;
    private final RandomGenerator random;
    private final DelayCurve delays;
    private final DelayBins bins;
    private final Jury jury = new Jury();
    private final List<Batch> batches = new ArrayList<>();
    private final double[] served;
    private Experiment experiment;
    private Counters counters = Counters.EMPTY;
    private Watch watch;
    private Snapshot snapshot;
    private Instant now = Performance.START;

    /// The course of one seed.
    ///
    /// @param ratios what each arm earns relative to the baseline
    Course(Experiment experiment, Prospects prospects, double[] ratios, long seed) {
        this.drafted = experiment;
        this.experiment = experiment;
        this.prospects = prospects;
        this.ratios = ratios.clone();
        random = new SplittableRandom(seed);
        Definition definition = experiment.definition();
        Duration window = definition.objective().window();
        delays = DelayCurve.exponential(
                definition.objective().delay().orElse(window.dividedBy(DelayCurve.WINDOWS_PER_MEDIAN)), window);
        bins = DelayBins.of(window);
        watch = Jury.before(definition);
        served = new double[ratios.length];
        serve(Learner.first(experiment, now));
    }

    /// Time since the start.
    Duration since() {
        return Duration.between(Performance.START, now);
    }

    /// Units that each arm has been served to so far, the holdout left out.
    double served(int arm) {
        return served[arm];
    }

    /// The share that an arm is served now.
    double share(int arm) {
        return snapshot.arms().get(arm).share();
    }

    /// Whether a guardrail has paused an arm.
    boolean paused(int arm) {
        return drafted.definition().arms().get(arm).live()
                && !experiment.definition().arms().get(arm).live();
    }

    /// Goes on to the next look.
    void to(Duration since) {
        Instant then = Performance.START.plus(since);
        expose(then);
        now = then;
        List<Ballot> arrived = hear();
        Learner.Seen seen = new Learner.Seen(
                jury.heard(watch, experiment, batches, arrived, now), now, Learner.Seen.NOTHING.interval());
        Learner.Step step = Learner.step(experiment, counters, seen, snapshot, now);
        watch = step.watch();
        experiment = step.paused().map(experiment::revised).orElse(experiment);
        if (step.moved()) {
            serve(step.snapshot());
        }
    }

    private void serve(Snapshot next) {
        snapshot = next;
        jury.knows(next, experiment.definition().holdout());
    }

    private void expose(Instant then) {
        Definition definition = experiment.definition();
        Instant middle = now.plus(Duration.between(now, then).dividedBy(2));
        Batch batch = new Batch(
                middle,
                then,
                snapshot.version(),
                experiment.bucketOf(middle),
                definition.arms().size());
        long units = unitsUntil(then) - unitsUntil(now);
        long heldOut = BinomialSampler.draw(units, definition.holdout(), random);
        long[] drawn =
                BinomialSampler.among(units - heldOut, snapshot.allocation().probabilities(), random);
        Map<Counters.Cell, Tally> cells = new HashMap<>();
        for (int arm = 0; arm <= drawn.length; arm++) {
            long exposed = arm < drawn.length ? drawn[arm] : heldOut;
            if (exposed > 0) {
                cells.put(cell(batch, arm), Tally.exposed(exposed));
                batch.open[arm] = BinomialSampler.draw(exposed, prospects.converts(ratio(arm)), random);
                if (arm < drawn.length) {
                    served[arm] += exposed;
                }
            }
        }
        batches.add(batch);
        counters = counters.plus(cells);
    }

    private long unitsUntil(Instant then) {
        double days = (double) Duration.between(Performance.START, then).toSeconds() / DAY_SECONDS;
        return Math.round(prospects.units() * days);
    }

    /// What has been heard since the last look.
    private List<Ballot> hear() {
        List<Ballot> ballots = new ArrayList<>();
        Map<Counters.Cell, Tally> cells = new HashMap<>();
        Map<Counters.Delay, Long> late = new HashMap<>();
        for (Batch batch : batches) {
            double known = delays.tau((double) Duration.between(batch.at, now).toSeconds());
            double part = batch.known < 1 ? (known - batch.known) / (1 - batch.known) : 0;
            Duration delay = Duration.between(batch.at, now).dividedBy(2);
            for (int arm = 0; arm < batch.open.length; arm++) {
                long converted = BinomialSampler.draw(batch.open[arm], part, random);
                if (converted > 0) {
                    batch.open[arm] -= converted;
                    Prospects.Takings takings = prospects.takings(
                            converted, ratio(arm), experiment.definition().objective(), random);
                    cells.merge(cell(batch, arm), takings.tally(), Tally::plus);
                    late.merge(new Counters.Delay(batch.bucket, bins.binOf(delay)), converted, Long::sum);
                    for (Prospects.Alike alike : takings.alike()) {
                        ballots.add(ballot(batch, arm, alike));
                        batch.heard.add(ballots.getLast());
                    }
                }
            }
            batch.known = known;
        }
        counters = counters.plus(cells).plusDelays(late);
        return ballots;
    }

    private Ballot ballot(Batch batch, int arm, Prospects.Alike alike) {
        Counters.Cell cell = cell(batch, arm);
        return new Ballot(
                experiment.definition().objective().metric(),
                cell.segment(),
                cell.version(),
                Optional.empty(),
                cell.arm(),
                cell.holdout(),
                cell.bucket(),
                alike.value(),
                alike.units());
    }

    private Counters.Cell cell(Batch batch, int arm) {
        List<Arm> arms = experiment.definition().arms();
        boolean holdout = arm == arms.size();
        String key = holdout
                ? experiment.definition().control().key()
                : arms.get(arm).key();
        return new Counters.Cell(Segments.OTHER, batch.version, key, holdout, batch.bucket);
    }

    private double ratio(int arm) {
        return arm < ratios.length ? ratios[arm] : 1;
    }
}
