package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Snapshot;

/// What came of one run of an experiment in a shop.
///
/// @param regret    lost against always the best live arm, in what the objective counts
/// @param early     of that, lost within the first [Trial#EARLY] of the units
/// @param late      of that, lost in the second half
/// @param possible  what the best live arm would have earned throughout
/// @param bestShare share of a best arm in the last tenth
/// @param last      what was believed in the end
record Ending(double regret, double early, double late, double possible, double bestShare, Snapshot last) {

    /// The arm that is probably best in the end.
    String leader() {
        return last.arms().stream()
                .reduce((left, right) -> right.belief().best() > left.belief().best() ? right : left)
                .orElseThrow()
                .arm();
    }

    /// How probable it is in the end that this arm is the best.
    double best(String arm) {
        return last.arms().stream()
                .filter(each -> each.arm().equals(arm))
                .findFirst()
                .orElseThrow()
                .belief()
                .best();
    }

    /// This run in conversions, or whatever the objective counts.
    Trial trial(boolean misled) {
        return new Trial(regret, early, bestShare, misled);
    }

    /// This run in per cent of what was possible.
    Trial percent(boolean misled) {
        return new Trial(100 * regret / possible, 100 * early / possible, bestShare, misled);
    }
}
