package dev.bandolier.server.duty;

import dev.bandolier.server.postgres.Bell;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// A virtual thread that does one thing again and again: turn after turn while there is work, then rest until a bell
/// rings or
/// the tick is up.
///
/// Its thread is the only one that runs the turn. What a turn throws ends the turn, not the loop.
public final class Loop implements AutoCloseable {

    /// One bounded piece of work.
    @FunctionalInterface
    public interface Turn {
        /// Does it; returns how much was done, 0 if there was nothing to do.
        int take();
    }

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /// Rest after a failed turn: storage is away more often than not, and comes back in seconds.
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    /// How long a loop that is told to end may take for its last turn.
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final String name;
    private final Bell bell;
    private final Duration pace;
    private final Duration tick;
    private final Turn turn;
    private final Thread thread;
    private volatile boolean running = true;
    private boolean failing;

    /// Starts a loop.
    ///
    /// @param name for the log
    /// @param bell wakes it; the loop is its only waiter
    /// @param pace shortest time from one turn to the next
    /// @param tick longest rest
    /// @param turn what is done
    public Loop(String name, Bell bell, Duration pace, Duration tick, Turn turn) {
        this.name = name;
        this.bell = bell;
        this.pace = pace;
        this.tick = tick;
        this.turn = turn;
        this.thread = Thread.ofVirtual().name(name).start(this::run);
    }

    /// Ends the loop after the turn it is in.
    @Override
    public void close() {
        running = false;
        bell.ring();
        try {
            if (!thread.join(END_MAX)) {
                LOG.log(Level.WARNING, "''{0}'' did not end within {1}", name, END_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            long startedNanos = System.nanoTime();
            int done = attempt();
            try {
                rest(done, startedNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                running = false;
            }
        }
    }

    private int attempt() {
        try {
            int done = turn.take();
            if (failing) {
                LOG.log(Level.INFO, "''{0}'' goes on", name);
                failing = false;
            }
            return done;
        } catch (Throwable e) {
            // Awaiting throws what a future failed with, also what is declared nowhere, such as a refused connection.
            // An
            // error ends the turn too, and not the loop: nothing else would do its work.
            if (!failing) {
                LOG.log(Level.WARNING, "'" + name + "' failed a turn and tries again until it works", e);
                failing = true;
            }
            return -1;
        }
    }

    private void rest(int done, long startedNanos) throws InterruptedException {
        if (done < 0) {
            Thread.sleep(AFTER_FAILURE);
        } else if (done == 0) {
            bell.await(tick);
        }
        long leftNanos = pace.toNanos() - (System.nanoTime() - startedNanos);
        if (running && leftNanos > 0) {
            Thread.sleep(Duration.ofNanos(leftNanos));
        }
    }
}
