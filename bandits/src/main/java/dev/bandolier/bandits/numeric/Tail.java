package dev.bandolier.bandits.numeric;

import java.util.function.DoubleUnaryOperator;

/// The search for the point beyond which what is left of a density does not matter.
final class Tail {

    /// Logarithm of the probability that is left out.
    private static final double LOG_LEFT_OUT = Math.log(Density.TAIL);

    /// How far the end may be from the point, relative to its distance: it need only be roughly right, and never too
    /// near.
    private static final double CLOSE = 0.02;

    private Tail() {}

    /// Distance from the mode, in the direction of `first`, beyond which the tail is small enough.
    ///
    /// @param logTail logarithm of an upper bound of the tail beyond a distance; falls away from the mode
    /// @param first   a first guess, not 0; negative to the left
    static double end(DoubleUnaryOperator logTail, double first) {
        double inner = 0;
        double outer = first;
        while (logTail.applyAsDouble(outer) > LOG_LEFT_OUT) {
            inner = outer;
            outer *= 2;
        }
        while (Math.abs(outer - inner) > CLOSE * Math.abs(outer)) {
            double middle = (inner + outer) / 2;
            if (logTail.applyAsDouble(middle) > LOG_LEFT_OUT) {
                inner = middle;
            } else {
                outer = middle;
            }
        }
        return outer;
    }
}
