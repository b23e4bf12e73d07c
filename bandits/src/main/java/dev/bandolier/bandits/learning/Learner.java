package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.bandits.guardrail.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The step from counters to the next snapshot: evidence, beliefs, policy, limits, guardrails.
///
/// Pure: two learners with the same counters at the same time make the same snapshot.
public final class Learner {

    /// The least change of the allocation, in total variation, that is worth a new version (`methods.md` 0.1): it keeps
    /// the counters small, and the served shares are never further than this from what is known.
    public static final double MOVE_MIN = 0.005;

    /// What there is to learn from, beside the counters.
    ///
    /// @param watch    what the guardrails have seen
    /// @param through  every conversion that was acknowledged up to then is counted
    /// @param interval how long the feed of conversions is listened to at a time
    public record Seen(Watch watch, Instant through, Duration interval) {

        /// Nothing but the counters.
        public static final Seen NOTHING = new Seen(Watch.NEW, Instant.MIN, Duration.ofMinutes(1));
    }

    /// What a step came to.
    ///
    /// @param snapshot the next version if the step moved; else how things stand under the current one: its version and
    ///                 shares, what has been counted since, and what we believe by now
    /// @param moved    whether the snapshot is to be served
    /// @param watch    what the guardrails remember
    /// @param paused   the definition with arms paused that do harm, if there are such: the next revision, which the
    ///                 snapshot is made for
    public record Step(Snapshot snapshot, boolean moved, Watch watch, Optional<Definition> paused) {}

    private Learner() {}

    /// The snapshot that an experiment starts with: nobody has been exposed, so beliefs are the prior.
    public static Snapshot first(Experiment experiment, Instant now) {
        Guarding.Guarded guarded = guarded(experiment, Counters.EMPTY, Watch.NEW, Optional.empty(), now);
        return next(experiment, guarded, 1, Snapshot.Cause.STARTED, now);
    }

    /// The next snapshot, if the definition or a verdict changed, a day began or the allocation moved enough to matter;
    /// else how things stand. For an experiment that nothing is watched of.
    public static Step step(Experiment experiment, Counters counters, Snapshot current, Instant now) {
        return step(experiment, counters, Seen.NOTHING, current, now);
    }

    /// The same with what the guardrails have seen.
    public static Step step(Experiment experiment, Counters counters, Seen seen, Snapshot current, Instant now) {
        Watch watch = Listening.to(experiment, counters, seen);
        Guarding.Guarded guarded = guarded(experiment, counters, watch, Optional.of(current), now);
        long version = current.version() + 1;
        if (!guarded.harmful().isEmpty()) {
            Experiment after = experiment.revised(paused(experiment.definition(), guarded.harmful()));
            Guarding.Guarded safe = guarded(after, counters, guarded.watch(), Optional.of(current), now);
            Snapshot snapshot = next(after, safe, version, Snapshot.Cause.GUARDED, now);
            return new Step(snapshot, true, safe.watch(), Optional.of(after.definition()));
        }
        return cause(experiment, guarded, current, now)
                .map(cause -> new Step(
                        next(experiment, guarded, version, cause, now), true, guarded.watch(), Optional.empty()))
                .orElseGet(() -> new Step(
                        standing(guarded.outlook(), guarded.guard(), current, now),
                        false,
                        guarded.watch(),
                        Optional.empty()));
    }

    /// How an experiment stands under the snapshot that is served, whatever its allocation would be.
    public static Snapshot standing(Experiment experiment, Counters counters, Snapshot served, Instant now) {
        return standing(Outlook.of(experiment, counters, now), served.guard(), served, now);
    }

    private static Guarding.Guarded guarded(
            Experiment experiment, Counters counters, Watch watch, Optional<Snapshot> served, Instant now) {
        Outlook outlook = Outlook.of(experiment, counters, now);
        return Guarding.of(experiment, counters, outlook, watch.fitted(experiment.definition(), now), served, now);
    }

    /// Why another snapshot is to be served, if it is.
    private static Optional<Snapshot.Cause> cause(
            Experiment experiment, Guarding.Guarded guarded, Snapshot current, Instant now) {
        if (experiment.revision() != current.revision()) {
            return Optional.of(Snapshot.Cause.REDEFINED);
        }
        if (!Set.copyOf(guarded.guard().verdicts())
                .equals(Set.copyOf(current.guard().verdicts()))) {
            return Optional.of(Snapshot.Cause.GUARDED);
        }
        if (experiment.running() && day(now) > day(current.at())) {
            return Optional.of(Snapshot.Cause.DAY);
        }
        return distance(current, guarded.outlook()) > MOVE_MIN ? Optional.of(Snapshot.Cause.MOVED) : Optional.empty();
    }

    private static Definition paused(Definition definition, Set<String> arms) {
        return definition.withArms(definition.arms().stream()
                .map(arm -> arms.contains(arm.key()) ? arm.with(Arm.Status.PAUSED) : arm)
                .toList());
    }

    private static Snapshot standing(Outlook outlook, Guard guard, Snapshot served, Instant now) {
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
                outlook.basis(),
                guard);
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
            Experiment experiment, Guarding.Guarded guarded, long version, Snapshot.Cause cause, Instant now) {
        return new Snapshot(
                experiment.id(),
                version,
                now,
                experiment.revision(),
                cause,
                guarded.outlook().arms(),
                guarded.outlook().segments(),
                guarded.outlook().basis(),
                guarded.guard());
    }

    /// How much differently units are drawn, on average over the segments that they come from: the segments of few units
    /// move often, and would make a version of nearly every conversion.
    private static double distance(Snapshot from, Outlook to) {
        Map<String, Allocation> before = new HashMap<>();
        from.segments().forEach(each -> before.put(each.segment(), Snapshot.allocation(each.arms())));
        long all = Snapshot.exposures(to.arms());
        double pooled = Snapshot.allocation(to.arms()).distance(from.allocation());
        double rest = all;
        double sum = 0;
        for (SegmentView segment : to.segments()) {
            double units = Snapshot.exposures(segment.arms());
            Allocation served = before.getOrDefault(segment.segment(), from.allocation());
            sum += units * Snapshot.allocation(segment.arms()).distance(served);
            rest -= units;
        }
        return all == 0 ? pooled : (sum + rest * pooled) / all;
    }

    private static long day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }
}
