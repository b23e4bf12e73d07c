package dev.bandolier.bandits.evaluation;

/// What another policy would have earned on a log with known propensities: each reward counts as much more as the other
/// policy would have served its arm more often (`methods.md` 8).
///
/// A fold over the rows of the log; immutable.
///
/// @param rows              rows seen
/// @param weights           sum of the weights w = target probability / propensity
/// @param weightsSq         sum of w^2
/// @param weighted          sum of w r
/// @param weightedSq        sum of (w r)^2
/// @param weightsSqRewards  sum of w^2 r
/// @param maxWeight         largest weight
public record ImportanceWeighting(
        long rows,
        double weights,
        double weightsSq,
        double weighted,
        double weightedSq,
        double weightsSqRewards,
        double maxWeight) {

    /// Nothing seen yet.
    public static final ImportanceWeighting EMPTY = new ImportanceWeighting(0, 0, 0, 0, 0, 0, 0);

    /// The 97.5 % quantile of the standard normal distribution.
    private static final double Z = 1.959963984540054;

    /// An estimate with its 95 % interval, by the normal approximation.
    ///
    /// @param value estimate
    /// @param error standard error
    public record Estimate(double value, double error) {

        /// Lower end of the 95 % interval.
        public double lower() {
            return value - Z * error;
        }

        /// Upper end of the 95 % interval.
        public double upper() {
            return value + Z * error;
        }
    }

    /// This and one more row.
    ///
    /// @param target     probability with which the other policy would have served the arm that was served, in [0, 1]
    /// @param propensity probability with which it was served, in (0, 1]
    /// @param reward     what it earned
    public ImportanceWeighting plus(double target, double propensity, double reward) {
        if (!(propensity > 0 && propensity <= 1 && target >= 0 && target <= 1)) {
            throw new IllegalArgumentException("target " + target + " and propensity " + propensity + " of a row");
        }
        double w = target / propensity;
        return new ImportanceWeighting(
                rows + 1,
                weights + w,
                weightsSq + w * w,
                weighted + w * reward,
                weightedSq + w * w * reward * reward,
                weightsSqRewards + w * w * reward,
                Math.max(maxWeight, w));
    }

    /// The mean of w r: unbiased where the log might have served whatever the other policy serves.
    public Estimate unbiased() {
        double mean = weighted / rows;
        double variance = Math.max(weightedSq - rows * mean * mean, 0) / (rows - 1);
        return new Estimate(mean, Math.sqrt(variance / rows));
    }

    /// The sum of w r over the sum of w: a little biased, and steadier.
    public Estimate selfNormalised() {
        double value = weighted / weights;
        double squares = weightedSq - 2 * value * weightsSqRewards + value * value * weightsSq;
        return new Estimate(value, Math.sqrt(Math.max(squares, 0)) / weights);
    }

    /// Rows drawn from the other policy itself that would say as much.
    public double effectiveRows() {
        return weights * weights / weightsSq;
    }
}
