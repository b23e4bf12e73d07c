package dev.bandolier.loadtest.guardrails;

import dev.bandolier.bandits.simulation.GuardedMoney;
import dev.bandolier.bandits.simulation.MoneyOutcome;
import dev.bandolier.bandits.simulation.MoneyRule;
import dev.bandolier.bandits.simulation.MoneyScore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// Plays runs on a bounded number of threads.
///
/// A run depends on nothing but its problem, rule and seed, so the scores are the same for any number of threads.
final class Trials implements AutoCloseable {

    private final ExecutorService pool;
    private final long[] seeds;

    /// So many runs of each rule, the same seeds for each.
    Trials(int threads, int runs, long seed) {
        pool = Executors.newFixedThreadPool(threads);
        seeds = new SplittableRandom(seed).longs(runs).toArray();
    }

    /// All runs of one rule. Blocks.
    MoneyScore score(GuardedMoney problem, MoneyRule rule) {
        List<Future<MoneyOutcome>> runs = LongStream.of(seeds)
                .mapToObj(seed -> pool.submit(() -> problem.play(rule, seed)))
                .toList();
        List<MoneyOutcome> outcomes = new ArrayList<>(runs.size());
        for (Future<MoneyOutcome> run : runs) {
            outcomes.add(await(run));
        }
        return MoneyScore.of(rule, outcomes);
    }

    private static MoneyOutcome await(Future<MoneyOutcome> run) {
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
