package dev.bandolier.server.receive;

import dev.bandolier.server.wire.Problems;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// How long somebody waits for what may never come: a database behind a network that swallows everything says nothing
/// for a minute, and senders give up after five seconds.
///
/// What is given up goes on, on a virtual thread of its own, until it fails by itself; so there is a limit to how many do.
///
/// @param atMost how long
/// @param places how many may be at it
record Patience(Duration atMost, Semaphore places) {

    /// Patience of this length, with so many at a time.
    static Patience of(Duration atMost, int places) {
        return new Patience(atMost, new Semaphore(places));
    }

    /// What the supplier gives, in time.
    ///
    /// @throws Problem 503 if it does not come in time; else what the supplier throws, wrapped
    <T> T await(Supplier<T> supplier) {
        if (!places.tryAcquire()) {
            throw Problems.storageAway();
        }
        CompletableFuture<T> coming = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                coming.complete(supplier.get());
            } catch (Throwable e) {
                // Awaiting throws what a future failed with, also what is declared nowhere.
                coming.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        try {
            return coming.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Problems.storageAway();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.storageAway();
        }
    }
}
