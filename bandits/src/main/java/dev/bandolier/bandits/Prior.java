package dev.bandolier.bandits;

import java.util.Map;
import java.util.Optional;

/// What is believed of every arm before its first unit.
public sealed interface Prior {

    /// Worth one conversion at the baseline, whatever that is (`methods.md` 1.1): the coefficient of variation is
    /// about 1.
    record UnitSuccess() implements Prior {}

    /// Arms of one placement differ by little: belief centred on the baseline with this coefficient of variation
    /// between arms.
    ///
    /// @param cv spread of the true rates relative to their mean, in [0.1, 1]
    record Informative(double cv) implements Prior {

        /// The usual spread (`methods.md` 1.1).
        public static final double DEFAULT_CV = 0.3;

        /// Refuses a spread that claims to know more than any history does.
        public Informative {
            if (!(cv >= 0.1 && cv <= 1)) {
                throw new IllegalArgumentException("cv " + cv + " is not between 0.1 and 1");
            }
        }
    }

    /// What the same arms earned elsewhere, discounted: a power prior on top of the unit-success prior
    /// (`methods.md` 1.1). The counts are frozen here when the experiment is written down, so that what is believed
    /// stays a function of the definition and its own counters.
    ///
    /// @param arms         history by key of the arm; an arm without one starts from the unit-success prior
    /// @param discount     what an exposure of the history is worth, in [0, 1]
    /// @param exposuresMax the most exposures that the history of an arm counts for, positive
    /// @param from         key of the experiment that the counts were taken from, if they were
    record WarmStart(Map<String, History> arms, double discount, long exposuresMax, Optional<String> from)
            implements Prior {

        /// The usual discount.
        public static final double DEFAULT_DISCOUNT = 0.5;

        /// The usual most exposures.
        public static final long DEFAULT_EXPOSURES_MAX = 1_000;

        /// Refuses a discount and a number out of range; keeps its own copy.
        public WarmStart {
            arms = Map.copyOf(arms);
            if (!(discount >= 0 && discount <= 1)) {
                throw new IllegalArgumentException("discount " + discount + " is not between 0 and 1");
            }
            if (exposuresMax <= 0) {
                throw new IllegalArgumentException("exposuresMax " + exposuresMax + " is not positive");
            }
        }

        /// What an exposure of this history counts for.
        public double weight(History history) {
            return PowerPrior.weight((double) history.exposures(), discount, (double) exposuresMax);
        }
    }

    /// What one arm earned elsewhere.
    ///
    /// @param exposures   units exposed, positive
    /// @param conversions units that converted, at most as many
    /// @param orders      conversions, repeats of a unit included, at least as many as units that converted
    /// @param value       their net value in minor units, winsorised, not negative
    record History(long exposures, long conversions, long orders, long value) {

        /// Refuses counts that cannot be.
        public History {
            if (exposures <= 0 || conversions < 0 || conversions > exposures || orders < conversions || value < 0) {
                throw new IllegalArgumentException("a history of " + exposures + " exposures, " + conversions
                        + " conversions, " + orders + " orders and the value " + value);
            }
        }
    }
}
