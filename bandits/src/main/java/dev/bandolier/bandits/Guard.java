package dev.bandolier.bandits;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What the guardrails of an experiment say at the time of a snapshot.
///
/// @param holdout  share of units that were held out under this snapshot; absent where nobody noted it
/// @param verdicts what is in force
/// @param arms     evidence about every arm but control, in the order of the definition
/// @param spending what exploring has cost, if that is bounded
/// @param ramp     where the ramp is, if there is one
/// @param feed     how the feed of conversions does, if it is watched and there is enough to expect
/// @param ratio    logarithm of the evidence that arms are not exposed as they were drawn, if that is watched
/// @param top      who would be the best without the origins that report most, if origins are reported
/// @param frozen   whether shares are not learned but kept
public record Guard(
        OptionalDouble holdout,
        List<Verdict> verdicts,
        List<ArmEvidence> arms,
        Optional<Spending> spending,
        Optional<RampStage> ramp,
        Optional<Feed> feed,
        OptionalDouble ratio,
        Optional<TopOrigins> top,
        boolean frozen) {

    /// Nothing watched, nothing found.
    public static final Guard NONE = new Guard(
            OptionalDouble.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            false);

    /// The evidence about one arm.
    ///
    /// @param arm  key of the arm
    /// @param harm one entry per test: metric and horizon
    /// @param gain the same for the claim that it is better than control
    public record ArmEvidence(String arm, List<Verdict.Evidence> harm, List<Verdict.Evidence> gain) {

        /// Keeps its own copies.
        public ArmEvidence {
            harm = List.copyOf(harm);
            gain = List.copyOf(gain);
        }
    }

    /// What exploring has cost, in the unit of the reward: conversions, or minor units.
    ///
    /// @param expected   expected loss against control by now
    /// @param held       the loss that the budget is held against: not exceeded with its certainty
    /// @param allowed    the budget
    /// @param today      loss of this day, as held
    /// @param daily      budget of a day, if there is one
    /// @param next       expected loss of the next five minutes, were nothing held back
    /// @param ceiling    loss that is not exceeded at any time with 95 %, whatever was believed before; absent as long as
    ///                   nothing bounds it
    /// @param rate       share of exploring that is left, in [0, 1]
    public record Spending(
            double expected,
            double held,
            double allowed,
            double today,
            OptionalDouble daily,
            double next,
            OptionalDouble ceiling,
            double rate) {}

    /// Where a ramp is.
    ///
    /// @param stage its number, from 0; the number of stages when it is over
    /// @param share the most that all arms but control may have together
    public record RampStage(int stage, double share) {}

    /// How the feed of conversions does.
    ///
    /// @param perMinute conversions expected per minute
    /// @param silence   logarithm of the evidence that they are missing
    /// @param inflation logarithm of the evidence that there are too many
    public record Feed(double perMinute, double silence, double inflation) {}

    /// Who would be the best without the conversions of the origins that report most.
    ///
    /// @param origins how many these are
    /// @param best    probability of each arm to be the best without them
    public record TopOrigins(long origins, Map<String, Double> best) {

        /// Keeps its own copy.
        public TopOrigins {
            best = Map.copyOf(best);
        }
    }

    /// Keeps its own copies.
    public Guard {
        verdicts = List.copyOf(verdicts);
        arms = List.copyOf(arms);
    }
}
