package dev.bandolier.bandits;

import java.util.List;

/// How beliefs become shares: a rule that gives each arm the probability of being served, before floors and guardrails.
///
/// A policy draws nothing and remembers nothing, and the order of the contenders does not matter to it.
public sealed interface Policy
        permits Thompson, TopTwo, EpsilonGreedy, Softmax, BayesUcb, KlUcb, Ucb1, FixedSplit, Uniform {

    /// The share of each contender, in their order.
    ///
    /// @param contenders one per live arm, at least one
    /// @param exposures  units exposed so far over all these arms, not negative
    /// @throws IllegalArgumentException if there is no contender
    Allocation allocate(List<Contender> contenders, long exposures);
}
