package dev.bandolier.bandits.simulation;

import java.time.Duration;
import java.util.List;

/// A made-up truth over time: who comes when, what each of them would do at each arm, and how late it is heard of.
///
/// Chance is drawn for every unit in the same way wherever it is sent, so all who play a seed meet the same units.
///
/// @param units     how many come, positive
/// @param between   time from one to the next, positive
/// @param kinds     share of each kind of units; together 1
/// @param rates     how often they convert
/// @param meanDelay mean of the exponential time from decision to conversion, before it is cut off at the window
/// @param baskets   what those who convert are worth
record Shop(int units, Duration between, List<Double> kinds, Rates rates, Duration meanDelay, Baskets baskets) {

    /// What a conversion is worth: log-normal values.
    ///
    /// @param means  mean value of an order at each arm, in minor units; empty if conversions alone count
    /// @param spread standard deviation of the logarithm
    record Baskets(List<Double> means, double spread) {

        /// A conversion counts as one.
        static final Baskets NONE = new Baskets(List.of(), 0);

        /// Keeps its own copy.
        Baskets {
            means = List.copyOf(means);
        }

        /// What an order at this arm is worth on average; 1 if conversions count.
        double mean(int arm) {
            return means.isEmpty() ? 1 : means.get(arm);
        }

        /// The value, in minor units, of an order that is so many standard deviations from the median.
        long value(int arm, double deviations) {
            return means.isEmpty() ? 0 : Math.round(means.get(arm) * Math.exp(spread * (deviations - spread / 2)));
        }
    }

    /// Refuses an empty shop; keeps its own copy.
    Shop {
        kinds = List.copyOf(kinds);
        if (units <= 0 || !between.isPositive() || kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    units + " units of " + kinds.size() + " kinds, one every " + between + ", are nobody");
        }
    }

    /// Units of one kind, who convert or do not.
    static Shop of(int units, Duration between, Rates rates, Duration meanDelay) {
        return new Shop(units, between, List.of(1.0), rates, meanDelay, Baskets.NONE);
    }

    /// What a unit is worth on average.
    double worth(int kind, int arm, Duration since) {
        return rates.of(kind, arm, since) * baskets.mean(arm);
    }

    /// The kind of the unit that this fraction draws.
    int kind(double fraction) {
        double left = fraction;
        int kind = 0;
        while (kind < kinds.size() - 1 && left >= kinds.get(kind)) {
            left -= kinds.get(kind);
            kind++;
        }
        return kind;
    }

    /// How late the conversion is that this fraction draws, among those within the window.
    Duration delay(double fraction, Duration window) {
        if (meanDelay.isZero()) {
            return Duration.ZERO;
        }
        double mean = seconds(meanDelay);
        double within = -Math.expm1(-seconds(window) / mean);
        return Duration.ofNanos(Math.round(-mean * Math.log1p(-fraction * within) * 1e9));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * 1e-9;
    }
}
