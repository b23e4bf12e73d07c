package dev.bandolier.bandits.simulation;

import java.util.function.LongFunction;

/// One line of a contest: somebody with a name, and what comes of a seed if he plays.
///
/// @param name short and without blanks, unique within the contest
/// @param note what he believes before the first unit, or what he is there for
/// @param play the run of one seed; the same seed gives the same trial, on any thread
public record Entrant(String name, String note, LongFunction<Trial> play) {}
