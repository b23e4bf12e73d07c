package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.Verdict.Horizon;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Docket;
import dev.bandolier.bandits.guardrail.Exposed;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.bandits.guardrail.Watch;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/// A shop that is served by the real learner under guardrails, unit by unit, its conversions heard at once unless its
/// feed is cut: what the server does with logs, done with lists.
final class Shift {

    static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration INTERVAL = Duration.ofMinutes(1);

    private final SplittableRandom random;
    private final Map<Long, Lots> lots = new HashMap<>();
    private final List<Ballot> all = new ArrayList<>();
    Experiment experiment;
    Counters counters = Counters.EMPTY;
    Watch watch = Watch.NEW;
    Snapshot snapshot;
    Snapshot standing;
    Instant now = START;
    boolean cut;
    ToDoubleFunction<String> loss = arm -> 0;

    Shift(long seed, Guardrails guardrails, String... arms) {
        random = new SplittableRandom(seed);
        List<Arm> made = Arrays.stream(arms)
                .map(key -> new Arm(key, key.equals("a"), "{}", Arm.Status.LIVE))
                .toList();
        Definition definition = new Definition(
                "shift",
                "Shift",
                "visitor",
                Stickiness.UNIT,
                made,
                Objective.conversion("purchase", WINDOW),
                new Thompson(),
                new Prior.UnitSuccess(),
                new Limits(0.02, 1, 0.05, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0,
                guardrails);
        experiment = new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, START, definition);
        publish(Learner.first(experiment, START));
    }

    /// Serves so many units in this time, with a look every minute.
    void serve(int units, Duration during, ToDoubleFunction<String> rate) {
        long minutes = Math.max(during.toMinutes(), 1);
        for (long minute = 0; minute < minutes; minute++) {
            long from = units * minute / minutes;
            minute(Math.toIntExact(units * (minute + 1) / minutes - from), rate);
            now = now.plus(INTERVAL);
            look();
        }
    }

    private void minute(int units, ToDoubleFunction<String> rate) {
        Instant bucket = experiment.bucketOf(now);
        Map<String, long[]> counts = new HashMap<>();
        for (int unit = 0; unit < units; unit++) {
            String arm = snapshot.arms()
                    .get(snapshot.allocation().armAt(random.nextDouble()))
                    .arm();
            if (random.nextDouble() >= loss.applyAsDouble(arm)) {
                long[] count = counts.computeIfAbsent(arm, key -> new long[2]);
                count[0]++;
                count[1] += random.nextDouble() < rate.applyAsDouble(arm) && !cut ? 1 : 0;
            }
        }
        counts.forEach((arm, count) -> count(arm, bucket, count[0], count[1]));
    }

    private void count(String arm, Instant bucket, long exposures, long conversions) {
        Tally tally =
                new Tally(exposures, conversions, conversions, conversions, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
        counters = counters.plus(Map.of(new Counters.Cell("", 0, arm, false, bucket), tally));
        Ballot ballot =
                new Ballot("purchase", "", snapshot.version(), Optional.empty(), arm, false, bucket, 0, conversions);
        if (conversions > 0) {
            int bin = DelayBins.of(WINDOW).binOf(Duration.ofSeconds(5));
            counters = counters.plusDelays(Map.of(new Counters.Delay(bucket, bin), conversions));
            all.add(ballot);
        }
        Lots.Book book = this::lots;
        Docket heard =
                watch.docket().arrived(experiment.definition(), conversions > 0 ? List.of(ballot) : List.of(), book, 0);
        Exposed exposed = new Exposed("", snapshot.version(), Optional.empty(), arm, false, bucket, exposures);
        watch = watch.exposed(List.of(exposed), book)
                .arrived(Map.of(now, conversions))
                .with(heard);
    }

    /// One step of the learner.
    void look() {
        watch = watch.fitted(experiment.definition(), now);
        Instant end = experiment
                .bucketOf(now.minus(WINDOW).minus(experiment.bucketWidth()))
                .plus(experiment.bucketWidth());
        Instant from = watch.docket().closed().getOrDefault(Horizon.WINDOW, START);
        if (from.isBefore(end)) {
            List<Ballot> due = all.stream()
                    .filter(each ->
                            !each.bucket().isBefore(from) && each.bucket().isBefore(end))
                    .toList();
            watch = watch.with(watch.docket().closed(experiment.definition(), Horizon.WINDOW, end, due, this::lots));
        }
        Learner.Step step = Learner.step(experiment, counters, new Learner.Seen(watch, now, INTERVAL), snapshot, now);
        watch = step.watch();
        standing = step.snapshot();
        step.paused().ifPresent(definition -> experiment = experiment.revised(definition));
        if (step.moved()) {
            publish(step.snapshot());
        }
    }

    /// A person changes the definition.
    void redefine(Definition definition) {
        experiment = experiment.revised(definition);
        look();
    }

    <V extends Verdict> Optional<V> verdict(Class<V> kind) {
        return snapshot.guard().verdicts().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }

    double share(String arm) {
        return snapshot.allocation().probability(experiment.definition().indexOf(arm));
    }

    private Optional<Lots> lots(long version) {
        return Optional.ofNullable(lots.get(version));
    }

    private void publish(Snapshot made) {
        snapshot = made;
        standing = made;
        lots.put(made.version(), Lots.of(made, 0));
    }
}
