package dev.bandolier.bandits.simulation;

import java.util.List;

/// A problem with all who play it: what a benchmark runs, seed by seed, and prints as one table.
///
/// @param name     short: `P1`
/// @param title    the world in a few words
/// @param measure  what is lost, in which unit
/// @param horizon  units that are played, positive
/// @param entrants who plays; every one meets the same chance for the same seed
public record Contest(String name, String title, String measure, int horizon, List<Entrant> entrants) {

    /// Refuses a contest that nobody plays; keeps its own copy.
    public Contest {
        entrants = List.copyOf(entrants);
        if (entrants.isEmpty()) {
            throw new IllegalArgumentException("contest " + name + " with 0 entrants");
        }
    }
}
