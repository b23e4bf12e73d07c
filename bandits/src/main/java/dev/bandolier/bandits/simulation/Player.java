package dev.bandolier.bandits.simulation;

import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/// Somebody who sends units to arms and knows nothing but the counts.
///
/// A player remembers nothing from one turn to the next: one player plays any number of runs at once.
@FunctionalInterface
public interface Player {

    /// The arms of the next units, one for each time that it is asked. A turn lasts until the counts are looked at
    /// again; it decides on the counts as they stand now.
    ///
    /// @param standing the counts
    /// @param random   all the chance that there is
    IntSupplier turn(Standing standing, RandomGenerator random);
}
