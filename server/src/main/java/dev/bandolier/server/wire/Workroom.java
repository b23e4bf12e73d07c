package dev.bandolier.server.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Where work off the hot path runs as plain statements: a virtual thread per task, so that awaiting costs no event
/// loop.
///
/// Open to all threads; it owns nothing but the count of what is in it.
public final class Workroom implements AutoCloseable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;
    private final int tasksMax;

    /// A room for so many tasks at once; more are refused, because each holds a request in memory.
    public Workroom(int tasksMax) {
        this.tasksMax = tasksMax;
        this.places = new Semaphore(tasksMax);
    }

    /// Does the work here; the future completes on the caller's context.
    ///
    /// @return fails with what the work throws, or with [Problem] 503 if the room is full
    public <T> Future<T> run(Callable<T> work) {
        if (!places.tryAcquire()) {
            return Future.failedFuture(
                    Problem.unavailable(tasksMax + " requests are being worked on; try again", RETRY_AFTER));
        }
        CompletableFuture<T> task = CompletableFuture.supplyAsync(() -> call(work), threads);
        return Future.fromCompletionStage(task, Vertx.currentContext())
                .onComplete(done -> places.release())
                .recover(failure -> Future.failedFuture(unwrapped(failure)));
    }

    /// The platform wraps what a task throws; callers want what it threw.
    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    }

    @Override
    public void close() {
        threads.close();
    }

    private static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // Awaiting throws what a future failed with, also what is declared nowhere, such as a refused connection.
            throw new CompletionException(e);
        }
    }
}
