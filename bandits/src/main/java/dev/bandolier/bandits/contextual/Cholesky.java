package dev.bandolier.bandits.contextual;

/// A symmetric, positive definite matrix A, held as its Cholesky factor: A = L L^T with L lower triangular. Immutable.
final class Cholesky {

    private final int size;

    /// The rows of L up to the diagonal, one after the other.
    private final double[] factor;

    private Cholesky(int size, double[] factor) {
        this.size = size;
        this.factor = factor;
    }

    /// The matrix with these numbers in the diagonal, positive, and 0 elsewhere.
    static Cholesky diagonal(double[] values) {
        double[] factor = new double[start(values.length)];
        for (int i = 0; i < values.length; i++) {
            factor[start(i) + i] = Math.sqrt(values[i]);
        }
        return new Cholesky(values.length, factor);
    }

    /// The factor of a matrix, of which the lower triangle is read.
    ///
    /// @throws ArithmeticException if it is not positive definite
    static Cholesky of(double[][] matrix) {
        double[] factor = new double[start(matrix.length)];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= factor[start(i) + k] * factor[start(j) + k];
                }
                if (i == j && !(rest > 0)) {
                    throw new ArithmeticException("matrix is not positive definite: pivot " + i + " is " + rest);
                }
                factor[start(i) + j] = i == j ? Math.sqrt(rest) : rest / factor[start(j) + j];
            }
        }
        return new Cholesky(matrix.length, factor);
    }

    /// A + v v^T, in O(size^2): Givens rotations turn v into the factor, column by column.
    Cholesky plus(double[] v) {
        double[] next = factor.clone();
        double[] rest = v.clone();
        for (int k = 0; k < size; k++) {
            double pivot = next[start(k) + k];
            double length = Math.hypot(pivot, rest[k]);
            double cosine = pivot / length;
            double sine = rest[k] / length;
            next[start(k) + k] = length;
            for (int i = k + 1; i < size; i++) {
                double entry = next[start(i) + k];
                next[start(i) + k] = cosine * entry + sine * rest[i];
                rest[i] = cosine * rest[i] - sine * entry;
            }
        }
        return new Cholesky(size, next);
    }

    /// L^-1 v. The product of two of these is v^T A^-1 w.
    double[] whiten(double[] v) {
        double[] x = v.clone();
        for (int i = 0; i < size; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= factor[start(i) + k] * x[k];
            }
            x[i] /= factor[start(i) + i];
        }
        return x;
    }

    /// L^-T v: with v = L^-1 b, the solution of A x = b.
    double[] unwhiten(double[] v) {
        double[] x = v.clone();
        for (int i = size - 1; i >= 0; i--) {
            x[i] /= factor[start(i) + i];
            for (int k = 0; k < i; k++) {
                x[k] -= factor[start(i) + k] * x[i];
            }
        }
        return x;
    }

    /// A^-1 b.
    double[] solve(double[] b) {
        return unwhiten(whiten(b));
    }

    /// A v.
    double[] times(double[] v) {
        double[] transposed = new double[size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k <= i; k++) {
                transposed[k] += factor[start(i) + k] * v[i];
            }
        }
        double[] product = new double[size];
        for (int i = 0; i < size; i++) {
            for (int k = 0; k <= i; k++) {
                product[i] += factor[start(i) + k] * transposed[k];
            }
        }
        return product;
    }

    /// The whole of A.
    double[][] matrix() {
        double[][] matrix = new double[size][];
        for (int i = 0; i < size; i++) {
            matrix[i] = times(unit(i));
        }
        return matrix;
    }

    /// The whole of A^-1.
    double[][] inverse() {
        double[][] inverse = new double[size][];
        for (int i = 0; i < size; i++) {
            inverse[i] = solve(unit(i));
        }
        return inverse;
    }

    int size() {
        return size;
    }

    private double[] unit(int axis) {
        double[] unit = new double[size];
        unit[axis] = 1;
        return unit;
    }

    /// Where row i begins.
    private static int start(int i) {
        return i * (i + 1) / 2;
    }
}
