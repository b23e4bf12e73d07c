package dev.bandolier.bandits.contextual;

/// The posterior of a logistic model over one batch, as a function of the coefficients w: up to a constant,
///
///     ln posterior = sum of weight (y z - ln(1 + e^z)) - (w - m)^T P (w - m) / 2    with z = x^T w.
///
/// Strictly concave, so it has one mode. Reads the arrays that it is given, and keeps them no longer than the call.
final class LogisticBatch {

    /// Twice the gain that a Newton step promises, below which the mode is reached to rounding.
    private static final double REACHED = 1e-18;

    /// The same, below which a full step is safe: the function is a parabola there, and its change close to rounding.
    private static final double PARABOLIC = 1e-6;

    /// Far more than damped steps need; a batch that gets nowhere must end.
    private static final int STEPS_MAX = 200;

    private final double[][] features;
    private final double[] rewards;
    private final double[] weights;
    private final double[] priorMean;
    private final Cholesky priorPrecision;
    private final double[][] priorMatrix;

    LogisticBatch(
            double[][] features, double[] rewards, double[] weights, double[] priorMean, Cholesky priorPrecision) {
        if (features.length != rewards.length || features.length != weights.length) {
            throw new IllegalArgumentException(
                    features.length + " units, " + rewards.length + " rewards and " + weights.length + " weights");
        }
        for (int n = 0; n < features.length; n++) {
            Features.check(features[n], priorMean.length);
            Features.checkWeight(weights[n]);
            if (rewards[n] != 0 && rewards[n] != 1) {
                throw new IllegalArgumentException("reward " + rewards[n] + " is neither 0 nor 1");
            }
        }
        this.features = features;
        this.rewards = rewards;
        this.weights = weights;
        this.priorMean = priorMean;
        this.priorPrecision = priorPrecision;
        priorMatrix = priorPrecision.matrix();
    }

    /// The mode, by Newton's method from the prior's mean; a step that overshoots is halved until it does not.
    ///
    /// @throws ArithmeticException if it is not reached
    double[] mode() {
        double[] at = priorMean.clone();
        for (int n = 0; n < STEPS_MAX; n++) {
            double[] gradient = gradient(at);
            double[] step = Cholesky.of(curvature(at)).solve(gradient);
            double promise = Features.dot(gradient, step);
            at = promise < PARABOLIC ? moved(at, step, 1) : ascended(at, step);
            if (promise < REACHED) {
                return at;
            }
        }
        throw new ArithmeticException("no mode within " + STEPS_MAX + " steps; reached " + logPosterior(at));
    }

    /// Minus the second derivative, of which only the lower triangle is filled: prior precision and
    /// X^T diag(weight p (1-p)) X.
    double[][] curvature(double[] at) {
        double[][] sum = new double[at.length][];
        for (int i = 0; i < at.length; i++) {
            sum[i] = priorMatrix[i].clone();
        }
        for (int n = 0; n < features.length; n++) {
            double[] x = features[n];
            double p = rate(Features.dot(x, at));
            double bend = weights[n] * p * (1 - p);
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j <= i; j++) {
                    sum[i][j] += bend * x[i] * x[j];
                }
            }
        }
        return sum;
    }

    private double[] gradient(double[] at) {
        double[] sum = priorPrecision.times(moved(priorMean, at, -1));
        for (int n = 0; n < features.length; n++) {
            double residual = weights[n] * (rewards[n] - rate(Features.dot(features[n], at)));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += residual * features[n][i];
            }
        }
        return sum;
    }

    private double[] ascended(double[] at, double[] step) {
        double here = logPosterior(at);
        double share = 1;
        double[] next = moved(at, step, share);
        while (logPosterior(next) < here) {
            share /= 2;
            next = moved(at, step, share);
        }
        return next;
    }

    private double logPosterior(double[] at) {
        double[] shift = moved(at, priorMean, -1);
        double sum = -Features.dot(shift, priorPrecision.times(shift)) / 2;
        for (int n = 0; n < features.length; n++) {
            double z = Features.dot(features[n], at);
            sum += weights[n] * (rewards[n] * z - Math.max(z, 0) - Math.log1p(Math.exp(-Math.abs(z))));
        }
        return sum;
    }

    private static double rate(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    private static double[] moved(double[] from, double[] step, double share) {
        double[] to = from.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] += share * step[i];
        }
        return to;
    }
}
