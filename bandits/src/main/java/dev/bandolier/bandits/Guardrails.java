package dev.bandolier.bandits;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/// The rules that may take traffic away from arms, as the owner of an experiment sets them (`methods.md` 7 and 10).
///
/// @param harm      the test that pauses an arm which earns less than control, if it is on
/// @param metrics   further metrics that no arm may spoil, watched by the same test; none without it
/// @param budget    what exploring may lose in all, if that is bounded
/// @param strict    share of what control would have earned that may be lost at any time, in (0, 1): arms are held back
///                  until they have proven as much; absent: off
/// @param ramp      how the share of all arms but control grows
/// @param feed      whether learning freezes when conversions stop arriving, or come in far too often
/// @param ratio     whether learning freezes when arms are not exposed as often as they were drawn
/// @param originCap conversions of one origin that count per day; more of them weigh nothing, in all arms alike. Where a
///                  longer history shows that origins often have more, that counts instead
/// @param thawedAt  when a person last said that feed and ratio are sound; what they saw before does not count
public record Guardrails(
        Optional<Harm> harm,
        List<Metric> metrics,
        Optional<Budget> budget,
        OptionalDouble strict,
        Ramp ramp,
        boolean feed,
        boolean ratio,
        int originCap,
        Optional<Instant> thawedAt) {

    /// The most further metrics: each takes a part of the error rate.
    public static final int METRICS_MAX = 10;

    /// Conversions of one origin that count per day unless the owner says otherwise (`methods.md` 10.3).
    public static final int ORIGIN_CAP = 3;

    /// No rule at all.
    public static final Guardrails NONE = new Guardrails(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            OptionalDouble.empty(),
            Ramp.NONE,
            false,
            false,
            Integer.MAX_VALUE,
            Optional.empty());

    /// The rules of an experiment whose owner named none: harm at a margin and an error rate of 5 %, a budget of 1 % of
    /// four weeks, feed and ratio watched, no ramp.
    public static final Guardrails DEFAULT = new Guardrails(
            Optional.of(Harm.DEFAULT),
            List.of(),
            Optional.of(Budget.DEFAULT),
            OptionalDouble.empty(),
            Ramp.NONE,
            true,
            true,
            ORIGIN_CAP,
            Optional.empty());

    /// The test that pauses an arm.
    ///
    /// @param margin relative loss against control that is tolerated, in [0, 1)
    /// @param alpha  probability that any arm of the experiment, at any time, is paused without losing more than that, in
    ///               (0, 0.5]; in an experiment that runs for ever it only says when the ramp steps back
    /// @param window time after exposure at which outcomes are first taken as final, beside the whole window of the
    ///               objective; not longer than it
    /// @param form   how long the experiment runs
    public record Harm(double margin, double alpha, Duration window, Form form) {

        /// What an owner gets who says nothing.
        public static final Harm DEFAULT = new Harm(0.05, 0.05, Duration.ofHours(24), Form.FINITE);

        /// Refuses a margin or an error rate out of range, and a window that is not positive.
        public Harm {
            if (!(margin >= 0 && margin < 1)) {
                throw new IllegalArgumentException("harm margin " + margin + " is not in [0, 1)");
            }
            if (!(alpha > 0 && alpha <= 0.5)) {
                throw new IllegalArgumentException("harm alpha " + alpha + " is not in (0, 0.5]");
            }
            if (!window.isPositive()) {
                throw new IllegalArgumentException("harm window " + window + " is not positive");
            }
        }
    }

    /// How long an experiment runs, which decides what its error rate is about.
    public enum Form {
        /// To an end: the error rate is that of the whole experiment.
        FINITE,
        /// For ever: a loss is noticed soon after it begins, however long the arm was good, and a false alarm is expected
        /// once in ten thousand days.
        ALWAYS_ON
    }

    /// A further metric that no arm may spoil.
    ///
    /// @param metric    name of its conversions; not that of the objective
    /// @param direction which is better
    /// @param margin    relative change for the worse that is tolerated, in [0, 1) if higher is better, else in [0, 10]
    public record Metric(String metric, Direction direction, double margin) {

        /// Refuses a malformed name and a margin out of range.
        public Metric {
            Names.check("guardrail metric", metric);
            if (!(margin >= 0 && (direction == Direction.LOWER ? margin <= 10 : margin < 1))) {
                throw new IllegalArgumentException("margin " + margin + " of '" + metric + "' is out of range");
            }
        }
    }

    /// Which values of a metric are better.
    public enum Direction {
        /// Refunds, errors, unsubscribes.
        LOWER,
        /// Clicks, sign-ups.
        HIGHER
    }

    /// What exploring may lose against serving control to everybody.
    ///
    /// @param unit      what amounts are in
    /// @param total     for the whole experiment; absent: 1 % of what control would earn in four weeks, and at least 20
    ///                  conversions for each other arm
    /// @param daily     for a day in UTC, if that is bounded too
    /// @param worth     what a conversion is worth in minor units: needed for an amount of money where conversions are
    ///                  counted
    /// @param certainty probability with which the loss is to stay below, in [0.5, 1); 0.5 holds the expected loss
    public record Budget(Unit unit, OptionalLong total, OptionalLong daily, OptionalLong worth, double certainty) {

        /// What an owner gets who says nothing.
        public static final Budget DEFAULT =
                new Budget(Unit.CONVERSIONS, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 0.5);

        /// What an owner's amount is held with who does not say how certainly.
        public static final double CERTAINTY = 0.95;

        /// Refuses amounts that are not positive and a certainty out of range.
        public Budget {
            if (total.orElse(1) <= 0 || daily.orElse(1) <= 0 || worth.orElse(1) <= 0) {
                throw new IllegalArgumentException("an amount of the budget is not positive");
            }
            if (!(certainty >= 0.5 && certainty < 1)) {
                throw new IllegalArgumentException("certainty " + certainty + " is not in [0.5, 1)");
            }
        }
    }

    /// What amounts of a budget are in.
    public enum Unit {
        /// Minor units of the currency of the objective.
        MONEY,
        /// What the objective counts.
        CONVERSIONS
    }

    /// How the share of all arms but control may grow: stage by stage, the last without bound of its own.
    ///
    /// @param stages first to last, shares growing; none: everything at once
    public record Ramp(List<Stage> stages) {

        /// No ramp.
        public static final Ramp NONE = new Ramp(List.of());

        /// 5 %, 20 %, 50 %, then all: an hour and 20 conversions of control, then a day each (`methods.md` 7d).
        public static final Ramp CAUTIOUS = new Ramp(List.of(
                new Stage(0.05, Duration.ofHours(1), 20),
                new Stage(0.2, Duration.ofHours(24), 0),
                new Stage(0.5, Duration.ofHours(24), 0)));

        /// The most stages.
        public static final int STAGES_MAX = 10;

        /// Keeps its own copy; refuses shares that do not grow.
        public Ramp {
            stages = List.copyOf(stages);
            double before = 0;
            for (Stage stage : stages) {
                if (stage.share() <= before) {
                    throw new IllegalArgumentException("share " + stage.share() + " of the ramp does not grow");
                }
                before = stage.share();
            }
        }
    }

    /// One stage of a ramp.
    ///
    /// @param share       the most that all arms but control may have together, in (0, 1)
    /// @param hold        how long it lasts at least
    /// @param conversions conversions of control that it lasts at least
    public record Stage(double share, Duration hold, long conversions) {

        /// Refuses a share out of range, a negative hold or count.
        public Stage {
            if (!(share > 0 && share < 1) || hold.isNegative() || conversions < 0) {
                throw new IllegalArgumentException(
                        "stage " + share + ", " + hold + ", " + conversions + " is no stage");
            }
        }
    }

    /// Keeps its own copy; refuses metrics that stand twice and shares out of range.
    public Guardrails {
        metrics = List.copyOf(metrics);
        if (metrics.size() > METRICS_MAX) {
            throw new IllegalArgumentException(metrics.size() + " guardrail metrics; " + METRICS_MAX + " are the most");
        }
        Set<String> seen = new HashSet<>();
        for (Metric metric : metrics) {
            if (!seen.add(metric.metric())) {
                throw new IllegalArgumentException("guardrail metric '" + metric.metric() + "' stands twice");
            }
        }
        strict.ifPresent(loss -> {
            if (!(loss > 0 && loss < 1)) {
                throw new IllegalArgumentException("strict " + loss + " is not in (0, 1)");
            }
        });
        if (originCap < 1) {
            throw new IllegalArgumentException("origin cap " + originCap + " is not positive");
        }
    }

    /// Whether this is one of the further metrics.
    public boolean guards(String metric) {
        return metrics.stream().anyMatch(each -> each.metric().equals(metric));
    }

    /// These rules, thawed by a person at this time.
    public Guardrails thawed(Instant at) {
        return new Guardrails(harm, metrics, budget, strict, ramp, feed, ratio, originCap, Optional.of(at));
    }
}
