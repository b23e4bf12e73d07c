package dev.bandolier.bandits;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The additive sums of one experiment that beliefs are made of, by exposure bucket; every belief is a pure function of
/// them.
///
/// Immutable. Addition commutes, so late, shuffled and retracted events give the same counters, and counters of two
/// nodes can be merged. New events touch a few buckets, and only those are copied. Versions of snapshots, which the
/// ledger keeps apart, are summed: a version is published with every few conversions, and nothing is believed because
/// of it.
public final class Counters {

    /// What events are counted together in the ledger.
    ///
    /// @param segment declared segment of the unit, or the empty text
    /// @param version snapshot version that the decision was drawn from
    /// @param arm     key of the arm
    /// @param holdout whether the unit is held out (and so got control)
    /// @param bucket  start of the exposure bucket, see [Experiment#bucketOf]
    public record Cell(String segment, long version, String arm, boolean holdout, Instant bucket) {}

    /// What conversions are counted together to learn how long they take.
    ///
    /// @param bucket start of the exposure bucket
    /// @param bin    how long after the decision the conversion arrived, see [DelayBins]
    public record Delay(Instant bucket, int bin) {}

    /// Units that are learned from together.
    ///
    /// @param segment declared segment of the unit, or the empty text
    /// @param arm     key of the arm
    public record Group(String segment, String arm) {}

    /// What happened to the units exposed in one bucket.
    ///
    /// @param drawn   what each group exposed and earned, the holdout left out; none of them nothing
    /// @param heldOut what the holdout exposed and earned
    /// @param delays  units that converted, by delay bin; none of them 0
    public record Slice(Map<Group, Tally> drawn, Tally heldOut, Map<Integer, Long> delays) {

        private static final Slice NOTHING = new Slice(Map.of(), Tally.ZERO, Map.of());

        /// Keeps unmodifiable views; whoever makes one does not change what it was made from.
        public Slice {
            drawn = Collections.unmodifiableMap(drawn);
            delays = Collections.unmodifiableMap(delays);
        }

        private Slice plus(Map<Cell, Tally> changes) {
            Map<Group, Tally> sums = new HashMap<>(drawn);
            Tally out = heldOut;
            for (Map.Entry<Cell, Tally> change : changes.entrySet()) {
                Cell cell = change.getKey();
                if (cell.holdout()) {
                    out = out.plus(change.getValue());
                } else {
                    merge(sums, new Group(cell.segment(), cell.arm()), change.getValue());
                }
            }
            return new Slice(sums, out, delays);
        }

        private Slice plus(int bin, long conversions) {
            Map<Integer, Long> sums = new HashMap<>(delays);
            merge(sums, bin, conversions);
            return new Slice(drawn, heldOut, sums);
        }

        private Slice plus(Slice other) {
            Map<Group, Tally> sums = new HashMap<>(drawn);
            other.drawn.forEach((group, tally) -> merge(sums, group, tally));
            Map<Integer, Long> bins = new HashMap<>(delays);
            other.delays.forEach((bin, conversions) -> merge(bins, bin, conversions));
            return new Slice(sums, heldOut.plus(other.heldOut), bins);
        }
    }

    /// No events.
    public static final Counters EMPTY = new Counters(new TreeMap<>(), Instant.MIN, Map.of(), Tally.ZERO);

    private final NavigableMap<Instant, Slice> slices;
    private final Instant coarseBefore;
    private final Map<Group, Tally> totals;
    private final Tally heldOut;

    private Counters(
            NavigableMap<Instant, Slice> slices, Instant coarseBefore, Map<Group, Tally> totals, Tally heldOut) {
        this.slices = Collections.unmodifiableNavigableMap(slices);
        this.coarseBefore = coarseBefore;
        this.totals = totals;
        this.heldOut = heldOut;
    }

    /// These counters with changes added.
    public Counters plus(Map<Cell, Tally> changes) {
        Map<Instant, Map<Cell, Tally>> byBucket = new HashMap<>();
        changes.forEach((cell, tally) -> byBucket.computeIfAbsent(cell.bucket(), bucket -> new HashMap<>())
                .put(cell, tally));
        NavigableMap<Instant, Slice> more = new TreeMap<>(slices);
        byBucket.forEach((bucket, cells) -> change(more, bucket, slice -> slice.plus(cells)));
        Slice sums = new Slice(totals, heldOut, Map.of()).plus(changes);
        return new Counters(more, coarseBefore, sums.drawn(), sums.heldOut());
    }

