package dev.bandolier.server.attribute;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.ledger.OriginTable.Day;
import dev.bandolier.server.ledger.OriginTable.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/// How many orders each origin has on each day, those of the batch included, and which of them are too many.
///
/// Orders are counted as they arrive, in all arms together, and those that weigh nothing as well: so whether one is too
/// many does not depend on who is under quarantine. Those that a replay enters are counted as it meets them, by name.
///
/// Confined to the thread of the duty.
final class OriginCounts {

    private final Map<Day, Long> counts;
    private final ToLongBiFunction<Experiment, LocalDate> cap;
    private final Map<Place, Long> added = new HashMap<>();

    /// The counts of before.
    ///
    /// @param counts orders on record; nothing for days without any
    /// @param cap    the most that count of one origin in an experiment on a day
    OriginCounts(Map<Day, Long> counts, ToLongBiFunction<Experiment, LocalDate> cap) {
        this.counts = new HashMap<>(counts);
        this.cap = cap;
    }

    /// Counts an order of an arm; whether it is one too many.
    boolean exceeds(Experiment experiment, Conversion order, String arm) {
        if (order.origin().isEmpty()) {
            return false;
        }
        Day day = day(experiment, order.origin().get(), order.receivedAt());
        added.merge(new Place(day, arm), 1L, Long::sum);
        return counts.merge(day, 1L, Long::sum) > cap.applyAsLong(experiment, day.day());
    }

    /// What the batch has added.
    Map<Place, Long> added() {
        return added;
    }

    /// The day on which an order of an origin counts.
    static Day day(Experiment experiment, OriginKey origin, Instant receivedAt) {
        return new Day(experiment.id(), origin, LocalDate.ofInstant(receivedAt, ZoneOffset.UTC));
    }
}
