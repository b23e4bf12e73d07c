package dev.bandolier.bandits.simulation;

import java.time.Duration;

/// How often units convert: the truth, as it changes over time and from one kind of units to the next.
@FunctionalInterface
interface Rates {

    /// Probability that a unit converts within the window.
    ///
    /// @param kind  number of the kind of the unit
    /// @param arm   number of the arm
    /// @param since time since the start
    double of(int kind, int arm, Duration since);

    /// The same for all units at all times.
    static Rates constant(double... arms) {
        double[] own = arms.clone();
        return (kind, arm, since) -> own[arm];
    }

    /// These rates, all of them better or worse at times.
    default Rates in(Season season) {
        return (kind, arm, since) -> of(kind, arm, since) * season.factor(since);
    }
}
