package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Thompson;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An experiment that is made up step by step, with what was counted in it.
///
/// @param experiment the experiment
/// @param counters   what was counted
record Tale(Experiment experiment, Counters counters) {

    static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    static final Duration WINDOW = Duration.ofDays(7);

    /// Two arms, control "a" and "b", Thompson sampling, no floors, no warm-up, no history.
    static Tale begin(String... arms) {
        List<Arm> made = Arrays.stream(arms)
                .map(key -> new Arm(key, key.equals("a"), "{}", Arm.Status.LIVE))
                .toList();
        Definition definition = new Definition(
                "tale",
                "Tale",
                "visitor",
                Stickiness.UNIT,
                made,
                Objective.conversion("purchase", WINDOW),
                new Thompson(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0);
        return new Tale(new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, START, definition), Counters.EMPTY);
    }

    Tale with(Policy policy) {
        Definition d = experiment.definition();
        return with(new Definition(
                d.key(),
                d.name(),
                d.unit(),
                d.sticky(),
                d.arms(),
                d.objective(),
                policy,
                d.prior(),
                d.limits(),
                d.drift(),
                d.segments(),
                d.holdout()));
    }

    Tale with(Limits limits) {
        Definition d = experiment.definition();
        return with(new Definition(
                d.key(),
                d.name(),
                d.unit(),
                d.sticky(),
                d.arms(),
                d.objective(),
                d.policy(),
                d.prior(),
                limits,
                d.drift(),
                d.segments(),
                d.holdout()));
    }

    Tale with(Drift drift) {
        Definition d = experiment.definition();
        return with(new Definition(
                d.key(),
                d.name(),
                d.unit(),
                d.sticky(),
                d.arms(),
                d.objective(),
                d.policy(),
                d.prior(),
                d.limits(),
                drift,
                d.segments(),
                d.holdout()));
    }

    Tale with(Segments segments) {
        Definition d = experiment.definition();
        return with(new Definition(
                d.key(),
                d.name(),
                d.unit(),
                d.sticky(),
                d.arms(),
                d.objective(),
                d.policy(),
                d.prior(),
                d.limits(),
                d.drift(),
                Optional.of(segments),
                d.holdout()));
    }

    Tale with(Objective objective) {
        return with(experiment.definition().withObjective(objective));
    }

    Tale with(Prior prior) {
        return with(experiment.definition().withPrior(prior));
    }

    Tale with(Definition definition) {
        return new Tale(
                new Experiment(1, experiment.revision(), experiment.state(), 1, 2, START, definition), counters);
    }

    /// The next revision, with these arms.
    Tale arms(Arm... arms) {
        return new Tale(
                new Experiment(
                        1,
                        experiment.revision() + 1,
                        experiment.state(),
                        1,
                        2,
                        START,
                        experiment.definition().withArms(List.of(arms))),
                counters);
    }

    /// Units exposed so long after the start, and how many of them converted.
    Tale exposed(Duration after, String arm, long exposures, long conversions) {
        return exposed(after, Segments.OTHER, arm, exposures, conversions, 0);
    }

    /// The same in a segment, each conversion with this value.
    Tale exposed(Duration after, String segment, String arm, long exposures, long conversions, long each) {
        Instant bucket = experiment.bucketOf(START.plus(after));
        Counters.Cell cell = new Counters.Cell(segment, 1, arm, false, bucket);
        BigInteger square = BigInteger.valueOf(each).pow(2).multiply(BigInteger.valueOf(conversions));
        Tally tally = new Tally(
                exposures,
                conversions,
                conversions,
                conversions,
                conversions * each,
                square,
                conversions * each,
                square);
        return new Tale(experiment, counters.plus(Map.of(cell, tally)));
    }

    /// Units exposed so long after the start; those that converted did so this many times each.
    Tale repeated(Duration after, String arm, long exposures, long conversions, long times) {
        Counters.Cell cell = new Counters.Cell(Segments.OTHER, 1, arm, false, experiment.bucketOf(START.plus(after)));
        Tally tally = new Tally(
                exposures,
                conversions,
                conversions * times,
                conversions * times * times,
                0,
                BigInteger.ZERO,
                0,
                BigInteger.ZERO);
        return new Tale(experiment, counters.plus(Map.of(cell, tally)));
    }

    /// Conversions that were heard of so long after their exposure.
    Tale heard(Duration exposedAfter, Duration delay, long conversions) {
        Instant bucket = experiment.bucketOf(START.plus(exposedAfter));
        int bin = DelayBins.of(experiment.definition().objective().window()).binOf(delay);
        return new Tale(experiment, counters.plusDelays(Map.of(new Counters.Delay(bucket, bin), conversions)));
    }
}
