package dev.bandolier.bandits;

import java.time.Instant;

/// One unit's arm in one experiment, with everything that is needed to learn from it.
///
/// @param experiment number of the experiment
/// @param unit       key of the unit
/// @param occasion   0 for the decision that stands; 1 to [Definition#ARMS_MAX] for a unit drawn again because its arm
/// was
///                   paused; larger for a draw per request
/// @param arm        key of the arm
/// @param propensity probability with which this arm was drawn, given that the unit is (or is not) held out; positive
/// @param version    snapshot version that it was drawn from
/// @param segment    declared segment of the unit, or the empty text
/// @param holdout    whether the unit is held out, and so got control
/// @param at         when, to the millisecond
public record Decision(
        long experiment,
        UnitKey unit,
        long occasion,
        String arm,
        double propensity,
        long version,
        String segment,
        boolean holdout,
        Instant at) {

    /// The occasion of a decision that stands for its unit.
    public static final long STANDING = 0;

    /// The first occasion that a draw per request may use; what lies below belongs to units that keep their arm.
    public static final long REQUESTS_FROM = 1L << 32;

    /// Refuses a propensity outside (0, 1].
    public Decision {
        if (!(propensity > 0 && propensity <= 1)) {
            throw new IllegalArgumentException("propensity " + propensity + " is not in (0, 1]");
        }
    }

    /// Whether the unit was drawn again after its arm was paused: such a decision is served and kept, but nothing is
    /// learned
    /// from it, because the unit has seen another arm before (`methods.md` 4).
    public boolean switched() {
        return occasion > STANDING && key().ofUnit();
    }

    /// What makes it one decision and no other.
    public Key key() {
        return new Key(experiment, unit, occasion);
    }

    /// What makes a decision one and no other.
    ///
    /// @param experiment number of the experiment
    /// @param unit       key of the unit
    /// @param occasion   see [Decision#occasion]
    public record Key(long experiment, UnitKey unit, long occasion) {

        /// Whether it is a decision of the unit, which finds it again by name, and not of one request.
        public boolean ofUnit() {
            return occasion < REQUESTS_FROM;
        }
    }
}
