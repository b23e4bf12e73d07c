package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.evaluation.Estimate;

/// What was estimated in a run, and what is true.
///
/// @param estimate with its interval
/// @param truth    what it should be
/// @param scale    what its distance from the truth is to be seen against: 1 for a ratio, else what a unit earns
public record Claimed(Estimate estimate, double truth, double scale) {

    /// Whether the interval holds the truth.
    public boolean covers() {
        return estimate.lower() <= truth && truth <= estimate.upper();
    }

    double distance() {
        return (estimate.value() - truth) / scale;
    }

    /// Distance from the truth in standard errors.
    double errors() {
        return (estimate.value() - truth) / estimate.error();
    }

    double halfWidth() {
        return (estimate.upper() - estimate.lower()) / 2 / scale;
    }
}
