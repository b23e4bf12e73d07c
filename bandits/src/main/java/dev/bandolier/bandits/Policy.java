package dev.bandolier.bandits;

import dev.bandolier.bandits.numeric.BestArm;
import dev.bandolier.bandits.numeric.Density;
import dev.bandolier.bandits.numeric.LogitBeta;
import java.util.Arrays;
import java.util.List;

/// How beliefs become shares: a rule that gives each arm the probability of being served, before floors and guardrails.
///
/// A policy draws nothing and remembers nothing.
public sealed interface Policy permits Policy.Thompson, Policy.EpsilonGreedy, Policy.Uniform {

    /// The share of each arm.
    ///
    /// @param posteriors one per live arm, at least one
    /// @param exposures  units exposed so far over all these arms, not negative
    /// @throws IllegalArgumentException if there is no posterior
    Allocation allocate(List<? extends Posterior> posteriors, long exposures);

    /// Thompson sampling: each arm with the probability that it is the best, by quadrature (`methods.md` 3.1).
    ///
    /// Drawing from every posterior for every unit has the same law, but leaves no exact propensity.
    record Thompson() implements Policy {

        @Override
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            Policy.refuseNone(posteriors);
            List<Density> densities = posteriors.stream().map(Thompson::density).toList();
            return Allocation.proportional(BestArm.probabilities(densities));
        }

        /// All arms on one scale: the log-odds of a rate.
        private static Density density(Posterior posterior) {
            return switch (posterior) {
                case BetaPosterior(double alpha, double beta) -> new LogitBeta(alpha, beta);
            };
        }
    }

    /// Epsilon-greedy: the arms with the highest mean share `1 - epsilon` equally, all arms share `epsilon` equally,
    /// where `epsilon = max(least, start / (1 + exposures / halving))` (`methods.md` 3.3).
    ///
    /// @param start   epsilon at the first exposure, in [0, 1]
    /// @param least   epsilon never falls below this, in [0, start]
    /// @param halving exposures after which epsilon has halved, positive; infinity for an epsilon that stays
    record EpsilonGreedy(double start, double least, double halving) implements Policy {

        /// Refuses an epsilon out of range and a halving that is not positive.
        public EpsilonGreedy {
            if (!(start >= 0 && start <= 1)) {
                throw new IllegalArgumentException("epsilon " + start + " is not between 0 and 1");
            }
            if (!(least >= 0 && least <= start)) {
                throw new IllegalArgumentException(
                        "least epsilon " + least + " is not between 0 and the first, " + start);
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
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            Policy.refuseNone(posteriors);
            double[] means = posteriors.stream().mapToDouble(Posterior::mean).toArray();
            double highest = Arrays.stream(means).max().orElseThrow();
            long leaders = Arrays.stream(means).filter(mean -> mean == highest).count();
            double epsilon = epsilon(exposures);
            double[] shares = new double[means.length];
            for (int i = 0; i < means.length; i++) {
                shares[i] = epsilon / means.length + (means[i] == highest ? (1 - epsilon) / leaders : 0);
            }
            return Allocation.of(shares);
        }
    }

    /// The same share for every arm: a plain A/B test.
    record Uniform() implements Policy {

        @Override
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            Policy.refuseNone(posteriors);
            return Allocation.uniform(posteriors.size());
        }
    }

    private static void refuseNone(List<? extends Posterior> posteriors) {
        if (posteriors.isEmpty()) {
            throw new IllegalArgumentException("an allocation over 0 arms; at least one is needed");
        }
    }
}
