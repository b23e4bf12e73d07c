package dev.bandolier.bandits.contextual;

/// What is believed about the coefficients of one arm's logistic model: a unit converts with log-odds x^T w. Normal by
/// Laplace's approximation, batch after batch: each belief is the prior of the next (assumed density filtering,
/// `methods.md` 6). Immutable.
///
/// The mean moves to the mode of prior and batch together, by Newton's method; the precision grows by the curvature of
/// the batch there, X^T diag(p (1-p)) X. Unlike in a linear model the cut into batches matters a little.
///
/// [1] O. Chapelle, L. Li, An empirical evaluation of Thompson sampling, NIPS 2011, algorithm 3, with its diagonal
/// precision made full.
public final class LogisticPosterior {

    private final double[] mean;
    private final Cholesky precision;

    private LogisticPosterior(double[] mean, Cholesky precision) {
        this.mean = mean;
        this.precision = precision;
    }

    /// The belief before any unit: every coefficient normal, independently.
    ///
    /// @param mean       expected value of each coefficient, finite: for the intercept the log-odds of a usual rate
    /// @param precisions 1 / variance of each coefficient, positive; 1 to 64
    /// @throws IllegalArgumentException if one is out of range
    public static LogisticPosterior prior(double[] mean, double[] precisions) {
        return new LogisticPosterior(mean.clone(), Features.prior(mean, precisions));
    }

    /// This belief after a batch of units.
    ///
    /// @param features of each unit, finite
    /// @param rewards  of each unit: 1 if it converted, 0 if not
    /// @param weights  what each unit counts (maturity, age), not negative; 1 for a whole one
    /// @throws IllegalArgumentException if they do not fit
    public LogisticPosterior after(double[][] features, double[] rewards, double[] weights) {
        LogisticBatch batch = new LogisticBatch(features, rewards, weights, mean, precision);
        double[] mode = batch.mode();
        return new LogisticPosterior(mode, Cholesky.of(batch.curvature(mode)));
    }

    /// What is believed about the log-odds of a unit with these features.
    ///
    /// @throws IllegalArgumentException if they do not fit
    public Score score(double[] features) {
        Features.check(features, mean.length);
        double[] white = precision.whiten(features);
        return new Score(Features.dot(features, mean), Features.dot(white, white));
    }

    /// Expected coefficients.
    public double[] mean() {
        return mean.clone();
    }

    /// Precision of the coefficients, the inverse of their covariance, by rows.
    public double[][] precision() {
        return precision.matrix();
    }

    /// Covariance of the coefficients, by rows.
    public double[][] covariance() {
        return precision.inverse();
    }
}
