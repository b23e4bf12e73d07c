package dev.bandolier.bandits.guardrail;

/// The shares of their wealth that twelve gamblers stake on one claim, each the same share for ever: which of them
/// is right depends on how large the harm is, and their mean is nearly as rich as the best of them (`methods.md`
/// 7b).
final class Bets {

    /// How many there are.
    static final int COUNT = 12;

    private static final double LEAST = 0.01;
    private static final double MOST = 0.9;
    private static final double LOG_COUNT = Math.log(COUNT);
    private static final double[] SHARES = shares();

    private Bets() {}

    /// The share at this position: 0.01 * 90^(j / 11).
    static double share(int position) {
        return SHARES[position];
    }

    /// A copy of all, ascending from 0.01 to 0.9.
    static double[] all() {
        return SHARES.clone();
    }

    /// The logarithm of the mean of twelve numbers that are given by their logarithms.
    static double logMean(double[] logs) {
        double most = logs[0];
        for (double log : logs) {
            most = Math.max(most, log);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return most + Math.log(sum) - LOG_COUNT;
    }

    /// Once more so many times the logarithms of factors.
    static double[] plus(double[] logs, double[] logFactors, long units) {
        checked(logFactors);
        double[] sums = new double[COUNT];
        for (int j = 0; j < COUNT; j++) {
            sums[j] = logs[j] + units * logFactors[j];
        }
        return sums;
    }

    /// A copy of one finite logarithm per bet.
    ///
    /// @throws IllegalArgumentException if there are more or fewer, or one is not finite
    static double[] checked(double[] logs) {
        if (logs.length != COUNT) {
            throw new IllegalArgumentException(logs.length + " logarithms for " + COUNT + " bets");
        }
        for (double log : logs) {
            if (!Double.isFinite(log)) {
                throw new IllegalArgumentException("the logarithm of a wealth is " + log);
            }
        }
        return logs.clone();
    }

    private static double[] shares() {
        double[] shares = new double[COUNT];
        for (int j = 0; j < COUNT; j++) {
            shares[j] = LEAST * Math.pow(MOST / LEAST, (double) j / (COUNT - 1));
        }
        return shares;
    }
}
