package dev.bandolier.server.report;

import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.server.ledger.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
}
