package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Thompson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// An experiment as the problems of the benchmark set it up: Thompson sampling with the unit-success prior; arms "a",
/// "b" and so on, of which "a" is the control.
///
/// @param objective what is earned
/// @param limits    what the policy may not do
/// @param drift     how change over time is allowed for
/// @param segments  kinds of units that are told apart, if any
record Setting(Objective objective, Limits limits, Drift drift, Optional<Segments> segments) {

    /// Nothing keeps the policy from what it wants.
    static final Limits FREE = new Limits(0, 1, 0, 1, 0);

    /// Time does not matter.
    static final Drift STEADY = new Drift(false, Optional.empty());

    /// So short a delay that no exposure is immature.
    static final Duration AT_ONCE = Duration.ofNanos(1);

    private static final String KEYS = "abcdefghij";

    /// Conversions that are heard of at once, in steady times, with free choice among all arms.
    static Setting conversions(double baseline) {
        return new Setting(objective(Duration.ofDays(7), AT_ONCE, baseline), FREE, STEADY, Optional.empty());
    }

    /// Conversions.
    static Objective objective(Duration window, Duration medianDelay, double baseline) {
        return new Objective(
                "purchase",
                Objective.Kind.CONVERSION,
                window,
                Optional.of(medianDelay),
                Optional.empty(),
                baseline,
                Optional.empty());
    }

    Setting with(Objective other) {
        return new Setting(other, limits, drift, segments);
    }

    Setting with(Limits other) {
        return new Setting(objective, other, drift, segments);
    }

    Setting with(Drift other) {
        return new Setting(objective, limits, other, segments);
    }

    Setting with(Segments told) {
        return new Setting(objective, limits, drift, Optional.of(told));
    }

    /// The experiment with so many arms from the start.
    Experiment experiment(int arms) {
        return experiment(1, keys(arms).map(key -> arm(key, Optional.empty())).toList());
    }

    /// The experiment after one more arm joined.
    Experiment joined(int arms, Instant since) {
        List<Arm> joined = Stream.concat(
                        keys(arms).map(key -> arm(key, Optional.empty())),
                        keys(arms + 1).skip(arms).map(key -> arm(key, Optional.of(since))))
                .toList();
        return experiment(2, joined);
    }

    private Experiment experiment(long revision, List<Arm> arms) {
        Definition definition = new Definition(
                "played",
                "Played",
                "visitor",
                Stickiness.UNIT,
                arms,
                objective,
                new Thompson(),
                new Prior.UnitSuccess(),
                limits,
                drift,
                segments,
                0);
        return new Experiment(1, revision, Experiment.State.RUNNING, 1, 2, Performance.START, definition);
    }

    private static Stream<String> keys(int arms) {
        return KEYS.chars().limit(arms).mapToObj(key -> String.valueOf((char) key));
    }

    private static Arm arm(String key, Optional<Instant> since) {
        return new Arm(key, key.equals("a"), "{}", Arm.Status.LIVE).since(since);
    }
}
