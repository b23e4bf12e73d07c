package dev.bandolier.bandits;

import java.util.List;

/// How beliefs become shares: a rule that gives each arm the probability of being served, before floors and guardrails.
///
/// A policy draws nothing and remembers nothing.
public sealed interface Policy permits Policy.Thompson, Policy.EpsilonGreedy, Policy.Uniform {

    /// The share of each arm.
    ///
    /// @param posteriors one per live arm, at least one
    /// @param exposures  units exposed so far over all these arms
    Allocation allocate(List<? extends Posterior> posteriors, long exposures);

    /// Thompson sampling: each arm with the probability that it is the best.
    record Thompson() implements Policy {
        @Override
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            throw new UnsupportedOperationException("quadrature");
        }
    }

    /// Epsilon-greedy: the arms with the highest mean share `1 - epsilon`, all arms share `epsilon`.
    ///
    /// @param start   epsilon at the first exposure, in [0, 1]
    /// @param least   epsilon never falls below this, in [0, start]
    /// @param halving exposures after which epsilon has halved, positive; infinity for an epsilon that stays
    record EpsilonGreedy(double start, double least, double halving) implements Policy {
        @Override
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            throw new UnsupportedOperationException("greedy");
        }
    }

    /// The same share for every arm: a plain A/B test.
    record Uniform() implements Policy {
        @Override
        public Allocation allocate(List<? extends Posterior> posteriors, long exposures) {
            return Allocation.uniform(posteriors.size());
        }
    }
}
