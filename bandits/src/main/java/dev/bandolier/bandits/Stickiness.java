package dev.bandolier.bandits;

/// Whether a unit keeps its arm.
public enum Stickiness {
    /// The first decision of a unit stands: one unit, one trial.
    UNIT,
    /// Every request draws again: the trial is the decision.
    NONE
}
