package dev.bandolier.bandits.learning;

import java.util.function.DoubleUnaryOperator;

/// Where a function of one variable is greatest.
final class Peak {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Peak() {}

    /// The place of the greatest value on an interval: the best of equally spaced points, then a golden section search
    /// between its neighbours.
    ///
    /// @param points    points to begin with, at least 3; enough of them to tell hills apart
    /// @param precision length of the interval at which the search ends
    static double of(DoubleUnaryOperator function, double low, double high, int points, double precision) {
        double step = (high - low) / (points - 1);
        int best = 0;
        double top = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < points; i++) {
            double value = function.applyAsDouble(low + i * step);
            if (value > top) {
                top = value;
                best = i;
            }
        }
        double from = low + Math.max(best - 1, 0) * step;
        double to = Math.min(low + (best + 1) * step, high);
        return golden(function, from, to, precision);
    }

    private static double golden(DoubleUnaryOperator function, double low, double high, double precision) {
        double from = low;
        double to = high;
        double left = to - GOLDEN * (to - from);
        double right = from + GOLDEN * (to - from);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        while (to - from > precision) {
            if (atLeft > atRight) {
                to = right;
                right = left;
                atRight = atLeft;
                left = to - GOLDEN * (to - from);
                atLeft = function.applyAsDouble(left);
            } else {
                from = left;
                left = right;
                atLeft = atRight;
                right = from + GOLDEN * (to - from);
                atRight = function.applyAsDouble(right);
            }
        }
        return (from + to) / 2;
    }
}
