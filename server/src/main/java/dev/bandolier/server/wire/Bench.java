package dev.bandolier.server.wire;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/// Where is computed what takes a processor for long, whatever it is: one thing at a time, in the order of asking.
///
/// It is a thread of its own, because virtual threads share theirs with everything else that waits for the database: two
/// such computations on a machine of two processors would stop conversions and learning for as long as they take. Who
/// asks bounds how many wait, with a [Line].
public final class Bench implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("bench").daemon().factory());

    /// A bench with nobody at it.
    public Bench() {}

    /// What the work comes to; returns when it is done.
    ///
    /// @throws Problem 503 if the bench is closed or the caller is interrupted; and whatever the work throws
    public <T> T compute(Callable<T> work) {
        Future<T> coming = submitted(work);
        try {
            return coming.get();
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw closing();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private <T> Future<T> submitted(Callable<T> work) {
        try {
            return thread.submit(work);
        } catch (RejectedExecutionException e) {
            throw closing();
        }
    }

    private static Problem closing() {
        return Problem.unavailable("the server is closing; try again", RETRY_AFTER);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
