package dev.bandolier.loadtest.regret;

import dev.bandolier.bandits.simulation.Contest;
import dev.bandolier.bandits.simulation.Entrant;
import dev.bandolier.bandits.simulation.Score;
import dev.bandolier.bandits.simulation.Trial;
import dev.bandolier.loadtest.Format;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/// Where contests take place: plays seeds on a bounded number of threads and tells how far it has come.
///
/// A trial depends on nothing but its entrant and its seed, so the scores are the same for any number of threads.
final class Arena implements AutoCloseable {

    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final ExecutorService pool;
    private final long[] seeds;
    private final PrintWriter out;

    /// One run and the time of a core that it took.
    private record Timed(Trial trial, long nanos) {}

    /// An arena for these seeds.
    Arena(int threads, long[] seeds, PrintWriter out) {
        this.pool = Executors.newFixedThreadPool(threads);
        this.seeds = seeds.clone();
        this.out = out;
    }

    /// All seeds of all entrants. Blocks.
    List<Line> run(Contest contest) {
        return contest.entrants().stream().map(entrant -> run(contest, entrant)).toList();
    }

    private Line run(Contest contest, Entrant entrant) {
        long start = System.nanoTime();
        List<Future<Timed>> runs = LongStream.of(seeds)
                .mapToObj(seed -> pool.submit(() -> timed(entrant, seed)))
                .toList();
        List<Trial> trials = new ArrayList<>(runs.size());
        long nanos = 0;
        long told = start;
        for (Future<Timed> run : runs) {
            Timed timed = await(run);
            trials.add(timed.trial());
            nanos += timed.nanos();
            long now = System.nanoTime();
            if (now - told >= TELL_EVERY.toNanos() || trials.size() == runs.size()) {
                told = now;
                tell(contest, entrant, trials.size(), now - start);
            }
        }
        return new Line(entrant, Score.of(trials), Duration.ofNanos(nanos));
    }

    private void tell(Contest contest, Entrant entrant, int played, long nanos) {
        out.printf(
                "%s %s: %s of %s seeds, %s%n",
                contest.name(),
                entrant.name(),
                Format.count(played),
                Format.count(seeds.length),
                Format.clock(Duration.ofNanos(nanos).toSeconds()));
        out.flush();
    }

    private static Timed timed(Entrant entrant, long seed) {
        long start = CPU.getCurrentThreadCpuTime();
        Trial trial = entrant.play().apply(seed);
        return new Timed(trial, CPU.getCurrentThreadCpuTime() - start);
    }

    private static Timed await(Future<Timed> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds were played", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a seed could not be played", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        pool.close();
    }
}
