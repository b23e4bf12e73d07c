package dev.bandolier.bandits;

import java.util.List;

/// Epsilon-greedy: the arms with the highest mean share `1 - epsilon` equally, all arms share `epsilon` equally, where
/// `epsilon = max(least, start / (1 + exposures / halving))` (`methods.md` 3.3).
///
/// @param start   epsilon at the first exposure, in [0, 1]
/// @param least   epsilon never falls below this, in [0, start]
/// @param halving exposures after which epsilon has halved, positive; infinity for an epsilon that stays
public record EpsilonGreedy(double start, double least, double halving) implements Policy {

    /// Conversions per arm that are expected by the time when a decaying epsilon has halved.
    private static final double CONVERSIONS_PER_ARM = 50;

    /// Refuses an epsilon out of range and a halving that is not positive.
    public EpsilonGreedy {
        if (!(start >= 0 && start <= 1)) {
            throw new IllegalArgumentException("epsilon " + start + " is not between 0 and 1");
        }
        if (!(least >= 0 && least <= start)) {
            throw new IllegalArgumentException("least epsilon " + least + " is not between 0 and the first, " + start);
        }
        if (!(halving > 0)) {
            throw new IllegalArgumentException("halving " + halving + " is not a positive number of exposures");
        }
    }

    /// The same epsilon for ever.
    public static EpsilonGreedy fixed(double epsilon) {
        return new EpsilonGreedy(epsilon, epsilon, Double.POSITIVE_INFINITY);
    }

    /// An epsilon that falls from `start` to `least`, by half within the first `halving` exposures.
    public static EpsilonGreedy decaying(double start, double least, double halving) {
        return new EpsilonGreedy(start, least, halving);
    }

    /// An epsilon that falls from 1 to 0.02 at the pace that suits so many arms and this baseline rate, in (0, 1]: it
    /// has halved when every arm could have 50 conversions (`methods.md` 3.3).
    public static EpsilonGreedy decayingFor(int arms, double baseline) {
        return decaying(1, 0.02, CONVERSIONS_PER_ARM * arms / baseline);
    }

    /// Epsilon after so many exposures.
    ///
    /// @throws IllegalArgumentException if their number is negative
    public double epsilon(long exposures) {
        if (exposures < 0) {
            throw new IllegalArgumentException("exposures " + exposures + " are negative");
        }
        return Math.max(least, start / (1 + exposures / halving));
    }

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        double epsilon = epsilon(exposures);
        double[] shares = Allocation.highest(contenders.stream()
                        .mapToDouble(each -> each.posterior().mean())
                        .toArray())
                .probabilities();
        for (int i = 0; i < shares.length; i++) {
            shares[i] = epsilon / shares.length + (1 - epsilon) * shares[i];
        }
        return Allocation.of(shares);
    }
}
