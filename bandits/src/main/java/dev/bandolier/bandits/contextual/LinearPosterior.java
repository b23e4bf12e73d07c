package dev.bandolier.bandits.contextual;

/// What is believed about the coefficients of one arm's linear model: reward = x^T w + noise of known variance, with a
/// normal prior (`methods.md` 6). Immutable; learning from a unit costs the square of the number of features.
///
/// Held as precision P, the prior's and the sum of x x^T / noise, and information b, the prior's P m and the sum of
/// x reward / noise, where units count by their weights: mean P^-1 b, covariance P^-1. The order in which units are
/// learned matters for rounding only.
public final class LinearPosterior {

    private final double noiseVariance;
    private final Cholesky precision;
    private final double[] information;

    /// L^-1 b for the factor L of P: makes a score one triangular solve.
    private final double[] whitened;

    private LinearPosterior(double noiseVariance, Cholesky precision, double[] information) {
        this.noiseVariance = noiseVariance;
        this.precision = precision;
        this.information = information;
        whitened = precision.whiten(information);
    }

    /// The belief before any unit: every coefficient normal, independently.
    ///
    /// @param mean          expected value of each coefficient, finite
    /// @param precisions    1 / variance of each coefficient, positive; 1 to 64
    /// @param noiseVariance of a reward around its expectation, positive
    /// @throws IllegalArgumentException if one is out of range
    public static LinearPosterior prior(double[] mean, double[] precisions, double noiseVariance) {
        Features.checkPositive("noise variance", noiseVariance);
        Cholesky precision = Features.prior(mean, precisions);
        return new LinearPosterior(noiseVariance, precision, precision.times(mean));
    }

    /// This belief after a unit.
    ///
    /// @param features of the unit, finite
    /// @param reward   what it earned, finite
    /// @param weight   what the observation counts (maturity, age), not negative; 1 for a whole one
    /// @throws IllegalArgumentException if they do not fit
    public LinearPosterior after(double[] features, double reward, double weight) {
        Features.check(features, precision.size());
        Features.checkWeight(weight);
        if (!Double.isFinite(reward)) {
            throw new IllegalArgumentException("reward " + reward + " is not finite");
        }
        double scale = Math.sqrt(weight / noiseVariance);
        double[] scaled = new double[features.length];
        double[] informed = information.clone();
        for (int i = 0; i < features.length; i++) {
            scaled[i] = scale * features[i];
            informed[i] += weight / noiseVariance * reward * features[i];
        }
        return new LinearPosterior(noiseVariance, precision.plus(scaled), informed);
    }

    /// What is believed about the expected reward of a unit with these features.
    ///
    /// @throws IllegalArgumentException if they do not fit
    public Score score(double[] features) {
        Features.check(features, precision.size());
        double[] white = precision.whiten(features);
        return new Score(Features.dot(white, whitened), Features.dot(white, white));
    }

    /// Expected coefficients.
    public double[] mean() {
        return precision.unwhiten(whitened);
    }

    /// Covariance of the coefficients, by rows.
    public double[][] covariance() {
        return precision.inverse();
    }
}
