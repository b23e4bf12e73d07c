package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Counters.Group;
import dev.bandolier.bandits.Counters.Slice;
import dev.bandolier.bandits.Tally;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// How many units each arm exposed between two times. Immutable.
///
/// @param groups  units by arm and segment, the holdout left out
/// @param heldOut units that were held out
record Exposures(Map<Group, Long> groups, long heldOut) {

    /// The exposures of the buckets that start in [from, to).
    static Exposures between(Counters counters, Instant from, Instant to) {
        Map<Group, Long> groups = new HashMap<>();
        long heldOut = 0;
        if (from.isBefore(to)) {
            for (Slice slice : counters.slices().subMap(from, to).values()) {
                for (Map.Entry<Group, Tally> each : slice.drawn().entrySet()) {
                    groups.merge(each.getKey(), each.getValue().exposures(), Long::sum);
                }
                heldOut += slice.heldOut().exposures();
            }
        }
        return new Exposures(groups, heldOut);
    }

    /// Units that an arm exposed.
    long of(String arm) {
        return sum(group -> group.arm().equals(arm));
    }

    /// Units of a segment that an arm exposed.
    long of(String segment, String arm) {
        return groups.getOrDefault(new Group(segment, arm), 0L);
    }

    /// Units of all arms, the holdout left out.
    long drawn() {
        return sum(group -> true);
    }

    private long sum(Predicate<Group> those) {
        return groups.entrySet().stream()
                .filter(each -> those.test(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
