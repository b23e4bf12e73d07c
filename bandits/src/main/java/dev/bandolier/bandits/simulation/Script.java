package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Experiment;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What is done with a shop: the experiment, what becomes of it on the way, and how it is heard of.
///
/// @param revisions the experiment from the unit of each number on; the first from 0
/// @param every     units from one look at the counters to the next, positive
/// @param hearing   when units are counted
record Script(NavigableMap<Integer, Experiment> revisions, int every, Hearing hearing) {

    /// When units are counted.
    enum Hearing {
        /// As the server does it: a unit when it comes, its conversion when that is heard of; delays are counted.
        PROMPT,
        /// The same without delays: the configured one is believed to the end.
        CONFIGURED,
        /// A unit and what it earned, when its window has closed.
        CLOSED
    }

    /// Keeps its own copy.
    Script {
        revisions = new TreeMap<>(revisions);
        if (every <= 0) {
            throw new IllegalArgumentException("a look every " + every + " units");
        }
    }

    /// An experiment that stays as it is.
    static Script of(Experiment experiment, int every, Hearing hearing) {
        return new Script(new TreeMap<>(Map.of(0, experiment)), every, hearing);
    }

    /// The experiment when so many units have come.
    Experiment at(int units) {
        return revisions.floorEntry(units).getValue();
    }
}
