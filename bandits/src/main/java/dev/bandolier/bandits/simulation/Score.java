package dev.bandolier.bandits.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the trials of one player came to together.
///
/// Regret has a heavy tail, so the median and the 95th percentile stand beside the mean.
///
/// @param trials        how many, positive
/// @param mean          mean regret
/// @param standardError of that mean, from the spread between trials; NaN for a single one
/// @param median        median regret
/// @param p95           95th percentile of regret
/// @param slope         what regret grew by per unit of ln t after the first [Trial#EARLY] of the horizon, on average
/// @param bestShare     mean share of a best arm in the last tenth
/// @param misled        share of trials that ended on another arm than a best one
public record Score(
        int trials,
        double mean,
        double standardError,
        double median,
        double p95,
        double slope,
        double bestShare,
        double misled) {

    /// The score of these trials.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Score of(List<Trial> trials) {
        if (trials.isEmpty()) {
            throw new IllegalArgumentException("the score of 0 trials");
        }
        int n = trials.size();
        double[] regrets = trials.stream().mapToDouble(Trial::regret).sorted().toArray();
        double mean = Arrays.stream(regrets).sum() / n;
        double squares = Arrays.stream(regrets)
                .map(regret -> (regret - mean) * (regret - mean))
                .sum();
        return new Score(
                n,
                mean,
                Math.sqrt(squares / (n - 1) / n),
                quantile(regrets, 0.5),
                quantile(regrets, 0.95),
                (mean - average(trials, Trial::early)) / -Math.log(Trial.EARLY),
                average(trials, Trial::bestShare),
                average(trials, trial -> trial.misled() ? 1 : 0));
    }

    /// The standard error of the difference between this mean and one that was measured independently.
    ///
    /// @param other standard error of the other mean
    public double combined(double other) {
        return Math.hypot(standardError, other);
    }

    private static double average(List<Trial> trials, ToDoubleFunction<Trial> figure) {
        return trials.stream().mapToDouble(figure).sum() / trials.size();
    }

    /// By linear interpolation between neighbours in rank (type 7 of R and of numpy).
    private static double quantile(double[] sorted, double p) {
        double rank = p * (sorted.length - 1);
        int below = (int) rank;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
