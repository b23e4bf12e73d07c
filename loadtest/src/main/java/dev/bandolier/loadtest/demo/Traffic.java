package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.FastForward;
import java.util.SplittableRandom;

/// How many come when: as many in each day of the past, more in the evening and at weekends, and then a trickle in real
/// time. A Poisson process in steps of a few milliseconds.
///
/// Confined to one event loop, but for [#checkoutPerSecond], which any thread may set.
final class Traffic {

    private static final double NANOS_PER_SECOND = 1e9;

    private final FastForward clock;
    private final Visitors visitors;
    private final Post post;
    private final double racePerSecond;
    private final double livePerSecond;
    private final SplittableRandom random;

    private volatile double checkoutPerSecond;
    private double browsers;
    private double payers;
    private long steppedNanos;

    /// @param racePerSecond visitors per real second while the past is lived through at full speed
    /// @param livePerSecond visitors per second afterwards
    Traffic(
            FastForward clock,
            Visitors visitors,
            Post post,
            double racePerSecond,
            double livePerSecond,
            SplittableRandom random) {
        this.clock = clock;
        this.visitors = visitors;
        this.post = post;
        this.racePerSecond = racePerSecond;
        this.livePerSecond = livePerSecond;
        this.random = random;
        this.browsers = random.nextExponential();
        this.payers = random.nextExponential();
    }

    /// Opens the doors at this [System#nanoTime()], before the first step.
    void begin(long nanos) {
        steppedNanos = nanos;
    }

    /// So many go to the checkout from now on.
    void checkoutPerSecond(double rate) {
        checkoutPerSecond = rate;
    }

    /// Lets come and buy who is due since the last step.
    void step(long nanos) {
        double seconds = (nanos - steppedNanos) / NANOS_PER_SECOND;
        steppedNanos = nanos;
        browsers -= seconds * perSecond();
        for (; browsers < 0; browsers += random.nextExponential()) {
            visitors.browse();
        }
        payers -= seconds * checkoutPerSecond;
        for (; payers < 0; payers += random.nextExponential()) {
            visitors.checkOut();
        }
        post.send();
    }

    private double perSecond() {
        if (clock.behind().isZero()) {
            return livePerSecond;
        }
        return Math.max(racePerSecond * clock.haste() * Tide.visits(clock.instant()), livePerSecond);
    }
}
