package dev.bandolier.bandits.simulation;

import java.util.random.RandomGenerator;

/// How many of so many units convert, drawn at once: a run of a million units is as quick as one of a thousand.
///
/// Where fewer than thirty are expected on either side the draw is exact, by waiting times; above that it is that of a
/// normal law with the same mean and variance, rounded, whose distribution function is off by less than 0.02.
final class BinomialSampler {

    /// Expected successes, and failures, below which every one is drawn.
    private static final double EXACT_MAX = 30;

    private BinomialSampler() {}

    /// Successes among so many trials.
    ///
    /// @param trials not negative
    /// @param rate   in [0, 1]
    static long draw(long trials, double rate, RandomGenerator random) {
        if (trials <= 0 || rate <= 0) {
            return 0;
        }
        if (rate >= 1) {
            return trials;
        }
        if (rate > 0.5) {
            return trials - draw(trials, 1 - rate, random);
        }
        double mean = trials * rate;
        if (mean < EXACT_MAX) {
            return waiting(trials, rate, random);
        }
        double drawn = mean + Math.sqrt(mean * (1 - rate)) * random.nextGaussian();
        return Math.clamp(Math.round(drawn), 0, trials);
    }

    /// From success to success, each a geometric time after the one before.
    private static long waiting(long trials, double rate, RandomGenerator random) {
        double perTrial = Math.log1p(-rate);
        long successes = 0;
        double at = 0;
        while (true) {
            at += Math.floor(Math.log(1 - random.nextDouble()) / perTrial) + 1;
            if (at > trials) {
                return successes;
            }
            successes++;
        }
    }

    /// So many units among arms with these shares, which sum to 1; none for an arm without a share.
    static long[] among(long units, double[] shares, RandomGenerator random) {
        long[] drawn = new long[shares.length];
        long left = units;
        double rest = 1;
        int last = 0;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                last = i;
                drawn[i] = draw(left, Math.min(shares[i] / Math.max(rest, shares[i]), 1), random);
                left -= drawn[i];
                rest -= shares[i];
            }
        }
        drawn[last] += left;
        return drawn;
    }
}
