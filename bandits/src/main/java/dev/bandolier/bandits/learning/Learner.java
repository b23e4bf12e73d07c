package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The step from counters to the next snapshot: evidence, beliefs, policy, limits.
///
/// Pure: two learners with the same counters at the same time make the same snapshot.
public final class Learner {

    /// The least change of the allocation, in total variation, that is worth a new version (`methods.md` 0.1): it keeps
    /// the counters small, and the served shares are never further than this from what is known.
    public static final double MOVE_MIN = 0.005;

    /// What a step came to.
    ///
    /// @param snapshot the next version if the step moved; else how things stand under the current one: its version and
    ///                 shares, what has been counted since, and what we believe by now
    /// @param moved    whether the snapshot is to be served
    public record Step(Snapshot snapshot, boolean moved) {}

    private Learner() {}

    /// The snapshot that an experiment starts with: nobody has been exposed, so beliefs are the prior.
    public static Snapshot first(Experiment experiment, Instant now) {
        return next(experiment, Outlook.of(experiment, Counters.EMPTY, now), 1, Snapshot.Cause.STARTED, now);
    }

    /// The next snapshot, if the definition changed, a day began or the allocation moved enough to matter; else how
    /// things stand.
    public static Step step(Experiment experiment, Counters counters, Snapshot current, Instant now) {
        Outlook outlook = Outlook.of(experiment, counters, now);
        Snapshot next = next(experiment, outlook, current.version() + 1, Snapshot.Cause.MOVED, now);
        if (experiment.revision() != current.revision()) {
            return new Step(because(next, Snapshot.Cause.REDEFINED), true);
        }
        if (experiment.running() && day(now) > day(current.at())) {
            return new Step(because(next, Snapshot.Cause.DAY), true);
        }
        return distance(current, next) > MOVE_MIN
                ? new Step(next, true)
                : new Step(standing(outlook, current, now), false);
    }

    /// How an experiment stands under the snapshot that is served, whatever its allocation would be.
    public static Snapshot standing(Experiment experiment, Counters counters, Snapshot served, Instant now) {
        return standing(Outlook.of(experiment, counters, now), served, now);
    }

    private static Snapshot standing(Outlook outlook, Snapshot served, Instant now) {
        Map<String, SegmentView> segments = new HashMap<>();
        served.segments().forEach(each -> segments.put(each.segment(), each));
        List<SegmentView> views = new ArrayList<>();
        for (SegmentView seen : outlook.segments()) {
            SegmentView before = segments.get(seen.segment());
            boolean own = before != null && before.own();
            views.add(new SegmentView(seen.segment(), own, shared(seen.arms(), own ? before.arms() : served.arms())));
        }
        return new Snapshot(
                served.experiment(),
                served.version(),
                now,
                served.revision(),
                served.cause(),
                shared(outlook.arms(), served.arms()),
                views,
                outlook.basis());
    }

    /// These arms with the shares that are served; none for an arm that is not served yet.
    private static List<ArmView> shared(List<ArmView> arms, List<ArmView> served) {
        Map<String, Double> shares = new HashMap<>();
        served.forEach(each -> shares.put(each.arm(), each.share()));
        return arms.stream()
                .map(each -> each.withShare(shares.getOrDefault(each.arm(), 0.0)))
                .toList();
    }

    private static Snapshot next(
            Experiment experiment, Outlook outlook, long version, Snapshot.Cause cause, Instant now) {
        return new Snapshot(
                experiment.id(),
                version,
                now,
                experiment.revision(),
                cause,
                outlook.arms(),
                outlook.segments(),
                outlook.basis());
    }

    private static Snapshot because(Snapshot made, Snapshot.Cause cause) {
        return new Snapshot(
                made.experiment(),
                made.version(),
                made.at(),
                made.revision(),
                cause,
                made.arms(),
                made.segments(),
                made.basis());
    }

    /// How much differently units are drawn, on average over the segments that they come from: the segments of few units
    /// move often, and would make a version of nearly every conversion.
    private static double distance(Snapshot from, Snapshot to) {
        Map<String, Allocation> before = new HashMap<>();
        from.segments().forEach(each -> before.put(each.segment(), Snapshot.allocation(each.arms())));
        long all = exposures(to.arms());
        double pooled = to.allocation().distance(from.allocation());
        double rest = all;
        double sum = 0;
        for (SegmentView segment : to.segments()) {
            double units = exposures(segment.arms());
            Allocation served = before.getOrDefault(segment.segment(), from.allocation());
            sum += units * Snapshot.allocation(segment.arms()).distance(served);
            rest -= units;
        }
        return all == 0 ? pooled : (sum + rest * pooled) / all;
    }

    private static long exposures(List<ArmView> arms) {
        return arms.stream().mapToLong(arm -> arm.counted().exposures()).sum();
    }

    private static long day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }
}
