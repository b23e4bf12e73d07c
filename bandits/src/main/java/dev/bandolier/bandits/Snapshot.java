package dev.bandolier.bandits;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What the learner publishes: beliefs, allocation, and how far it has learned.
///
/// @param experiment number of the experiment
/// @param version    counts snapshots of this experiment, from 1
/// @param at         when it was made
/// @param revision   revision of the experiment that it was made for
/// @param cause      why a new one was made
/// @param arms       one entry per arm, in the order of the definition
/// @param segments   one entry per declared segment, in the order of the definition, and one for all other units, last, once
///                   one of them has come; none where no segments are declared
/// @param basis      what the beliefs rest on
/// @param guard      what the guardrails say
public record Snapshot(
        long experiment,
        long version,
        Instant at,
        long revision,
        Cause cause,
        List<ArmView> arms,
        List<SegmentView> segments,
        Basis basis,
        Guard guard) {

    /// Why a snapshot was made.
    public enum Cause {
        /// The experiment was started: beliefs are the prior, shares those of the policy under it.
        STARTED,
        /// The allocation moved enough to matter.
        MOVED,
        /// The definition changed: an arm was paused, added or retired, or a setting was changed.
        REDEFINED,
        /// A day began: what is compared over time is compared day by day.
        DAY,
        /// A guardrail came into force, or is no longer in force.
        GUARDED
    }

    /// One arm at the time of a snapshot.
    ///
    /// @param arm     key of the arm
    /// @param share   probability with which new units are sent to it
    /// @param counted what it exposed and earned
    /// @param belief  what we believe it earns
    public record ArmView(String arm, double share, Counted counted, Belief belief) {

        /// This arm with another share.
        public ArmView withShare(double other) {
            return new ArmView(arm, other, counted, belief);
        }
    }

    /// What units of an arm came to, the holdout left out.
    ///
    /// @param exposures   units sent to it
    /// @param effective   what these count for by now: each weighs as much of its window as has been heard of, less
    ///                    what is forgotten, by what its day was worth
    /// @param conversions units that converted
    /// @param orders      single conversions, repeats of a unit included
    /// @param value       sum of net values, winsorised, in minor units
    /// @param raw         sum of net values as reported, in minor units
    public record Counted(long exposures, double effective, long conversions, long orders, long value, long raw) {}

    /// What we believe an arm earns per unit, in numbers that people read.
    ///
    /// @param posterior the belief itself
    /// @param lower     2.5 % quantile
    /// @param upper     97.5 % quantile
    /// @param best      probability that no other live arm earns more; 0 for an arm that is not live
    public record Belief(Posterior posterior, double lower, double upper, double best) {}

    /// One segment at the time of a snapshot.
    ///
    /// @param segment the value of the attribute, or [Segments#OTHER]
    /// @param own     whether it has shares of its own; else it is served those of all units together, because too
    ///                little has been heard of it
    /// @param arms    one entry per arm, in the order of the definition
    public record SegmentView(String segment, boolean own, List<ArmView> arms) {

        /// Keeps its own copy.
        public SegmentView {
            arms = List.copyOf(arms);
        }
    }

    /// What the beliefs of a snapshot rest on.
    ///
    /// @param phase      who decides about the shares
    /// @param delay      how long conversions take
    /// @param epochs     how the days differed
    /// @param kappa      units that what is known of an arm elsewhere is worth within a segment; absent without segments
    /// @param dispersion counts: variance relative to the mean. Revenue: squared coefficient of variation of the value of a
    ///                   unit that ordered. Absent for conversions
    /// @param changes    arms whose rate relative to all arms seems to have changed
    public record Basis(
            Phase phase,
            Delay delay,
            Epochs epochs,
            OptionalDouble kappa,
            OptionalDouble dispersion,
            List<Change> changes) {

        /// Keeps its own copy.
        public Basis {
            changes = List.copyOf(changes);
        }
    }

    /// Who decides about the shares.
    public enum Phase {
        /// All arms share equally, until enough has been heard of each.
        WARMING_UP,
        /// The policy decides.
        LEARNING
    }

    /// How long conversions take.
    ///
    /// @param estimated   whether it was estimated; else it is what the owner said, or a cautious guess
    /// @param median      half of the conversions arrive within this time; absent if it cannot be said yet
    /// @param conversions units that converted, whose delay is known
    public record Delay(boolean estimated, Optional<Duration> median, long conversions) {}

    /// How the times differed in which units were exposed.
    ///
    /// @param width  length of an epoch
    /// @param count  epochs so far
    /// @param latest what the latest was worth relative to all; 1 if that is not estimated
    public record Epochs(Duration width, int count, double latest) {}

    /// An arm whose rate relative to all arms seems to have changed (`methods.md` 5).
    ///
    /// @param arm       key of the arm
    /// @param since     when, to the day
    /// @param statistic evidence, larger than the threshold
    /// @param threshold what it has to exceed: grows with the days and the arms, so that of a hundred experiments
    ///                  without a change at most one is expected to have an alarm at any time, for any arm
    public record Change(String arm, Instant since, double statistic, double threshold) {}

    /// Keeps its own copies.
    public Snapshot {
        arms = List.copyOf(arms);
        segments = List.copyOf(segments);
    }

    /// A snapshot of an experiment that nothing guards.
    public Snapshot(
            long experiment,
            long version,
            Instant at,
            long revision,
            Cause cause,
            List<ArmView> arms,
            List<SegmentView> segments,
            Basis basis) {
        this(experiment, version, at, revision, cause, arms, segments, basis, Guard.NONE);
    }

    /// The shares of all arms, in the order of the definition.
    public Allocation allocation() {
        return allocation(arms);
    }

    /// The part of all units that each arm gets, in the order of the definition: the shares of the segments, weighted by
    /// how many units of each have come. Without segments these are the shares themselves.
    public double[] served() {
        return overall(segment -> segment.map(SegmentView::arms).orElse(arms).stream()
                .mapToDouble(ArmView::share)
                .toArray());
    }

    /// The mean of what segments get, weighted by how many units of each have come.
    ///
    /// @param shares what units of a segment get, one share per arm; asked once with nothing for units of none
    /// @return one share per arm, in \[0, 1]
    public double[] overall(Function<Optional<SegmentView>, double[]> shares) {
        double all = exposures(arms);
        double rest = all;
        double[] others = shares.apply(Optional.empty());
        double[] overall = new double[others.length];
        for (SegmentView segment : segments) {
            double units = exposures(segment.arms());
            rest -= units;
            add(overall, all > 0 ? units / all : 0, shares.apply(Optional.of(segment)));
        }
        add(overall, all > 0 ? rest / all : 1, others);
        for (int arm = 0; arm < overall.length; arm++) {
            // Weights that sum to one may come to a little more.
            overall[arm] = Math.min(overall[arm], 1);
        }
        return overall;
    }

    private static void add(double[] sum, double weight, double[] shares) {
        for (int arm = 0; arm < sum.length; arm++) {
            sum[arm] += weight * shares[arm];
        }
    }

    /// Units that these arms were exposed to, the holdout left out.
    public static long exposures(List<ArmView> arms) {
        return arms.stream().mapToLong(arm -> arm.counted().exposures()).sum();
    }

    /// The shares of these arms.
    public static Allocation allocation(List<ArmView> arms) {
        return Allocation.of(arms.stream().mapToDouble(ArmView::share).toArray());
    }
}
