package dev.bandolier.bandits.evaluation;

/// A 95 % confidence interval of a share, by Wilson's score: never outside [0, 1], and of use for few trials and for
/// rare successes, where the textbook interval is not.
///
/// @param lower lower end, in [0, 1]
/// @param upper upper end, in [0, 1]
public record Wilson(double lower, double upper) {

    /// The 97.5 % quantile of the standard normal distribution.
    private static final double Z = 1.959963984540054;

    /// The interval of the share of successes among so many trials; [0, 1] if there were none.
    ///
    /// [1] E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
    ///
    /// @throws IllegalArgumentException unless 0 <= successes <= trials
    public static Wilson of(long successes, long trials) {
        if (successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
        if (trials == 0) {
            return new Wilson(0, 1);
        }
        double share = (double) successes / trials;
        double spread = Z * Z / trials;
        double centre = (share + spread / 2) / (1 + spread);
        double half = Math.sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread);
        return new Wilson(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
