package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.Format;
import dev.bandolier.loadtest.api.SnapshotView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Which arms a guardrail has paused, and why; what has been heard of is kept, whatever follows.
///
/// Confined to the event loop of the shoppers.
final class Pauses {

    private static final String ROW = "guardrails";

    private final Map<String, String> notes = new LinkedHashMap<>();

    /// Notes what a snapshot says.
    void heard(SnapshotView snapshot) {
        snapshot.harmful().forEach(each -> notes.putIfAbsent(each.arm(), each.note()));
    }

    /// Whether this arm was paused.
    boolean of(String arm) {
        return notes.containsKey(arm);
    }

    /// What there is to say of it: a row for each arm that was paused.
    ///
    /// @param visitors how many were sent to an arm; more than those whose outcomes the guardrail has looked at
    List<String> rows(ToLongFunction<String> visitors) {
        if (notes.isEmpty()) {
            return List.of(Format.row(ROW, "paused no arm"));
        }
        return notes.entrySet().stream()
                .map(each -> Format.row(
                        ROW,
                        each.getValue() + "; " + Format.count(visitors.applyAsLong(each.getKey()))
                                + " visitors saw it in all"))
                .toList();
    }
}
