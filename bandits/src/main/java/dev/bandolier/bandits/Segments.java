package dev.bandolier.bandits;

import java.util.List;
import java.util.Set;

/// Kinds of units that an experiment tells apart: values of one attribute of the context of an ask.
///
/// @param attribute name of the attribute
/// @param values    the values told apart, 1 to 20, distinct and not empty; all others are [#OTHER] together
public record Segments(String attribute, List<String> values) {

    /// The most segments: with more, none gets enough units to learn from.
    public static final int VALUES_MAX = 20;

    /// The segment of units whose attribute is missing or none of the values, and of all units where none are declared.
    public static final String OTHER = "";

    /// Refuses an empty attribute, no or too many values, and a value that is empty or stands twice.
    public Segments {
        values = List.copyOf(values);
        if (attribute.isBlank()) {
            throw new IllegalArgumentException("the attribute of segments is empty");
        }
        if (values.isEmpty() || values.size() > VALUES_MAX) {
            throw new IllegalArgumentException("segments are 1 to " + VALUES_MAX + " values, not " + values.size());
        }
        if (Set.copyOf(values).size() != values.size() || values.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a segment of " + values + " is empty or stands twice");
        }
    }

    /// The segment of a unit with this value of the attribute; null if it has none.
    public String of(String value) {
        return value != null && values.contains(value) ? value : OTHER;
    }
}
