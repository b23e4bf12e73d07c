package dev.bandolier.loadtest.shoppers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// The thread that sleeps until each intended start time and then hands it on.
///
/// It owns the sleeping and nothing else: handing on must be cheap, since what follows is due already. Timers of the
/// event loop are too coarse for this (1 ms).
final class Pacer {

    private volatile boolean stopped;
    private volatile Thread sleeper;

    /// Hands on every start time of `arrivals` that falls within `length`, as a reading of [System#nanoTime()], when
    /// it has come. Blocks until the last one, or until stopped.
    ///
    /// @return whether it came to its end without being stopped
    boolean run(Arrivals arrivals, Duration length, LongConsumer due) {
        sleeper = Thread.currentThread();
        long start = System.nanoTime();
        long lengthNanos = length.toNanos();
        long next = arrivals.nextNanos();
        while (!stopped && next < lengthNanos) {
            sleepUntil(start, next);
            if (!stopped) {
                due.accept(start + next);
                next = arrivals.nextNanos();
            }
        }
        sleepUntil(start, lengthNanos);
        return !stopped;
    }

    /// Whether somebody asked to stop.
    boolean stopped() {
        return stopped;
    }

    /// Ends [#run] at once; from any thread.
    void stop() {
        stopped = true;
        LockSupport.unpark(sleeper);
    }

    private void sleepUntil(long start, long afterNanos) {
        long left = start + afterNanos - System.nanoTime();
        while (left > 0 && !stopped) {
            LockSupport.parkNanos(this, left);
            left = start + afterNanos - System.nanoTime();
        }
    }
}
