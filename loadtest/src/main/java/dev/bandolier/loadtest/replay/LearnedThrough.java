package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.LiveEvent;
import java.time.Duration;
import java.time.Instant;

/// How far the server has learned, by its live feed. Told by the event loop, waited for by the thread that replays.
///
/// A server may tell the arrival of the latest conversion that it has learned from, and say nothing more until
/// another one comes. So a click is waited for from the moment it was sent, not from its 202: nothing else is sent in
/// between, so the first `through` that is not before that moment is the click's own arrival or later. Server and
/// client must share a clock.
final class LearnedThrough {

    private Instant reached = Instant.MIN;

    /// Takes what the feed tells.
    void heard(LiveEvent event) {
        switch (event) {
            case LiveEvent.Learned(Instant through) -> advance(through);
            case LiveEvent.Published _, LiveEvent.Stood _ -> {
                // Say what is served and believed, not how far it has learned.
            }
        }
    }

    private synchronized void advance(Instant to) {
        reached = to.isAfter(reached) ? to : reached;
        notifyAll();
    }

    /// Waits until something received at this moment or later is learned from.
    ///
    /// @return false if that took longer than allowed
    synchronized boolean await(Instant moment, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        try {
            while (reached.isBefore(moment)) {
                long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return false;
                }
                wait(leftMillis);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
