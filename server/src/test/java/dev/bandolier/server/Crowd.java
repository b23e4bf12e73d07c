package dev.bandolier.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Many callers at once.
final class Crowd {

    private Crowd() {}

    /// Does the work for each item, so many at a time; the results in the order of the items.
    static <T, R> List<R> each(int atOnce, List<T> items, Function<T, R> work) {
        try (ExecutorService callers = Executors.newFixedThreadPool(atOnce)) {
            List<Future<R>> begun = new ArrayList<>();
            for (T item : items) {
                begun.add(callers.submit(() -> work.apply(item)));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> each : begun) {
                results.add(each.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while callers work", e);
        } catch (ExecutionException e) {
            throw new AssertionError("a caller failed: " + e.getCause(), e);
        }
    }

    /// Names of units: the prefix and a number from 0.
    static List<String> units(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
