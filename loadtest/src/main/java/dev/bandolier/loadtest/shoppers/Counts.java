package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.Format;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Counts by name, in the order of the names.
///
/// Confined to one event loop.
final class Counts {

    /// Names that are kept apart; what comes under further names is counted together.
    private static final int NAMES_MAX = 20;

    private static final String OTHER = "other";

    private final Map<String, Long> counts = new TreeMap<>();

    /// Counts one more of this name.
    void add(String name) {
        boolean room = counts.containsKey(name) || counts.size() < NAMES_MAX;
        counts.merge(room ? name : OTHER, 1L, Long::sum);
    }

    /// The count of this name.
    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /// All counts together.
    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// `name 12, other name 3`, or `none`.
    @Override
    public String toString() {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + Format.count(entry.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
