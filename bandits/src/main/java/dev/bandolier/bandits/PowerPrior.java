package dev.bandolier.bandits;

/// The weight of history in a warm start, a power prior (`methods.md` 1.1): history counts a given part of its size
/// and at most as much as a given number of exposures.
final class PowerPrior {

    private PowerPrior() {}

    /// What one unit of the history is worth now.
    ///
    /// @param size     size of the history, in exposures or orders
    /// @param discount what a unit of it is worth at most, in [0, 1]
    /// @param sizeMax  the history as a whole is worth at most so many units
    /// @throws IllegalArgumentException if the discount is not in [0, 1]
    static double weight(double size, double discount, double sizeMax) {
        if (!(discount >= 0 && discount <= 1)) {
            throw new IllegalArgumentException("discount " + discount + " is not between 0 and 1");
        }
        return size > 0 ? Math.min(discount, sizeMax / size) : discount;
    }
}
