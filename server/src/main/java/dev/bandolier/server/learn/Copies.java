package dev.bandolier.server.learn;

import dev.bandolier.bandits.Counters;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/// Copies in memory of the counters of experiments that are learned from; the table keeps all.
///
/// Confined to the thread of the duty.
final class Copies {

    /// What nobody has asked for in this time is dropped: it is over or paused, and a copy is megabytes.
    static final Duration IDLE_MAX = Duration.ofMinutes(5);

    /// Buckets beyond which those whose exposures are all mature are held by the hour: a window of a minute has buckets of a
    /// second, and a year of these would be gigabytes.
    static final int BUCKETS_MAX = 2_000;

    private record Copy(Counters counters, Instant askedAt) {}

    private final Map<Long, Copy> held = new HashMap<>();

    /// The counters of an experiment, read if there is no copy.
    ///
    /// @param mature what was exposed before this time has had all its conversions
    Counters of(long experiment, Instant now, Instant mature, LongFunction<Counters> table) {
        Copy before = held.get(experiment);
        Counters counters = before == null ? table.apply(experiment) : before.counters();
        if (counters.slices().size() > BUCKETS_MAX) {
            counters = counters.coarsened(mature);
        }
        held.put(experiment, new Copy(counters, now));
        return counters;
    }

    /// Changes the copy of an experiment as the table was changed, if there is one.
    void change(long experiment, UnaryOperator<Counters> change) {
        held.computeIfPresent(experiment, (id, before) -> new Copy(change.apply(before.counters()), before.askedAt()));
    }

    /// Drops the copies of all but these experiments, and what is idle.
    void keep(Set<Long> experiments, Instant now) {
        held.keySet().retainAll(experiments);
        held.values().removeIf(each -> each.askedAt().plus(IDLE_MAX).isBefore(now));
    }

    /// Drops all.
    void forget() {
        held.clear();
    }

    /// The experiments that there is a copy of.
    Set<Long> experiments() {
        return Set.copyOf(held.keySet());
    }
}
