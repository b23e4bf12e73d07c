package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Counters.Group;
import dev.bandolier.bandits.Counters.Slice;
import dev.bandolier.bandits.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// How many units each arm exposed between two times. Immutable.
///
/// @param arms    units by arm, the holdout left out
/// @param heldOut units that were held out
record Exposures(Map<String, Long> arms, long heldOut) {

    /// The exposures of the buckets that start in [from, to).
    static Exposures between(Counters counters, Instant from, Instant to) {
        Map<String, Long> arms = new HashMap<>();
        long heldOut = 0;
        if (from.isBefore(to)) {
            for (Slice slice : counters.slices().subMap(from, to).values()) {
                for (Map.Entry<Group, Tally> each : slice.drawn().entrySet()) {
                    arms.merge(each.getKey().arm(), each.getValue().exposures(), Long::sum);
                }
                heldOut += slice.heldOut().exposures();
            }
        }
        return new Exposures(arms, heldOut);
    }

    /// Units that an arm exposed.
    long of(String arm) {
        return arms.getOrDefault(arm, 0L);
    }

    /// Units of all arms, the holdout left out.
    long drawn() {
        return arms.values().stream().mapToLong(Long::longValue).sum();
    }
}
