package dev.bandolier.server.wire;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Those who ask for the same kind of long work: one has its turn, some wait for theirs in the order in which they came,
/// more are told to come back. So nobody of another kind waits for more than one of these.
///
/// Open to all threads; callers are virtual ones.
public final class Line {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final String what;
    private final int waitingMax;
    private final Semaphore places;
    private final ReentrantLock turn = new ReentrantLock(true);

    /// A line with nobody in it.
    ///
    /// @param what       what they ask for, in the plural
    /// @param waitingMax requests that may wait for their turn
    public Line(String what, int waitingMax) {
        this.what = what;
        this.waitingMax = waitingMax;
        this.places = new Semaphore(1 + waitingMax);
    }

    /// What the work comes to, when it is its turn.
    ///
    /// @throws Problem 503 if too many wait; and whatever the work throws
    public <T> T take(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return inTurn(work);
        } finally {
            places.release();
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private Problem busy() {
        return Problem.unavailable(waitingMax + " " + what + " are waiting for their turn; try again", RETRY_AFTER);
    }
}
