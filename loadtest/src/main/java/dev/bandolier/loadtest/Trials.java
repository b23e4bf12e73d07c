package dev.bandolier.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// Plays runs on a bounded number of threads.
///
/// A run depends on nothing but what is played and its seed, so what comes out is the same for any number of threads.
public final class Trials implements AutoCloseable {

    private final ExecutorService pool;
    private final long[] seeds;

    /// So many runs of whatever is played, the same seeds for each.
    public Trials(int threads, int runs, long seed) {
        pool = Executors.newFixedThreadPool(threads);
        seeds = new SplittableRandom(seed).longs(runs).toArray();
    }

    /// What came of each seed. Blocks.
    ///
    /// @param run plays one seed
    public <T> List<T> play(LongFunction<T> run) {
        List<Future<T>> runs = LongStream.of(seeds)
                .mapToObj(seed -> pool.submit(() -> run.apply(seed)))
                .toList();
        List<T> outcomes = new ArrayList<>(runs.size());
        for (Future<T> each : runs) {
            outcomes.add(await(each));
        }
        return outcomes;
    }

    private static <T> T await(Future<T> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while runs were played", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run could not be played", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        pool.close();
    }
}
