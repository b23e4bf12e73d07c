package dev.bandolier.loadtest.demo;

import dev.bandolier.loadtest.api.CommandFailure;
import java.time.Duration;

/// What the visitors of the shop are to do.
///
/// @param past          how much of the past is lived through first, maybe nothing
/// @param racePerSecond visitors per real second meanwhile
/// @param live          how long they come afterwards
/// @param stay          whether they come until somebody stops them instead
/// @param seed          decides who comes and what they do
record Plan(Duration past, double racePerSecond, Duration live, boolean stay, long seed) {

    /// Refuses what cannot be done, naming the option.
    Plan {
        if (!(racePerSecond > 0 && Double.isFinite(racePerSecond))) {
            throw new CommandFailure("--rate " + racePerSecond + " is not above 0");
        }
        if (!live.isPositive()) {
            throw new CommandFailure("--for " + live + " is not above 0");
        }
    }
}
