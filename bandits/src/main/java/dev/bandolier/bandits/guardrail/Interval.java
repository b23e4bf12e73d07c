package dev.bandolier.bandits.guardrail;

/// An interval of a mean, or of a ratio of means, in the unit of what it is of.
///
/// @param lower lower end
/// @param upper upper end, not below it; may be infinite
public record Interval(double lower, double upper) {

    /// Refuses ends in the wrong order, and ends that are not numbers.
    public Interval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("interval from " + lower + " to " + upper);
        }
    }
}
