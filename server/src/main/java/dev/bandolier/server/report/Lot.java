package dev.bandolier.server.report;

import dev.bandolier.bandits.evaluation.Stratum;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.server.ledger.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// Units that were drawn alike and have had their whole window, the holdout left out.
///
/// @param segment  declared segment, or the empty text
/// @param version  snapshot that they were drawn from
/// @param eligible arms that could be drawn, comma-separated, if not all that the snapshot gives a share
/// @param earned   what the units of each arm earned, by its key, in the unit of the objective
record Lot(String segment, long version, Optional<String> eligible, Map<String, Sums> earned) {

    private record Draw(String segment, long version, Optional<String> eligible) {}

    /// The lots of these groups, in the order of their versions.
    static List<Lot> of(List<Group> groups) {
        Map<Draw, Map<String, Sums>> draws = new HashMap<>();
        for (Group group : groups) {
            if (!group.holdout() && group.mature().units() > 0) {
                draws.computeIfAbsent(
                                new Draw(group.segment(), group.version(), group.eligible()), draw -> new HashMap<>())
                        .merge(group.arm(), group.mature(), Sums::plus);
            }
        }
        List<Lot> lots = new ArrayList<>();
        draws.forEach((draw, earned) ->
                lots.add(new Lot(draw.segment(), draw.version(), draw.eligible(), Map.copyOf(earned))));
        lots.sort((one, other) -> Long.compare(one.version(), other.version()));
        return lots;
    }

    /// The stratum that these units are; nothing if they could not have been drawn on these terms, for then nothing
    /// follows from them.
    ///
    /// @param arms  keys of the arms of the definition, in its order
    /// @param terms what could be drawn under the snapshot
    /// @param guess what an arm was believed to earn then, by its key
    Optional<Stratum> stratum(List<String> arms, Lots terms, ToDoubleFunction<String> guess) {
        Map<String, Double> chances = terms.chances(segment, eligible);
        if (earned.keySet().stream().anyMatch(arm -> chances.getOrDefault(arm, 0.0) <= 0)) {
            return Optional.empty();
        }
        List<Stratum.Drawn> drawn = new ArrayList<>();
        for (String arm : arms) {
            // The sum that a share was divided by may be rounded to less than it.
            double propensity = Math.min(1, chances.getOrDefault(arm, 0.0));
            drawn.add(new Stratum.Drawn(propensity, guess.applyAsDouble(arm), earned.getOrDefault(arm, Sums.NONE)));
        }
        return Optional.of(new Stratum(drawn));
    }
}
