package dev.bandolier.server;

import java.util.Collection;
import java.util.Locale;

/// Measured numbers, every one of them kept; at least one.
final class Spread {

    private static final double MOST = 0.95;

    /// The smallest first.
    private final double[] sorted;

    private Spread(double... sorted) {
        this.sorted = sorted;
    }

    /// These numbers.
    ///
    /// @param what was measured, to be said if there are none: then nothing was measured
    static Spread of(String what, Collection<Double> numbers) {
        if (numbers.isEmpty()) {
            throw new IllegalStateException("nothing was measured: " + what);
        }
        return new Spread(
                numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray());
    }

    /// A line of a table of times: what was measured, how often, median, 95 % quantile and the largest.
    static String line(String what, Collection<Double> millis) {
        Spread spread = of(what, millis);
        return "| " + what + " | " + spread.count() + " | " + spread.cells() + " |";
    }

    /// How many.
    int count() {
        return sorted.length;
    }

    /// The least one that this share of them does not exceed.
    double at(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /// The share of them above a limit.
    double above(double limit) {
        long more = 0;
        for (double each : sorted) {
            more += each > limit ? 1 : 0;
        }
        return (double) more / sorted.length;
    }

    /// Median, 95 % quantile and the largest, as cells of a table.
    String cells() {
        return String.format(Locale.ROOT, "%,.1f | %,.1f | %,.1f", at(0.5), at(MOST), at(1));
    }
}
