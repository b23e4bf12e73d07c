package dev.bandolier.bandits.simulation;

import java.time.Duration;

/// How good a time is for all arms: what their rates are multiplied by.
@FunctionalInterface
interface Season {

    /// What rates are multiplied by, positive.
    ///
    /// @param since time since the start, which is a Monday at midnight
    double factor(Duration since);

    /// Always the same.
    static Season flat() {
        return since -> 1;
    }

    /// Saturdays and Sundays differ from weekdays.
    static Season weekend(double weekday, double weekend) {
        return since -> since.toDays() % 7 >= 5 ? weekend : weekday;
    }

    /// Some days are better.
    ///
    /// @param first number of the first of them, counted from 0
    static Season sale(int first, int days, double factor) {
        return since -> since.toDays() >= first && since.toDays() < first + days ? factor : 1;
    }

    /// From one factor to another one, day by day.
    static Season sliding(double from, double to, int days) {
        return since -> from + (to - from) * since.toDays() / (days - 1);
    }
}
