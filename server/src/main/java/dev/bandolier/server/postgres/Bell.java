package dev.bandolier.server.postgres;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bodiless hint, inside this process, that a log has grown.
///
/// A ring says nothing but "look": it may come once for many rows, twice for one, or not at all, so whoever is woken by
/// it reads the log from its own cursor and also looks from time to time without it. Rings that nobody has waited for
/// coalesce into one.
///
/// A bell has any number of listeners and **one waiter**: [#await] uses up the ring, so two waiters on one bell would
/// take it from each other. Who needs its own waits on its own bell: `shared.onRing(own::ring)`.
///
/// Safe for use by all threads.
public final class Bell {

    private static final System.Logger LOG = System.getLogger(Bell.class.getName());

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rings = lock.newCondition();
    private boolean rung;

    /// Calls every listener, in the order in which they came and on this thread, and wakes the waiter, now or when it
    /// next waits. A listener that throws is logged; the others are called all the same.
    public void ring() {
        lock.lock();
        try {
            rung = true;
            rings.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Bell::call);
    }

    /// Has a short, non-blocking action called at every ring from now on, on the thread that rings.
    public void onRing(Runnable listener) {
        listeners.add(listener);
    }

    /// Waits for a ring, or takes one that came since the last call. Meant for a virtual thread; never for an event
    /// loop.
    ///
    /// @return whether it rang, false if the time was up
    /// @throws InterruptedException if the thread is interrupted, which is how a duty is told to end
    public boolean await(Duration atMost) throws InterruptedException {
        long leftNanos = TimeUnit.NANOSECONDS.convert(atMost);
        lock.lockInterruptibly();
        try {
            while (!rung && leftNanos > 0) {
                leftNanos = rings.awaitNanos(leftNanos);
            }
            boolean heard = rung;
            rung = false;
            return heard;
        } finally {
            lock.unlock();
        }
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, "A listener of a bell failed; it will be called at the next ring", broken);
        }
    }
}
