package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.simulation.Script.Hearing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// P9: some days are better than others for all arms, while shares move (`methods.md` 4). Three arms of which one is
/// better, 28 days of 3,000 visitors, base rate 3 %, a look every midnight, floor 2 %; conversions are heard of at once.
///
/// @param name   short: `P9.1`
/// @param season how the days differ, in a few words
/// @param days   how the days differ
/// @param lift   by how much the third arm is better
record SeasonProblem(String name, String season, Season days, double lift) {

    /// Visitors who come.
    static final int UNITS = 84_000;

    private static final int DAYS = 28;
    private static final int PER_DAY = UNITS / DAYS;
    private static final double BASE = 0.03;
    private static final Limits FLOOR = new Limits(0.02, 1, 0, 1, 0);

    /// First day of the sale: the table does not name it, and raw counts depend on it most.
    private static final int SALE = 10;

    /// Weekdays and weekend, 2.25 times apart: the table names no more than that.
    private static final double WEEKDAY = 0.8;

    private static final double WEEKEND = 1.8;

    /// All seasons with both lifts.
    static List<SeasonProblem> all() {
        List<SeasonProblem> all = new ArrayList<>();
        add(all, "all days alike", Season.flat());
        add(all, "weekends x 2.25", Season.weekend(WEEKDAY, WEEKEND));
        add(all, "a sale of four days x 3", Season.sale(SALE, 4, 3));
        add(all, "falling from x 2.5 to x 0.5", Season.sliding(2.5, 0.5, DAYS));
        return all;
    }

    private static void add(List<SeasonProblem> all, String season, Season days) {
        for (double lift : new double[] {0.1, 0.2}) {
            all.add(new SeasonProblem("P9." + (all.size() + 1), season, days, lift));
        }
    }

    /// Season and lift.
    String title() {
        return String.format(Locale.ROOT, "%s, the best arm %+.0f %%", season, 100 * lift);
    }

    /// The run of one seed.
    ///
    /// @param epochs whether days are told apart; raw counts otherwise
    Ending play(boolean epochs, long seed) {
        Rates rates = Rates.constant(BASE, BASE, BASE * (1 + lift)).in(days);
        Setting setting = Setting.conversions(BASE).with(FLOOR).with(new Drift(epochs, Optional.empty()));
        return Performance.of(
                Shop.of(UNITS, Duration.ofDays(1).dividedBy(PER_DAY), rates, Duration.ZERO),
                Script.of(setting.experiment(3), PER_DAY, Hearing.CONFIGURED),
                seed);
    }

    /// Whether a run ended with a belief in another arm than the best.
    static boolean misled(Ending ending) {
        return !ending.leader().equals("c");
    }
}
