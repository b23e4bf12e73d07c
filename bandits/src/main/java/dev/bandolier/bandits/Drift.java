package dev.bandolier.bandits;

import java.time.Duration;
import java.util.Optional;

/// How an experiment allows for change over time.
///
/// @param epochs   whether shocks that all arms share (a weekend, a sale) are estimated and divided out: without, an arm
///                 that got most of its traffic on a good day looks good (`methods.md` 4)
/// @param halfLife time after which an exposure and what it earned weigh half; none: nothing is forgotten
///                 (`methods.md` 5)
public record Drift(boolean epochs, Optional<Duration> halfLife) {

    /// Epochs, and nothing forgotten: right for every experiment that ends.
    public static final Drift DEFAULT = new Drift(true, Optional.empty());

    /// Refuses a half-life that is not positive.
    public Drift {
        halfLife.filter(time -> !time.isPositive()).ifPresent(time -> {
            throw new IllegalArgumentException("half-life " + time + " is not positive");
        });
    }
}
