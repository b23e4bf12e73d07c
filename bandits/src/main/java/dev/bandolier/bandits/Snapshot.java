package dev.bandolier.bandits;

import java.time.Instant;
import java.util.List;

/// What the learner publishes: beliefs, allocation, and how far it has learned.
///
/// @param experiment number of the experiment
/// @param version    counts snapshots of this experiment, from 1
/// @param at         when it was made
/// @param revision   revision of the experiment that it was made for
/// @param cause      why a new one was made
/// @param arms       one entry per arm, in the order of the definition
public record Snapshot(long experiment, long version, Instant at, long revision, Cause cause, List<ArmView> arms) {

    /// Why a snapshot was made.
    public enum Cause {
        /// The experiment was started: beliefs are the prior, shares those of the policy under it.
        STARTED,
        /// The allocation moved enough to matter.
        MOVED,
        /// The definition changed: an arm was paused, added or retired, or a setting was changed.
        REDEFINED
    }

    /// One arm at the time of a snapshot.
    ///
    /// @param arm         key of the arm
    /// @param share       probability with which new units are sent to it
    /// @param exposures   units that were sent to it, the holdout left out
    /// @param conversions units of these that converted
    /// @param posterior   what we believe it earns
    public record ArmView(String arm, double share, long exposures, long conversions, Posterior posterior) {

        /// This arm with another share.
        ArmView with(double other) {
            return new ArmView(arm, other, exposures, conversions, posterior);
        }
    }

    /// Keeps its own copy.
    public Snapshot {
        arms = List.copyOf(arms);
    }

    /// The shares of all arms, in the order of the definition.
    public Allocation allocation() {
        return Allocation.of(arms.stream().mapToDouble(ArmView::share).toArray());
    }
}
