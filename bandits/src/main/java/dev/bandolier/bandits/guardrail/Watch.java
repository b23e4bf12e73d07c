package dev.bandolier.bandits.guardrail;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// All that the guardrails of one experiment remember. Immutable.
///
/// What it says of outcomes and exposures is a function of the logs up to the cursor of the learner; where the ramp
/// stands, and since when a verdict is in force, is its own.
///
/// @param docket   the tests of every arm
/// @param stale    whether what was settled is being settled anew, so that closed windows are to be looked at again
/// @param ratio    whether arms are exposed as they are drawn
/// @param feed     whether conversions arrive as expected
/// @param arrivals units that converted, by the start of the interval in which that was heard, of intervals that `feed`
///                 has not looked at
/// @param fed      end of the last interval that `feed` has looked at; absent before the first
/// @param expected conversions per minute that were expected in that interval, if any could be
/// @param ramp     where the ramp stands, if there is one
/// @param thawedAt when a person last said that feed and ratio are sound
/// @param top      who would be the best without the origins that report most, as it was last looked at
/// @param verdicts what is in force
public record Watch(
        Docket docket,
        boolean stale,
        SampleRatio ratio,
        FeedWatch feed,
        NavigableMap<Instant, Long> arrivals,
        Optional<Instant> fed,
        OptionalDouble expected,
        Optional<RampProgress> ramp,
        Optional<Instant> thawedAt,
        Optional<Guard.TopOrigins> top,
        List<Verdict> verdicts) {

    /// What units that were drawn alike have in common.
    private record Alike(long version, String segment, Optional<String> eligible) {}

    /// Intervals beyond which the oldest are forgotten: nobody listens to them any more.
    static final int ARRIVALS_MAX = 120;

    /// Nothing seen yet.
    public static final Watch NEW = new Watch(
            Docket.EMPTY,
            false,
            SampleRatio.START,
            FeedWatch.START,
            new TreeMap<>(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());

    /// Keeps its own copies.
    public Watch {
        arrivals = Collections.unmodifiableNavigableMap(new TreeMap<>(arrivals));
        verdicts = List.copyOf(verdicts);
    }

    /// This watch for a definition that may have changed: see [Docket#fitted]; and what a person called sound is.
    public Watch fitted(Definition definition, Instant now) {
        Watch fitted = with(docket.fitted(definition, now));
        Optional<Instant> thawed = definition.guardrails().thawedAt();
        if (thawed.equals(thawedAt)) {
            return fitted;
        }
        return new Watch(
                fitted.docket,
                stale,
                SampleRatio.START,
                feed.thawed(),
                arrivals,
                fed,
                expected,
                ramp,
                thawed,
                top,
                fitted.verdicts);
    }

    /// This watch with exposures that were drawn alike, arm by arm; those who were held out were not drawn.
    public Watch exposed(List<Exposed> exposed, Lots.Book book) {
        Map<Alike, Map<String, Long>> drawn = new HashMap<>();
        for (Exposed each : exposed) {
            if (!each.holdout()) {
                drawn.computeIfAbsent(
                                new Alike(each.version(), each.segment(), each.eligible()), first -> new HashMap<>())
                        .merge(each.arm(), each.units(), Long::sum);
            }
        }
        SampleRatio sum = ratio;
        for (Map.Entry<Alike, Map<String, Long>> each : drawn.entrySet()) {
            Alike alike = each.getKey();
            Map<String, Double> chances = book.apply(alike.version())
                    .map(lots -> lots.chances(alike.segment(), alike.eligible()))
                    .orElse(Map.of());
            // A unit may have got an arm that its snapshot did not know; how it was drawn is not on record.
            if (chances.keySet().containsAll(each.getValue().keySet())) {
                sum = sum.plus(chances, each.getValue());
            }
        }
        return new Watch(docket, stale, sum, feed, arrivals, fed, expected, ramp, thawedAt, top, verdicts);
    }

    /// This watch with units that were heard to have converted, by interval.
    public Watch arrived(Map<Instant, Long> conversions) {
        TreeMap<Instant, Long> more = new TreeMap<>(arrivals);
        conversions.forEach((interval, units) -> {
            if (fed.isEmpty() || !interval.isBefore(fed.get())) {
                more.merge(interval, units, Long::sum);
            }
        });
        while (more.size() > ARRIVALS_MAX) {
            more.pollFirstEntry();
        }
        return new Watch(docket, stale, ratio, feed, more, fed, expected, ramp, thawedAt, top, verdicts);
    }

    /// This watch with other cases.
    public Watch with(Docket other) {
        return new Watch(other, stale, ratio, feed, arrivals, fed, expected, ramp, thawedAt, top, verdicts);
    }

    /// This watch, whose closed windows are to be looked at again once everything is settled.
    public Watch outdated() {
        return new Watch(docket, true, ratio, feed, arrivals, fed, expected, ramp, thawedAt, top, verdicts);
    }

    /// This watch with closed windows to be looked at from the first one.
    public Watch reopened() {
        Docket open = docket.reopened();
        return new Watch(open, false, ratio, feed, arrivals, fed, expected, ramp, thawedAt, top, verdicts);
    }

    /// This watch with other verdicts in force.
    public Watch with(List<Verdict> others) {
        return new Watch(docket, stale, ratio, feed, arrivals, fed, expected, ramp, thawedAt, top, others);
    }

    /// This watch after origins were looked at.
    ///
    /// @param without who would be the best without the top ones
    /// @param others  what is in force now
    public Watch inspected(Optional<Guard.TopOrigins> without, List<Verdict> others) {
        return new Watch(docket, stale, ratio, feed, arrivals, fed, expected, ramp, thawedAt, without, others);
    }

    /// This watch with another place on the ramp.
    public Watch with(Optional<RampProgress> other) {
        return new Watch(docket, stale, ratio, feed, arrivals, fed, expected, other, thawedAt, top, verdicts);
    }

    /// This watch after the feed was listened to up to a time.
    ///
    /// @param perMinute conversions per minute that were expected last, if any could be
    public Watch fed(FeedWatch after, Instant upTo, OptionalDouble perMinute) {
        NavigableMap<Instant, Long> left = arrivals.tailMap(upTo, true);
        return new Watch(
                docket, stale, ratio, after, left, Optional.of(upTo), perMinute, ramp, thawedAt, top, verdicts);
    }
}
