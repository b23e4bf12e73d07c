package dev.bandolier.loadtest.regret;

/// A published number: what a policy lost in one of the problems, in other hands (`methods.md` 9.2, 9.3).
///
/// What is not known is NaN.
///
/// @param problem name of the problem
/// @param source  implementation and its version
/// @param policy  which policy, with its prior
/// @param seeds   how many runs, 0 if that is not known or there is no chance in it
/// @param mean    mean regret
/// @param error   its standard error
/// @param median  median regret
/// @param p95     95th percentile
/// @param slope   growth per unit of ln t in the last 70 % of the horizon
record Anchor(
        String problem,
        String source,
        String policy,
        int seeds,
        double mean,
        double error,
        double median,
        double p95,
        double slope) {

    /// A number without its tail.
    static Anchor of(String problem, String source, String policy, int seeds, double mean, double error) {
        return new Anchor(problem, source, policy, seeds, mean, error, Double.NaN, Double.NaN, Double.NaN);
    }

    /// The same number with its tail.
    Anchor tail(double median, double p95) {
        return new Anchor(problem, source, policy, seeds, mean, error, median, p95, slope);
    }

    /// The same number with its slope.
    Anchor slope(double slope) {
        return new Anchor(problem, source, policy, seeds, mean, error, median, p95, slope);
    }
}
