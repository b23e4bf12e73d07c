package dev.bandolier.bandits.learning;

import java.time.Duration;
import java.util.Optional;

/// How much of what was seen some time ago still counts: `2^(-age/H)` (`methods.md` 5).
///
/// The age is that of the exposure, for what it earned too: if successes aged by the time of the conversion and
/// exposures by their own, a delay would raise the rate by 2^(delay/H). Arms without traffic forget as fast as others.
///
/// @param halfLife time after which an exposure counts half, positive; empty: nothing is ever forgotten
public record Decay(Optional<Duration> halfLife) {

    /// Nothing is ever forgotten: a test of fixed length.
    public static final Decay NONE = new Decay(Optional.empty());

    /// Refuses a half-life that is not positive.
    public Decay {
        halfLife.filter(duration -> !duration.isPositive()).ifPresent(duration -> {
            throw new IllegalArgumentException("half-life " + duration + " is not positive");
        });
    }

    /// Half of it is forgotten in this time.
    public static Decay of(Duration halfLife) {
        return new Decay(Optional.of(halfLife));
    }

    /// What an exposure of this age counts, in (0, 1]; 1 if it lies ahead, because clocks differ.
    ///
    /// @param ageSeconds time since the exposure
    public double weight(double ageSeconds) {
        return halfLife.map(duration -> Math.exp(-Math.log(2) * Math.max(ageSeconds, 0) / seconds(duration)))
                .orElse(1.0);
    }

    /// Exposures that are remembered in the long run, if so many come per second: `rate H / ln 2`; without a half-life,
    /// infinitely many.
    public double remembered(double perSecond) {
        return halfLife.map(duration -> perSecond * seconds(duration) / Math.log(2))
                .orElse(perSecond > 0 ? Double.POSITIVE_INFINITY : 0);
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() * 1e-9;
    }
}
