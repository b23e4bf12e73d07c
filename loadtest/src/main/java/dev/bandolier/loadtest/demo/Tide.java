package dev.bandolier.loadtest.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Day and night, weekday and weekend: how many visitors come, and how much they are in the mood to buy. By UTC.
final class Tide {

    private static final double HOURS_PER_DAY = 24;

    /// When most visitors come, in hours.
    private static final double PEAK_HOUR = 19;

    private static final double VISITS_SWING = 0.8;
    private static final double MOOD_SWING = 0.3;
    private static final double WEEKEND_VISITS = 1.25;
    private static final double WEEKEND_MOOD = 1.35;

    private Tide() {}

    /// What the mean number of visitors is multiplied by.
    static double visits(Instant at) {
        return (1 + VISITS_SWING * swing(at)) * (weekend(at) ? WEEKEND_VISITS : 1);
    }

    /// What every rate is multiplied by, that of each arm alike.
    static double mood(Instant at) {
        return (1 + MOOD_SWING * swing(at)) * (weekend(at) ? WEEKEND_MOOD : 1);
    }

    /// From -1 early in the morning to 1 in the evening.
    private static double swing(Instant at) {
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        double hours = time.getHour() + time.getMinute() / 60.0;
        return Math.cos(2 * Math.PI * (hours - PEAK_HOUR) / HOURS_PER_DAY);
    }

    private static boolean weekend(Instant at) {
        DayOfWeek day = at.atZone(ZoneOffset.UTC).getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
    }
}
