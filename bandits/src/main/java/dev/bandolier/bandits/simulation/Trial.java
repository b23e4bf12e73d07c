package dev.bandolier.bandits.simulation;

/// What came of one seed: one run of one player through one problem.
///
/// Losses are counted in expectation (pseudo-regret): what each unit loses on average where it was sent, not what it
/// happened to earn.
///
/// @param regret    lost over the whole horizon
/// @param early     of that, lost within the first [#EARLY] of the horizon
/// @param bestShare share of a best arm in the last tenth of the horizon, in [0, 1]
/// @param misled    whether another arm than a best one got most of that last tenth
public record Trial(double regret, double early, double bestShare, boolean misled) {

    /// The part of the horizon whose loss is also told apart, to see how regret grows with the logarithm of time.
    public static final double EARLY = 0.3;
}
