package dev.bandolier.bandits;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// The additive sums of one experiment, cell by cell; every statistic is a pure function of them.
///
/// Immutable. Addition commutes, so late, shuffled and retracted events give the same counters, and counters of two
/// nodes can be merged.
///
/// @param cells what was counted in each cell
public record Counters(Map<Cell, Tally> cells) {

    /// What events are counted together.
    ///
    /// @param segment declared segment of the unit, or the empty text
    /// @param version snapshot version that the decision was drawn from
    /// @param arm     key of the arm
    /// @param holdout whether the unit is held out (and so got control)
    /// @param bucket  start of the exposure bucket, see [Experiment#bucketOf]
    public record Cell(String segment, long version, String arm, boolean holdout, Instant bucket) {}

    /// No events.
    public static final Counters EMPTY = new Counters(Map.of());

    /// Keeps its own copy.
    public Counters {
        cells = Map.copyOf(cells);
    }

    /// These counters with changes added.
    public Counters plus(Map<Cell, Tally> changes) {
        Map<Cell, Tally> sum = new HashMap<>(cells);
        changes.forEach((cell, tally) -> sum.merge(cell, tally, Tally::plus));
        return new Counters(sum);
    }

    /// What an arm exposed and earned among units that were drawn, the holdout left out.
    public Tally drawn(String arm) {
        return total(cell -> !cell.holdout() && cell.arm().equals(arm));
    }

    /// What the holdout exposed and earned.
    public Tally heldOut() {
        return total(Cell::holdout);
    }

    private Tally total(Predicate<Cell> which) {
        Tally total = Tally.ZERO;
        for (Map.Entry<Cell, Tally> entry : cells.entrySet()) {
            if (which.test(entry.getKey())) {
                total = total.plus(entry.getValue());
            }
        }
        return total;
    }
}
