package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.numeric.Bernoulli;

/// Detectors of a change in a rate, on batches of successes and trials (`methods.md` 5).
public final class ChangePoint {

    /// What a likelihood ratio says of the split it speaks for most.
    ///
    /// @param statistic logarithm of the greatest likelihood ratio of "one rate before, another after" to "one rate"
    /// @param split     number of batches before the change
    /// @param threshold what the statistic has to exceed to be taken for a change
    public record Split(double statistic, int split, double threshold) {

        /// Whether the rate changed.
        public boolean changed() {
            return statistic > threshold;
        }
    }

    private ChangePoint() {}

    /// The generalised likelihood ratio of one change of a Bernoulli rate:
    /// `max over s of n1 kl(mu1, mu) + n2 kl(mu2, mu)`, against `ln(3 n sqrt(n) / delta)` for n trials.
    ///
    /// The threshold is that of L. Besson and E. Kaufmann (The generalized likelihood ratio test meets klUCB, 2019). It
    /// holds for a look after every trial; for a few looks at batches it is cautious.
    ///
    /// @param successes successes of each batch
    /// @param trials    trials of each batch, at least as many
    /// @param delta     allowed probability of an alarm without a change, in (0, 1)
    public static Split bernoulli(double[] successes, double[] trials, double delta) {
        double n = sum(trials);
        Split best = widest(successes, trials, Bernoulli::kl);
        return new Split(best.statistic(), best.split(), Math.log(3 * n * Math.sqrt(n) / delta));
    }

    /// The path of the CUSUM of E. S. Page (1954) for a change from one known rate to another, after each batch:
    /// `g = max(0, g + x ln(p1/p0) + (n - x) ln((1-p1)/(1-p0)))`.
    ///
    /// @param before rate before the change, in (0, 1)
    /// @param after  rate after it, in (0, 1)
    public static double[] cusum(double[] successes, double[] trials, double before, double after) {
        double success = Math.log(after / before);
        double failure = Math.log1p(-after) - Math.log1p(-before);
        double[] path = new double[trials.length];
        double sum = 0;
        for (int batch = 0; batch < path.length; batch++) {
            double gain = successes[batch] * success + (trials[batch] - successes[batch]) * failure;
            sum = Math.max(0, sum + gain);
            path[batch] = sum;
        }
        return path;
    }

    /// The path of the Page-Hinkley test for a decrease of a mean, after each value: `U += x - mean + slack`, and how
    /// far U has fallen below its greatest value. The mean includes the value.
    ///
    /// @param slack decrease per value that is not worth an alarm, at least 0
    public static double[] pageHinkley(double[] values, double slack) {
        double[] path = new double[values.length];
        double total = 0;
        double sum = 0;
        double top = 0;
        for (int i = 0; i < values.length; i++) {
            total += values[i];
            sum += values[i] - total / (i + 1) + slack;
            top = Math.max(top, sum);
            path[i] = top - sum;
        }
        return path;
    }

    /// Divergence of one batch's rate from another, per trial.
    @FunctionalInterface
    interface Divergence {
        double of(double rate, double other);
    }

    /// The split of the greatest statistic, without a threshold; split 0 and statistic 0 if there are not two batches.
    static Split widest(double[] successes, double[] trials, Divergence divergence) {
        double allSuccesses = sum(successes);
        double allTrials = sum(trials);
        double rate = allSuccesses / allTrials;
        double sooner = 0;
        double soonerTrials = 0;
        Split best = new Split(0, 0, Double.POSITIVE_INFINITY);
        for (int batch = 0; batch + 1 < trials.length; batch++) {
            sooner += successes[batch];
            soonerTrials += trials[batch];
            double laterTrials = allTrials - soonerTrials;
            if (soonerTrials > 0 && laterTrials > 0) {
                double statistic = soonerTrials * divergence.of(sooner / soonerTrials, rate)
                        + laterTrials * divergence.of((allSuccesses - sooner) / laterTrials, rate);
                if (statistic > best.statistic()) {
                    best = new Split(statistic, batch + 1, Double.POSITIVE_INFINITY);
                }
            }
        }
        return best;
    }

    /// Kullback-Leibler divergence of Poisson distributions of these means.
    static double klPoisson(double rate, double other) {
        return (rate > 0 ? rate * Math.log(rate / other) : 0) - rate + other;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