    /// These counters with delays added: units that converted, or no longer did, in each bucket and delay bin.
    public Counters plusDelays(Map<Delay, Long> changes) {
        NavigableMap<Instant, Slice> more = new TreeMap<>(slices);
        changes.forEach(
                (delay, conversions) -> change(more, delay.bucket(), slice -> slice.plus(delay.bin(), conversions)));
        return new Counters(more, coarseBefore, totals, heldOut);
    }

    /// The sum of both.
    public Counters plus(Counters other) {
        NavigableMap<Instant, Slice> more = new TreeMap<>(slices);
        other.slices.forEach((bucket, slice) -> change(more, bucket, before -> before.plus(slice)));
        Slice sums = new Slice(totals, heldOut, Map.of()).plus(new Slice(other.totals, other.heldOut, Map.of()));
        return new Counters(more, coarseBefore, sums.drawn(), sums.heldOut());
    }

    /// These counters with the buckets before a time, to the hour, made one per hour: where all exposures are mature,
    /// shorter buckets say nothing more, and there may be one a second. What is added later goes there too.
    public Counters coarsened(Instant before) {
        Instant hour = before.truncatedTo(ChronoUnit.HOURS);
        if (!hour.isAfter(coarseBefore)) {
            return this;
        }
        return new Counters(new TreeMap<>(), hour, Map.of(), Tally.ZERO).plus(this);
    }

    /// These counters without the buckets that start at or after a time.
    public Counters before(Instant end) {
        if (slices.isEmpty() || slices.lastKey().isBefore(end)) {
            return this;
        }
        return new Counters(slices.headMap(end, false), coarseBefore, Map.of(), Tally.ZERO).summed();
    }

    /// What happened to the units of each exposure bucket, by its start, oldest first.
    public NavigableMap<Instant, Slice> slices() {
        return slices;
    }

    /// Units that converted, by bucket and delay bin.
    public Map<Delay, Long> delays() {
        Map<Delay, Long> all = new HashMap<>();
        slices.forEach((bucket, slice) -> slice.delays().forEach((bin, n) -> all.put(new Delay(bucket, bin), n)));
        return all;
    }

    /// What each group exposed and earned, the holdout left out.
    public Map<Group, Tally> totals() {
        return totals;
    }

    /// What an arm exposed and earned among units that were drawn, the holdout left out.
    public Tally drawn(String arm) {
        return total(totals.entrySet().stream()
                .filter(each -> each.getKey().arm().equals(arm))
                .map(Map.Entry::getValue)
                .toList());
    }

    /// What the holdout exposed and earned.
    public Tally heldOut() {
        return heldOut;
    }

    /// What all units exposed and earned, the holdout included.
    public Tally all() {
        return total(totals.values()).plus(heldOut);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counters that && slices.equals(that.slices);
    }

    @Override
    public int hashCode() {
        return slices.hashCode();
    }

    @Override
    public String toString() {
        return "Counters" + slices;
    }

    /// These counters with totals that are the sum of their slices.
    private Counters summed() {
        Map<Group, Tally> sums = new HashMap<>();
        Tally out = Tally.ZERO;
        for (Slice slice : slices.values()) {
            slice.drawn().forEach((group, tally) -> merge(sums, group, tally));
            out = out.plus(slice.heldOut());
        }
        return new Counters(slices, coarseBefore, sums, out);
    }

    /// Changes the slice of a bucket in place; what came to nothing is left out, so that an event and its retraction
    /// leave no trace.
    private void change(NavigableMap<Instant, Slice> more, Instant bucket, UnaryOperator<Slice> change) {
        Instant key = bucket.isBefore(coarseBefore) ? bucket.truncatedTo(ChronoUnit.HOURS) : bucket;
        Slice after = change.apply(more.getOrDefault(key, Slice.NOTHING));
        if (after.equals(Slice.NOTHING)) {
            more.remove(key);
        } else {
            more.put(key, after);
        }
    }

    private static Tally total(Collection<Tally> tallies) {
        return tallies.stream().reduce(Tally.ZERO, Tally::plus);
    }

    private static <K> void merge(Map<K, Tally> sums, K key, Tally change) {
        Tally sum = sums.getOrDefault(key, Tally.ZERO).plus(change);
        if (sum.equals(Tally.ZERO)) {
            sums.remove(key);
        } else {
            sums.put(key, sum);
        }
    }

    private static void merge(Map<Integer, Long> sums, int bin, long change) {
        long sum = sums.getOrDefault(bin, 0L) + change;
        if (sum == 0) {
            sums.remove(bin);
        } else {
            sums.put(bin, sum);
        }
    }
}
