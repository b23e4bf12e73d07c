package dev.bandolier.bandits.simulation;

import java.util.function.IntSupplier;
import java.util.function.LongToDoubleFunction;
import java.util.random.RandomGenerator;

/// Epsilon-greedy as libraries have it, for comparison: every arm once, in order; from then on with probability
/// epsilon any arm, else the one with the highest plain average.
///
/// @param epsilon probability of a random arm for the unit of this number, counted from 1
/// @param ties    who wins among equal averages
public record AverageGreedy(LongToDoubleFunction epsilon, Ties ties) implements Player {

    /// Who wins among equal averages. At rates of a few per cent all arms are equal for many units, and it matters.
    public enum Ties {
        /// The arm that was named first: MABWiser.
        FIRST,
        /// Any of them, with equal probability.
        RANDOM
    }

    /// The same epsilon for ever.
    public static AverageGreedy fixed(double epsilon, Ties ties) {
        return new AverageGreedy(unit -> epsilon, ties);
    }

    /// `min(1, factor / t)` for the unit of number t [1].
    ///
    /// [1] P. Auer, N. Cesa-Bianchi, P. Fischer, Finite-time analysis of the multiarmed bandit problem, Machine Learning
    /// 47 (2002), figure 3.
    public static AverageGreedy harmonic(double factor) {
        return new AverageGreedy(unit -> Math.min(1, factor / unit), Ties.RANDOM);
    }

    @Override
    public IntSupplier turn(Standing standing, RandomGenerator random) {
        if (standing.played() < standing.arms()) {
            return () -> (int) standing.played();
        }
        double now = epsilon.applyAsDouble(standing.played() + 1);
        return () -> random.nextDouble() < now ? random.nextInt(standing.arms()) : leader(standing, random);
    }

    private int leader(Standing standing, RandomGenerator random) {
        int leader = 0;
        int equals = 1;
        for (int arm = 1; arm < standing.arms(); arm++) {
            int order = Double.compare(standing.average(arm), standing.average(leader));
            if (order > 0) {
                leader = arm;
                equals = 1;
            } else if (order == 0 && ties == Ties.RANDOM) {
                equals++;
                leader = random.nextInt(equals) == 0 ? arm : leader;
            }
        }
        return leader;
    }
}
