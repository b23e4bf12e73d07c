package dev.bandolier.bandits.contextual;

/// The numbers by which a unit is described, a constant 1 for the intercept among them.
final class Features {

    /// The most features of a model: its precision matrix is full, so a score costs their square, and what is learned
    /// from a few thousand conversions does not fill more.
    static final int MAX = 64;

    private Features() {}

    /// The precision matrix of coefficients that are believed to be independent, with these means.
    static Cholesky prior(double[] mean, double[] precisions) {
        if (precisions.length < 1 || precisions.length > MAX) {
            throw new IllegalArgumentException("a model has 1 to " + MAX + " features, not " + precisions.length);
        }
        for (double each : precisions) {
            checkPositive("prior precision", each);
        }
        check(mean, precisions.length);
        return Cholesky.diagonal(precisions);
    }

    static void check(double[] features, int expected) {
        if (features.length != expected) {
            throw new IllegalArgumentException(features.length + " features for a model of " + expected);
        }
        for (int i = 0; i < features.length; i++) {
            if (!Double.isFinite(features[i])) {
                throw new IllegalArgumentException("feature " + i + " is " + features[i]);
            }
        }
    }

    static void checkPositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " " + value + " is not a positive, finite number");
        }
    }

    static void checkWeight(double weight) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight " + weight + " is not a finite number >= 0");
        }
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
