package dev.bandolier.bandits.numeric;

/// The Gauss-Legendre rule of sixteen nodes on [-1, 1], with the running integral at every node.
///
/// The whole integral is exact for polynomials up to degree 31; the running integral is that of the polynomial of
/// degree 15 through the sixteen values.
final class GaussLegendre {

    /// Nodes per interval.
    static final int NODES = 16;

    private static final double[] AT = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];
    private static final double[][] RUNNING = new double[NODES][NODES];

    static {
        for (int i = 0; i < NODES; i++) {
            double x = root(i);
            double slope = slope(x);
            AT[i] = x;
            WEIGHT[i] = 2 / ((1 - x * x) * slope * slope);
        }
        for (int i = 0; i < NODES; i++) {
            for (int k = 0; k < NODES; k++) {
                RUNNING[i][k] = WEIGHT[k] * running(AT[i], AT[k]);
            }
        }
    }

    private GaussLegendre() {}

    /// Position of a node, ascending.
    static double node(int i) {
        return AT[i];
    }

    /// Integral over [-1, 1] of the function with these values at the nodes.
    static double integral(double[] values) {
        double sum = 0;
        for (int k = 0; k < NODES; k++) {
            sum += WEIGHT[k] * values[k];
        }
        return sum;
    }

    /// Integral from -1 to node `i` of the function with these values at the nodes.
    static double integralTo(int i, double[] values) {
        double[] row = RUNNING[i];
        double sum = 0;
        for (int k = 0; k < NODES; k++) {
            sum += row[k] * values[k];
        }
        return sum;
    }

    /// Newton's iteration from the classical first guess; quadratic, so eight steps are more than enough.
    private static double root(int i) {
        double x = -Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
        for (int step = 0; step < 8; step++) {
            x -= legendre(x)[NODES] / slope(x);
        }
        return x;
    }

    private static double slope(double x) {
        double[] p = legendre(x);
        return NODES * (x * p[NODES] - p[NODES - 1]) / (x * x - 1);
    }

    /// Integral from -1 to `x` of the polynomial that is 1 / weight at node `at` and 0 at the others: the Legendre
    /// expansion of that polynomial, integrated term by term with (2n + 1) P_n = P'_{n+1} - P'_{n-1}.
    private static double running(double x, double at) {
        double[] here = legendre(x);
        double[] there = legendre(at);
        double sum = (x + 1) / 2;
        for (int n = 1; n < NODES; n++) {
            sum += there[n] * (here[n + 1] - here[n - 1]) / 2;
        }
        return sum;
    }

    /// Values of the Legendre polynomials of degree 0 to 16 by their recurrence.
    private static double[] legendre(double x) {
        double[] p = new double[NODES + 1];
        p[0] = 1;
        p[1] = x;
        for (int n = 1; n < NODES; n++) {
            p[n + 1] = ((2 * n + 1) * x * p[n] - n * p[n - 1]) / (n + 1);
        }
        return p;
    }
}
