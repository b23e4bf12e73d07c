package dev.bandolier.bandits.numeric;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// A polynomial of degree at most 15 on an interval, through the values of a smooth function at the Chebyshev nodes.
final class Chebyshev {

    private static final int NODES = 16;

    /// COSINE\[n]\[k] = T_n at node k.
    private static final double[][] COSINE = new double[NODES][NODES];

    static {
        for (int n = 0; n < NODES; n++) {
            for (int k = 0; k < NODES; k++) {
                COSINE[n][k] = Math.cos(Math.PI * n * (k + 0.5) / NODES);
            }
        }
    }

    private final double from;
    private final double to;

    /// Coefficients of T_0, T_1, ... of the polynomial and of its second derivative.
    private final double[] coefficients;

    private final double[] bends;

    private Chebyshev(double from, double to, double[] coefficients) {
        this.from = from;
        this.to = to;
        this.coefficients = coefficients;
        bends = derivative(derivative(coefficients));
    }

    /// The polynomial that agrees with this function on the interval from `from` to `to`, as well as sixteen values
    /// allow: see [#rest].
    static Chebyshev of(DoubleUnaryOperator function, double from, double to) {
        double[] values = new double[NODES];
        for (int k = 0; k < NODES; k++) {
            values[k] = function.applyAsDouble(from + (to - from) / 2 * (1 + COSINE[1][k]));
        }
        double[] coefficients = new double[NODES];
        for (int n = 0; n < NODES; n++) {
            double sum = 0;
            for (int k = 0; k < NODES; k++) {
                sum += COSINE[n][k] * values[k];
            }
            coefficients[n] = sum * (n == 0 ? 1 : 2) / NODES;
        }
        return new Chebyshev(from, to, coefficients);
    }

    double from() {
        return from;
    }

    double to() {
        return to;
    }

    /// Value at `x`.
    double at(double x) {
        return clenshaw(coefficients, x);
    }

    /// Second derivative at `x`.
    double bend(double x) {
        double scale = 2 / (to - from);
        return scale * scale * clenshaw(bends, x);
    }

    /// How far the polynomial is from a line, at most.
    double bow() {
        double bow = 0;
        for (int n = 2; n < coefficients.length; n++) {
            bow += Math.abs(coefficients[n]);
        }
        return bow;
    }

    /// The slope of that line.
    double slope() {
        return 2 * coefficients[1] / (to - from);
    }

    /// How large the last three coefficients are together: about the greatest error, if the function is smooth on
    /// this interval.
    double rest() {
        double rest = 0;
        for (int n = NODES - 3; n < NODES; n++) {
            rest += Math.abs(coefficients[n]);
        }
        return rest;
    }

    /// The polynomial of lower degree that lacks as many of the last coefficients as sum to less than this.
    Chebyshev without(double negligible) {
        int length = coefficients.length;
        double left = negligible;
        while (length > 3 && Math.abs(coefficients[length - 1]) < left) {
            length--;
            left -= Math.abs(coefficients[length]);
        }
        return new Chebyshev(from, to, Arrays.copyOf(coefficients, length));
    }

    private double clenshaw(double[] series, double x) {
        double t = (2 * x - from - to) / (to - from);
        double twice = 2 * t;
        double ahead = 0;
        double next = 0;
        for (int n = series.length - 1; n > 0; n--) {
            double here = series[n] + twice * next - ahead;
            ahead = next;
            next = here;
        }
        return series[0] + t * next - ahead;
    }

    private static double[] derivative(double[] series) {
        int degree = series.length - 1;
        double[] slope = new double[degree];
        for (int n = degree; n > 0; n--) {
            slope[n - 1] = (n + 1 < degree ? slope[n + 1] : 0) + 2 * n * series[n];
        }
        slope[0] /= 2;
        return slope;
    }
}
