package dev.bandolier.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Snapshots that keep being made, so many in a second, of one experiment after the other: in turns, as a learner makes
/// them.
///
/// A thread of its own, which ends when this is closed.
final class SnapshotStream implements AutoCloseable {

    /// The pace of a learner that has always something to do, by default.
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sql sql;
    private final List<Long> experiments;
    private final int perSecond;
    private final Thread thread;
    private final long startNanos = System.nanoTime();
    private volatile boolean open = true;
    private volatile Throwable failure;
    private long made;

    private SnapshotStream(Sql sql, List<Long> experiments, int perSecond) {
        this.sql = sql;
        this.experiments = experiments;
        this.perSecond = perSecond;
        this.thread = Thread.ofPlatform()
                .name("snapshots")
                .uncaughtExceptionHandler((_, thrown) -> failure = thrown)
                .start(this::run);
    }

    /// Begins.
    static SnapshotStream open(Sql sql, List<Long> experiments, int perSecond) {
        return new SnapshotStream(sql, experiments, perSecond);
    }

    private void run() {
        try (Connection connection = sql.connect()) {
            connection.setAutoCommit(false);
            for (long turn = 1; open; turn++) {
                long due = turn * TURN_NANOS;
                turn(connection, due * perSecond / SECOND_NANOS);
                LockSupport.parkNanos(due - (System.nanoTime() - startNanos));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("snapshots are no longer made", e);
        }
    }

    /// Makes as many as there should be by now. One that came too late is not made up for with a second of the same
    /// experiment.
    private void turn(Connection connection, long wanted) throws SQLException {
        List<Long> next = new ArrayList<>();
        while (made + next.size() < wanted && next.size() < experiments.size()) {
            next.add(experiments.get((int) ((made + next.size()) % experiments.size())));
        }
        if (!next.isEmpty()) {
            PlantedMonth.turn(connection, next);
            made += next.size();
        }
    }

    /// Ends it; returns how many were made in a second.
    double end() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while snapshots are made", e);
        }
        if (failure != null) {
            throw new IllegalStateException("snapshots are no longer made", failure);
        }
        return made * (double) SECOND_NANOS / (System.nanoTime() - startNanos);
    }

    @Override
    public void close() {
        open = false;
    }
}
