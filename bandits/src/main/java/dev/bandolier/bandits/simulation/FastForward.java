package dev.bandolier.bandits.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that starts in the past, runs fast, and arrives at the present, from where on it is the real one.
///
/// How far it is behind falls evenly for three quarters of the race, and then ever more slowly, as a train comes into a
/// station: so its pace has no jumps, and the last minutes of the past are lived through hardly faster than real ones.
/// It never runs slower than the real clock, so it goes back only if that does. Two of these with the same numbers, over
/// the same real clock, say the same.
///
/// Safe for use by several threads.
public final class FastForward implements InstantSource {

    /// Part of the race in which the pace falls to that of the real clock.
    private static final double LANDING = 0.25;

    private static final double NANOS_PER_SECOND = 1e9;

    private final InstantSource real;
    private final double pastNanos;
    private final double raceNanos;
    private volatile Instant begins = Instant.MAX;

    /// A clock that waits in the past, at the pace of the real one, until it is told when the race begins.
    ///
    /// @param real    what it arrives at
    /// @param past    how far it is behind at first; zero makes it the real clock
    /// @param race    how long it takes to catch up, in real time; above zero if `past` is
    /// @throws IllegalArgumentException if one of them is negative, or nothing is to take no time
    public FastForward(InstantSource real, Duration past, Duration race) {
        if (past.isNegative() || race.isNegative() || (past.isPositive() && !race.isPositive())) {
            throw new IllegalArgumentException(past + " cannot be lived through in " + race);
        }
        this.real = real;
        this.pastNanos = past.toSeconds() * NANOS_PER_SECOND;
        this.raceNanos = race.toNanos();
    }

    /// Lets the race begin at this real time, once and for all.
    ///
    /// @return this clock
    /// @throws IllegalStateException if it was told before: it might have to go back
    public FastForward begin(Instant at) {
        if (!begins.equals(Instant.MAX)) {
            throw new IllegalStateException("the race was to begin at " + begins + " already");
        }
        begins = at;
        return this;
    }

    /// What time it is in the past that is lived through; the real time once that is over.
    @Override
    public Instant instant() {
        Instant now = real.instant();
        return now.minusNanos(Math.round(behindNanos(leftNanos(now))));
    }

    /// How far it is behind the real clock; zero once it has arrived.
    public Duration behind() {
        return Duration.ofNanos(Math.round(behindNanos(leftNanos(real.instant()))));
    }

    /// How fast it catches up now, as a share of its top speed: 1 for most of the race, 0 before and after.
    public double haste() {
        double left = leftNanos(real.instant());
        return left >= raceNanos ? 0 : Math.min(1, left / (LANDING * raceNanos));
    }

    /// How much of the race is left.
    private double leftNanos(Instant now) {
        if (pastNanos == 0) {
            return 0;
        }
        if (now.isBefore(begins)) {
            return raceNanos;
        }
        Duration run = Duration.between(begins, now);
        return run.toNanos() >= raceNanos ? 0 : raceNanos - run.toNanos();
    }

    /// The integral of the haste that is still to come, times the top speed: of the landing it is a triangle.
    private double behindNanos(double leftNanos) {
        if (leftNanos == 0) {
            return 0;
        }
        double landing = LANDING * raceNanos;
        double top = pastNanos / (raceNanos - landing / 2);
        return leftNanos >= landing ? top * (leftNanos - landing / 2) : top * leftNanos * leftNanos / (2 * landing);
    }
}
