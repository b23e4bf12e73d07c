package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Tally;
import java.util.Optional;
import java.util.OptionalInt;

/// A signed change of what one decision earned.
///
/// @param account   what of it changed
/// @param credit    the conversion that caused it
/// @param cell      where it counts: with the decision, however late it is
/// @param change    what it adds to the counters; negative for what is taken back
/// @param delayFrom delay bin in which the unit was counted as converted before, if it was
/// @param delayTo   delay bin in which it is counted as converted now, if it is
/// @param settling  how the conversion stands with it
public record Reward(
        Account account,
        Earnings.Credit credit,
        Counters.Cell cell,
        Tally change,
        OptionalInt delayFrom,
        OptionalInt delayTo,
        Settling settling) {

    /// What one decision earned of one metric; metrics are credited and taken back each for itself.
    ///
    /// @param decision the decision
    /// @param metric   absent: that of the objective, which is learned from. Else one that guardrails watch
    public record Account(Decision.Key decision, Optional<String> metric) {}

    /// How a conversion stands with an account: whether it is among its credits, and why it is not.
    ///
    /// @param number    how often this was settled before
    /// @param voided    whether it weighs nothing: it is capped or withdrawn, or it, or the order that it takes back, is
    ///                  under quarantine
    /// @param capped    whether its origin had too many that day: then it weighs nothing for good
    /// @param origin    who stands behind it, or behind the order that it takes back
    /// @param withdrawn whether a replay found that it does not belong here: then it weighs nothing until another finds
    ///                  that it does
    public record Settling(int number, boolean voided, boolean capped, Optional<OriginKey> origin, boolean withdrawn) {

        /// A conversion that counts, of an origin that nobody knows.
        public static final Settling FIRST = new Settling(0, false, false, Optional.empty());

        /// Refuses what is withdrawn and weighs something.
        public Settling {
            if (withdrawn && !voided) {
                throw new IllegalArgumentException("what is withdrawn weighs nothing");
            }
        }

        /// A conversion that belongs where it is.
        public Settling(int number, boolean voided, boolean capped, Optional<OriginKey> origin) {
            this(number, voided, capped, origin, false);
        }

        /// The same settled once more; what was withdrawn stays so.
        public Settling again(boolean nowVoided) {
            return new Settling(number + 1, nowVoided, capped, origin, withdrawn);
        }

        /// The same settled once more as what does not belong here.
        public Settling withdraw() {
            return new Settling(number + 1, true, capped, origin, true);
        }

        /// The same settled once more as what belongs here.
        public Settling restore(boolean nowVoided) {
            return new Settling(number + 1, nowVoided, capped, origin, false);
        }
    }
}
