package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.bandits.guardrail.Crowd;
import dev.bandolier.bandits.guardrail.Outlay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/// The units of an experiment by the shares that serve them: those of each segment with shares of its own, and all the
/// others together, last. Immutable.
///
/// @param segments the segments with shares of their own
/// @param crowds   one more than these
record Crowds(List<String> segments, List<Crowd> crowds) {

    /// The crowds of an outlook.
    ///
    /// @param counted units that count
    /// @param today   those of this day
    /// @param next    units that are expected next, of all crowds together
    static Crowds of(Outlook outlook, Exposures counted, Exposures today, double next) {
        List<SegmentView> own =
                outlook.segments().stream().filter(SegmentView::own).toList();
        double all = Snapshot.exposures(outlook.arms());
        double others = all;
        List<Crowd> crowds = new ArrayList<>();
        for (SegmentView segment : own) {
            double units = Snapshot.exposures(segment.arms());
            others -= units;
            List<Posterior> beliefs =
                    segment.arms().stream().map(arm -> arm.belief().posterior()).toList();
            List<Outlay> outlays =
                    outlays(outlook, beliefs, counted, today, (exposed, arm) -> exposed.of(segment.segment(), arm));
            crowds.add(new Crowd(outlays, Snapshot.allocation(segment.arms()), next * units / all));
        }
        List<Outlay> outlays = outlays(
                outlook,
                outlook.rest(),
                counted,
                today,
                (exposed, arm) -> exposed.of(arm)
                        - own.stream()
                                .mapToLong(segment -> exposed.of(segment.segment(), arm))
                                .sum());
        crowds.add(new Crowd(outlays, Snapshot.allocation(outlook.arms()), all > 0 ? next * others / all : next));
        return new Crowds(own.stream().map(SegmentView::segment).toList(), List.copyOf(crowds));
    }

    private static List<Outlay> outlays(
            Outlook outlook,
            List<Posterior> beliefs,
            Exposures counted,
            Exposures today,
            ToDoubleBiFunction<Exposures, String> units) {
        List<Outlay> outlays = new ArrayList<>();
        for (int i = 0; i < beliefs.size(); i++) {
            ArmView arm = outlook.arms().get(i);
            outlays.add(new Outlay(
                    beliefs.get(i), units.applyAsDouble(counted, arm.arm()), units.applyAsDouble(today, arm.arm())));
        }
        return outlays;
    }

    /// The number of the crowd of a segment; that of the others, if it has no shares of its own.
    int number(Optional<String> segment) {
        int index = segment.map(segments::indexOf).orElse(-1);
        return index < 0 ? segments.size() : index;
    }
}
