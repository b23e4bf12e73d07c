package dev.bandolier.bandits.simulation;

/// One estimate of a report whose interval is held against the truth.
public enum Claim {
    /// What the second arm earns: the plain mean of its units.
    OBSERVED,
    /// The same with uniform weights ([dev.bandolier.bandits.evaluation.Aipw#value]).
    VALUE,
    /// The same, weighted by the square root of the probability.
    WEIGHTED,
    /// How much more the third arm earns than control: the difference of plain means.
    OBSERVED_DIFFERENCE,
    /// The same with uniform weights ([dev.bandolier.bandits.evaluation.Aipw#difference]).
    DIFFERENCE,
    /// The same relative to control: the ratio of plain means.
    OBSERVED_LIFT,
    /// The same with uniform weights.
    LIFT,
    /// The same with weights that stabilise the variance.
    STABILISED_LIFT,
    /// How much more was earned per unit than an even split would have.
    AGAINST_UNIFORM,
    /// How much more was earned per unit than control would have.
    AGAINST_CONTROL
}
