package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.simulation.Script.Hearing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// P8: conversions are late (`methods.md` 2). A unit comes every minute, delays are exponential, the window is four
/// mean delays, and the learner looks every 50 units.
///
/// @param name  short: `P8.1`
/// @param title the world in a few words
/// @param rates true rates; the third arm, if there is one, joins after 8,000 units
/// @param delay mean delay in units
record DelayProblem(String name, String title, List<Double> rates, int delay) {

    /// Units that come.
    static final int UNITS = 20_000;

    private static final int JOINS = 8_000;
    private static final int EVERY = 50;
    private static final int DELAYS_PER_WINDOW = 4;
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    /// The prior of the published numbers, Beta(1, 1), as a unit-success prior.
    private static final double FLAT = 0.5;

    /// What is made of delays.
    enum Rule {
        /// There are none.
        ORACLE,
        /// They are not allowed for: who has not converted does not convert.
        IMMEDIATE,
        /// Units count when their window has closed.
        WINDOW_CLOSE,
        /// As the server does it: exposures weigh their maturity, by delays estimated from conversions.
        MATURITY,
        /// Exposures weigh their maturity by the true delays.
        TRUE_DELAYS,
        /// Delays are believed to be half as long as they are.
        HALF_DELAYS,
        /// Delays are believed to be twice as long as they are.
        DOUBLE_DELAYS,
        /// As [#MATURITY], with all that an experiment has by default: prior, floors, warm-up, epochs.
        DEFAULTS
    }

    /// The four cases of the table.
    static List<DelayProblem> all() {
        return List.of(
                new DelayProblem("P8.1", "5 % and 6 %, mean delay 500", List.of(0.05, 0.06), 500),
                new DelayProblem("P8.2", "5 % and 6 %, mean delay 2,000", List.of(0.05, 0.06), 2000),
                new DelayProblem(
                        "P8.3",
                        "5 % and 5.5 %, a better arm of 6.5 % joins after 8,000, mean delay 2,000",
                        List.of(0.05, 0.055, 0.065),
                        2000),
                new DelayProblem(
                        "P8.4",
                        "5 % and 5.5 %, a worse arm of 3 % joins after 8,000, mean delay 2,000",
                        List.of(0.05, 0.055, 0.03),
                        2000));
    }

    /// The run of one seed.
    Ending play(Rule rule, long seed) {
        Duration mean = rule == Rule.ORACLE ? Duration.ZERO : BETWEEN.multipliedBy(delay);
        double[] each = rates.stream().mapToDouble(rate -> rate).toArray();
        return Performance.of(Shop.of(UNITS, BETWEEN, Rates.constant(each), mean), script(rule), seed);
    }

    private Script script(Rule rule) {
        Setting setting = setting(rule);
        TreeMap<Integer, Experiment> revisions = new TreeMap<>(Map.of(0, setting.experiment(2)));
        if (rates.size() > 2) {
            revisions.put(JOINS, setting.joined(2, Performance.START.plus(BETWEEN.multipliedBy(JOINS))));
        }
        Hearing hearing = switch (rule) {
            case MATURITY, DEFAULTS -> Hearing.PROMPT;
            case ORACLE, IMMEDIATE, TRUE_DELAYS, HALF_DELAYS, DOUBLE_DELAYS -> Hearing.CONFIGURED;
            case WINDOW_CLOSE -> Hearing.CLOSED;
        };
        return new Script(revisions, EVERY, hearing);
    }

    private Setting setting(Rule rule) {
        Duration window = BETWEEN.multipliedBy((long) DELAYS_PER_WINDOW * delay);
        double median = Math.log(2) * delay * BETWEEN.toMillis();
        Setting free = Setting.conversions(FLAT);
        return switch (rule) {
            case ORACLE, IMMEDIATE, WINDOW_CLOSE -> free.with(Setting.objective(window, Setting.AT_ONCE, FLAT));
            case TRUE_DELAYS -> free.with(Setting.objective(window, Duration.ofMillis(Math.round(median)), FLAT));
            case HALF_DELAYS -> free.with(Setting.objective(window, Duration.ofMillis(Math.round(median / 2)), FLAT));
            case DOUBLE_DELAYS -> free.with(Setting.objective(window, Duration.ofMillis(Math.round(2 * median)), FLAT));
            case MATURITY -> free.with(Objective.conversion("purchase", window).withBaseline(FLAT));
            case DEFAULTS ->
                new Setting(
                        Objective.conversion("purchase", window),
                        Limits.defaults(2, false),
                        Drift.DEFAULT,
                        Optional.empty());
        };
    }
}
