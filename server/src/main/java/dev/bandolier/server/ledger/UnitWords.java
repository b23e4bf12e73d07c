package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Stickiness;

/// What the units of an experiment are called in sentences: visitors, say; requests where each draws again.
///
/// @param one  one of them
/// @param many several
public record UnitWords(String one, String many) {

    /// The words for the units of this experiment.
    public static UnitWords of(Definition definition) {
        String unit = definition.sticky() == Stickiness.NONE ? "request" : definition.unit();
        return new UnitWords(unit, plural(unit));
    }

    private static String plural(String noun) {
        if (noun.matches(".*[^aeiou]y")) {
            return noun.substring(0, noun.length() - 1) + "ies";
        }
        return noun + (noun.matches(".*(s|x|ch|sh)") ? "es" : "s");
    }
}
