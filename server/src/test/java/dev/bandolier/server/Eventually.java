package dev.bandolier.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for what a server does by itself, in its own time.
final class Eventually {

    private static final Duration POLL = Duration.ofMillis(50);

    private Eventually() {}

    /// Returns as soon as the condition holds.
    ///
    /// @param what says what was waited for, if it does not hold in time
    static void holds(String what, Duration atMost, BooleanSupplier condition) {
        long until = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("not within " + atMost + ": " + what);
            }
            pause(POLL);
        }
    }

    /// Lets time pass.
    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
