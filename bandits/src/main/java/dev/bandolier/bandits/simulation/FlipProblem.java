package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.simulation.Script.Hearing;
import java.time.Duration;
import java.util.Optional;

/// P10: half way, the second best arm becomes the best. Three arms, 200 days of 500 visitors, a look every midnight,
/// the limits that an experiment has by default; conversions are heard of at once.
final class FlipProblem {

    /// Visitors who come.
    static final int UNITS = 100_000;

    private static final int PER_DAY = 500;
    private static final Duration HALF = Duration.ofDays(UNITS / PER_DAY / 2);
    private static final double BASE = 0.05;

    private static final Rates BEFORE = Rates.constant(0.06, 0.05, 0.04);
    private static final Rates AFTER = Rates.constant(0.05, 0.06, 0.04);

    private FlipProblem() {}

    /// The run of one seed.
    static Ending play(Optional<Duration> halfLife, long seed) {
        Rates rates = (kind, arm, since) -> (since.compareTo(HALF) < 0 ? BEFORE : AFTER).of(kind, arm, since);
        Setting setting =
                Setting.conversions(BASE).with(Limits.defaults(3, false)).with(new Drift(true, halfLife));
        return Performance.of(
                Shop.of(UNITS, Duration.ofDays(1).dividedBy(PER_DAY), rates, Duration.ZERO),
                Script.of(setting.experiment(3), PER_DAY, Hearing.CONFIGURED),
                seed);
    }

    /// Whether a run ended with a belief in another arm than the one that is best by then.
    static boolean misled(Ending ending) {
        return !ending.leader().equals("b");
    }
}
