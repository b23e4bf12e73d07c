package dev.bandolier.bandits.guardrail;

/// With what probability a unit was drawn to an arm, and to control, before it was drawn: what a test of one against
/// the other weighs its outcome by.
///
/// Only their ratio matters, so both may be conditional on the same eligible arms.
///
/// @param arm          probability of the arm, in (0, 1)
/// @param control      probability of control, the holdout included, in (0, 1)
/// @param leastArm     least probability of the arm over all segments under the same snapshot, in (0, arm]
/// @param leastControl the same of control, in (0, control]
public record Chance(double arm, double control, double leastArm, double leastControl) {

    /// Refuses what is not 0 < least <= probability <= 1.
    public Chance {
        if (!(0 < leastArm
                && leastArm <= arm
                && arm <= 1
                && 0 < leastControl
                && leastControl <= control
                && control <= 1)) {
            throw new IllegalArgumentException(
                    "chances " + arm + ", " + control + " with least " + leastArm + ", " + leastControl);
        }
    }

    /// The chance of a unit whose segment does not matter.
    public static Chance of(double arm, double control) {
        return new Chance(arm, control, arm, control);
    }
}
