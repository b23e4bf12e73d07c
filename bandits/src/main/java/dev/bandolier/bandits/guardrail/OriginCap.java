package dev.bandolier.bandits.guardrail;

import java.util.Map;
import java.util.TreeMap;

/// How many conversions of one origin count per day (`methods.md` 10.3): the owner's number, or what origins have been
/// seen to have, where that is more and there is enough of it.
public final class OriginCap {

    /// Days of single origins that a history takes to count: below, its upper thousandth is no single one of them.
    public static final long HISTORY_MIN = 1000;

    /// Share of the days of single origins that stay below the cap.
    public static final double QUANTILE = 0.999;

    private OriginCap() {}

    /// The cap.
    ///
    /// @param least   the owner's number
    /// @param history how many days of single origins there were of each number of conversions
    /// @return the greater of the owner's number and the least that 99.9 % of the history does not exceed
    /// @throws IllegalArgumentException if a number of days is negative
    public static long of(long least, Map<Long, Long> history) {
        long days = 0;
        for (long each : history.values()) {
            if (each < 0) {
                throw new IllegalArgumentException(each + " days of an origin");
            }
            days += each;
        }
        if (days < HISTORY_MIN) {
            return least;
        }
        double needed = QUANTILE * days;
        long below = 0;
        for (Map.Entry<Long, Long> each : new TreeMap<>(history).entrySet()) {
            below += each.getValue();
            if (below >= needed) {
                return Math.max(least, each.getKey());
            }
        }
        throw new IllegalStateException(below + " days of " + days);
    }
}
