package dev.bandolier.bandits.guardrail;

import java.util.Arrays;

/// What evidence has to reach where several tests could raise a false alarm (`methods.md` 7b). None of it asks how
/// the tests depend on each other.
public final class Multiplicity {

    private Multiplicity() {}

    /// The logarithm of what an e-value has to reach so that none of so many tests is wrong, at any time, with
    /// probability 1 - alpha: of tests / alpha (Bonferroni).
    ///
    /// @param alpha error rate of all tests together, in (0, 1)
    /// @param tests how many, at least 1
    /// @throws IllegalArgumentException if one is out of range
    public static double bonferroni(double alpha, int tests) {
        refuse(alpha);
        if (tests < 1) {
            throw new IllegalArgumentException(tests + " tests");
        }
        return Math.log(tests) - Math.log(alpha);
    }

    /// Which of many e-values are discoveries, so that of these a share of alpha at most is false in expectation:
    /// those of the largest k for which k of them reach n / (alpha k), n being how many there are (e-BH).
    ///
    /// [1] R. Wang, A. Ramdas, False discovery rate control with e-values, Journal of the Royal Statistical Society
    /// B 84 (2022).
    ///
    /// @param logEs logarithms of the e-values
    /// @param alpha expected share of false ones among the discoveries, in (0, 1)
    /// @return one entry per e-value
    /// @throws IllegalArgumentException if alpha is out of range
    public static boolean[] discoveries(double[] logEs, double alpha) {
        refuse(alpha);
        double[] ascending = logEs.clone();
        Arrays.sort(ascending);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 1; k <= ascending.length; k++) {
            double kth = ascending[ascending.length - k];
            if (kth >= bonferroni(alpha, ascending.length) - Math.log(k)) {
                least = kth;
            }
        }
        boolean[] discovered = new boolean[logEs.length];
        for (int i = 0; i < discovered.length; i++) {
            discovered[i] = logEs[i] >= least;
        }
        return discovered;
    }

    private static void refuse(double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
    }
}
