package dev.bandolier.loadtest.jmh;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Thompson;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The time of one allocation by Thompson sampling: the probability of each arm to be the best, by quadrature.
///
/// Rates of the arms lie evenly between 2 % and 4 %; every arm was seen equally often. Each call is timed by itself: the
/// median then hardly notices what else runs on the machine, and the tail shows it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Quadrature {

    private static final double LOWEST = 0.02;
    private static final double HIGHEST = 0.04;

    /// How many arms.
    @Param({"2", "10", "100"})
    public int arms;

    /// Units that each arm got so far; at 0 nothing but the prior is known, the same for all.
    @Param({"0", "100", "10000", "1000000"})
    public double exposures;

    private final Thompson thompson = new Thompson();
    private List<Contender> contenders;

    /// Made by JMH.
    public Quadrature() {}

    /// Lets the arms have been seen.
    @Setup
    public void see() {
        contenders = IntStream.range(0, arms).mapToObj(this::contender).toList();
    }

    /// One allocation.
    @Benchmark
    public Allocation allocate() {
        return thompson.allocate(contenders, (long) (arms * exposures));
    }

    private Contender contender(int arm) {
        double rate = LOWEST + (HIGHEST - LOWEST) * arm / (arms - 1);
        double conversions = Math.round(rate * exposures);
        BetaPosterior belief = BetaPosterior.unitSuccess(LOWEST).after(conversions, exposures);
        return new Contender("arm-" + arm, belief, exposures, conversions);
    }
}
