package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.numbers.gamma.LogGamma;

/// Rates that differ from group to group like draws from one Beta distribution, as estimated from what the groups
/// counted (empirical Bayes, `methods.md` 6).
///
/// @param mean  mean of the rates, in (0, 1)
/// @param kappa how alike they are: the prior that they make for one more group is worth this many exposures;
///              infinite if the counts differ no more than chance lets them
public record BetaBinomial(double mean, double kappa) {

    private static final double KAPPA_MIN = 1e-1;
    private static final double KAPPA_MAX = 1e8;
    private static final double RATE_MIN = 1e-12;
    private static final int POINTS = 22;
    private static final double PRECISION = 1e-7;

    /// The mean and kappa of greatest likelihood; kappa at most 1e8.
    ///
    /// @param successes successes of each group
    /// @param trials    trials of each group, at least as many
    public static BetaBinomial fit(double[] successes, double[] trials) {
        double logKappa = Peak.of(
                each -> logLikelihood(successes, trials, mean(successes, trials, Math.exp(each)), Math.exp(each)),
                Math.log(KAPPA_MIN),
                Math.log(KAPPA_MAX),
                POINTS,
                PRECISION);
        double kappa = Math.exp(logKappa);
        return new BetaBinomial(mean(successes, trials, kappa), kappa);
    }

    /// The estimate by moments: quick, and where the search for the greatest likelihood could begin.
    ///
    /// @param successes successes of each group
    /// @param trials    trials of each group
    public static BetaBinomial moments(double[] successes, double[] trials) {
        double all = Arrays.stream(trials).sum();
        double mean = Arrays.stream(successes).sum() / all;
        double spread = 0;
        double squares = 0;
        for (int i = 0; i < trials.length; i++) {
            double distance = trials[i] > 0 ? successes[i] / trials[i] - mean : 0;
            spread += trials[i] * distance * distance;
            squares += trials[i] * trials[i];
        }
        double open = Arrays.stream(trials).filter(each -> each > 0).count() - 1.0;
        double excess = spread - open * mean * (1 - mean);
        double between = Math.max(0, excess / (all - squares / all - open));
        return new BetaBinomial(mean, between > 0 ? mean * (1 - mean) / between - 1 : Double.POSITIVE_INFINITY);
    }

    /// Variance of the rates.
    public double variance() {
        return mean * (1 - mean) / (kappa + 1);
    }

    /// What we believe about a group before it counted anything.
    ///
    /// @throws IllegalArgumentException if kappa is infinite: all groups have the same rate then
    public BetaPosterior prior() {
        return new BetaPosterior(kappa * mean, kappa * (1 - mean));
    }

    /// The logarithm of the probability of these counts, without the binomial coefficients.
    public double logLikelihood(double[] successes, double[] trials) {
        return logLikelihood(successes, trials, mean, kappa);
    }

    /// The same for one group: `ln B(alpha + S, beta + F) - ln B(alpha, beta)`.
    static double logLikelihood(double successes, double failures, double alpha, double beta) {
        return rise(alpha, successes) + rise(beta, failures) - rise(alpha + beta, successes + failures);
    }

    /// `ln Gamma(from + by) - ln Gamma(from)`.
    static double rise(double from, double by) {
        return by > 0 ? LogGamma.value(from + by) - LogGamma.value(from) : 0;
    }

    private static double logLikelihood(double[] successes, double[] trials, double mean, double kappa) {
        double sum = 0;
        for (int i = 0; i < trials.length; i++) {
            double failures = Math.max(trials[i] - successes[i], 0);
            sum += logLikelihood(successes[i], failures, kappa * mean, kappa * (1 - mean));
        }
        return sum;
    }

    /// The mean of greatest likelihood for a kappa. It lies between the least and the greatest rate that was seen, and
    /// the likelihood has one hill.
    private static double mean(double[] successes, double[] trials, double kappa) {
        double[] rates = IntStream.range(0, trials.length)
                .filter(i -> trials[i] > 0)
                .mapToDouble(i -> Math.clamp(successes[i] / trials[i], RATE_MIN, 1 - RATE_MIN))
                .toArray();
        double low = Arrays.stream(rates).min().orElse(0.5);
        double high = Arrays.stream(rates).max().orElse(0.5);
        return Peak.of(each -> logLikelihood(successes, trials, each, kappa), low, high, 3, PRECISION * (high - low));
    }
}
