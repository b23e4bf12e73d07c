package dev.bandolier.server.duty;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Turns that let others go first: each waits while there is a crowd, and begins when it is gone or the wait is up.
///
/// What waits here is done later and not less of it: as soon as there is no crowd, turn follows turn. A crowd that never
/// leaves gets a turn between two waits all the same.
///
/// Confined to the thread of its [Loop].
public final class Courteous implements Loop.Turn {

    /// How often it is looked for the crowd: a fraction of the time that a commit takes.
    private static final Duration LOOK = Duration.ofMillis(2);

    private final Loop.Turn turn;
    private final BooleanSupplier crowded;
    private final Duration most;

    /// These turns, courteously.
    ///
    /// @param crowded whether others have much to do at this moment
    /// @param most    the longest wait before a turn
    public Courteous(Loop.Turn turn, BooleanSupplier crowded, Duration most) {
        this.turn = turn;
        this.crowded = crowded;
        this.most = most;
    }

    @Override
    public int take() {
        long startedNanos = System.nanoTime();
        while (crowded.getAsBoolean() && System.nanoTime() - startedNanos < most.toNanos()) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        return turn.take();
    }
}
