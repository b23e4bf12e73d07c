package dev.bandolier.bandits.evaluation;

import java.util.List;

/// Units that were drawn with the same probabilities: those of one snapshot version and segment among the same eligible
/// arms.
///
/// @param arms one entry per arm, in the order of the definition
public record Stratum(List<Drawn> arms) {

    /// The units of one arm.
    ///
    /// @param propensity probability with which each unit of the stratum was to get this arm, in \[0, 1]
    /// @param guess      what the arm was believed to earn per unit when the probabilities were set, so without having
    ///                   seen these units
    /// @param earned     what the units that got it earned; none if the probability is 0
    public record Drawn(double propensity, double guess, Sums earned) {

        /// Refuses what is no probability, and units that could not be drawn.
        public Drawn {
            if (!(propensity >= 0 && propensity <= 1) || (propensity == 0 && earned.units() > 0)) {
                throw new IllegalArgumentException(
                        earned.units() + " units of an arm with the probability " + propensity);
            }
        }
    }

    /// Keeps its own copy.
    public Stratum {
        arms = List.copyOf(arms);
    }

    /// Units of all arms.
    public long units() {
        // A report asks this dozens of times, of each of 10,000 strata: as a stream it was a quarter of its
        // computation.
        long units = 0;
        for (Drawn arm : arms) {
            units += arm.earned().units();
        }
        return units;
    }
}
