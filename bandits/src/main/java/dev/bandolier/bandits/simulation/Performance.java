package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.bandits.simulation.Script.Hearing;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// One run of an experiment in a shop, in which everything that is decided is decided by the learner: counters in,
/// snapshot out, arms drawn from the published shares.
///
/// Confined to the call that made it.
final class Performance {

    /// A Monday at midnight.
    static final Instant START = Instant.parse("2026-11-02T00:00:00Z");

    private static final int TENTHS = 10;

    /// What is heard of at one look.
    private record Heard(Map<Counters.Cell, Tally> cells, Map<Counters.Delay, Long> delays) {

        private void add(Counters.Cell cell, Tally tally) {
            cells.merge(cell, tally, Tally::plus);
        }
    }

    private final Shop shop;
    private final Script script;
    private final Objective objective;
    private final Duration window;
    private final long betweenNanos;
    private final int lastTenth;
    private final DelayBins bins;
    private final RandomGenerator units;
    private final RandomGenerator chance;
    private final List<Heard> due = new ArrayList<>();
    private Counters counters = Counters.EMPTY;
    private Experiment experiment;
    private Snapshot snapshot;
    private Instant bucket = Instant.MIN;
    private Instant bucketEnd = Instant.MIN;
    private Allocation[] shares;
    private double regret;
    private double early;
    private double late;
    private double possible;
    private int bestLate;

    private Performance(Shop shop, Script script, long seed) {
        this.shop = shop;
        this.script = script;
        SplittableRandom root = new SplittableRandom(seed);
        units = root.split();
        chance = root.split();
        experiment = script.at(0);
        objective = experiment.definition().objective();
        window = objective.window();
        betweenNanos = shop.between().toNanos();
        lastTenth = shop.units() / TENTHS;
        bins = DelayBins.of(window);
        snapshot = Learner.first(experiment, START);
        shares = shares();
        for (int look = 0; look * script.every() <= shop.units(); look++) {
            due.add(new Heard(new HashMap<>(), new HashMap<>()));
        }
    }

    /// The run of one seed.
    static Ending of(Shop shop, Script script, long seed) {
        return new Performance(shop, script, seed).run();
    }

    private Ending run() {
        for (int unit = 0; unit < shop.units(); unit++) {
            if (unit > 0 && unit % script.every() == 0) {
                look(unit);
            }
            serve(unit);
        }
        int last = shop.units() - shop.units() % script.every();
        Snapshot end = last == shop.units() ? look(last) : Learner.standing(experiment, counters, snapshot, time(last));
        return new Ending(regret, early, late, possible, (double) bestLate / lastTenth, end);
    }

    /// Counts what has been heard of, and learns from it; how things stand then.
    private Snapshot look(int unit) {
        Heard heard = due.get(unit / script.every());
        counters = counters.plus(heard.cells());
        if (!heard.delays().isEmpty()) {
            counters = counters.plusDelays(heard.delays());
        }
        experiment = script.at(unit);
        Learner.Step step = Learner.step(experiment, counters, snapshot, time(unit));
        if (step.moved()) {
            snapshot = step.snapshot();
            shares = shares();
        }
        return step.snapshot();
    }

    private void serve(int unit) {
        Duration since = Duration.ofNanos(betweenNanos * unit);
        int kind = shop.kind(units.nextDouble());
        double converts = units.nextDouble();
        Duration delay = shop.delay(units.nextDouble(), window);
        double deviations = shop.baskets().means().isEmpty() ? 0 : units.nextGaussian();
        String segment = segment(kind);
        int arm = shares[kind].armAt(chance.nextDouble());
        lose(unit, kind, arm, since);
        Counters.Cell cell = new Counters.Cell(
                segment,
                snapshot.version(),
                experiment.definition().arms().get(arm).key(),
                false,
                bucketOf(START.plus(since)));
        Duration heard = script.hearing() == Hearing.CLOSED ? window : Duration.ZERO;
        heardOf(since.plus(heard), each -> each.add(cell, Tally.exposed(1)));
        if (converts < shop.rates().of(kind, arm, since)) {
            Tally order = order(shop.baskets().value(arm, deviations));
            heardOf(since.plus(script.hearing() == Hearing.CLOSED ? window : delay), each -> {
                each.add(cell, order);
                if (script.hearing() == Hearing.PROMPT) {
                    each.delays().merge(new Counters.Delay(cell.bucket(), bins.binOf(delay)), 1L, Long::sum);
                }
            });
        }
    }

    private void lose(int unit, int kind, int arm, Duration since) {
        double best = 0;
        List<Arm> arms = experiment.definition().arms();
        for (int i = 0; i < arms.size(); i++) {
            best = Math.max(best, arms.get(i).live() ? shop.worth(kind, i, since) : 0);
        }
        double lost = best - shop.worth(kind, arm, since);
        possible += best;
        regret += lost;
        early += unit < Trial.EARLY * shop.units() ? lost : 0;
        late += 2L * unit >= shop.units() ? lost : 0;
        bestLate += lost == 0 && unit >= shop.units() - lastTenth ? 1 : 0;
    }

    /// What is known at the first look after this time; never, if there is none.
    private void heardOf(Duration since, Consumer<Heard> event) {
        long look = Math.ceilDiv(since.toNanos() / betweenNanos + 1, script.every());
        if (look < due.size()) {
            event.accept(due.get((int) look));
        }
    }

    private Tally order(long raw) {
        long value = objective.cap().map(cap -> Math.min(cap, raw)).orElse(raw);
        return new Tally(
                0,
                1,
                1,
                1,
                value,
                BigInteger.valueOf(value).pow(2),
                raw,
                BigInteger.valueOf(raw).pow(2));
    }

    private String segment(int kind) {
        return experiment
                .definition()
                .segments()
                .map(segments -> segments.values().get(kind))
                .orElse(Segments.OTHER);
    }

    /// The published shares for each kind of units.
    private Allocation[] shares() {
        Allocation[] byKind = new Allocation[shop.kinds().size()];
        for (int kind = 0; kind < byKind.length; kind++) {
            byKind[kind] = snapshot.allocation();
            for (SegmentView view : snapshot.segments()) {
                if (view.own() && view.segment().equals(segment(kind))) {
                    byKind[kind] = Snapshot.allocation(view.arms());
                }
            }
        }
        return byKind;
    }

    /// The bucket of a time; times do not go back.
    private Instant bucketOf(Instant time) {
        if (!time.isBefore(bucketEnd)) {
            bucket = experiment.bucketOf(time);
            bucketEnd = bucket.plus(experiment.bucketWidth());
        }
        return bucket;
    }

    private Instant time(int unit) {
        return START.plusNanos(betweenNanos * unit);
    }
}
