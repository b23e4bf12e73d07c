package dev.bandolier.bandits.guardrail;

import java.util.Arrays;

/// Evidence that a hypothesis stopped being true, for experiments without an end: gamblers as in [Wealth], joined
/// every day by new ones who begin with 1, so that a good past hides nothing (`methods.md` 7b).
///
/// Per bet, `R = (1 + R) * factor of the day` (Shiryaev and Roberts). While the hypothesis holds, R is in
/// expectation at most the number of days begun, and so is the mean over the bets: an alarm at R >= A comes after A
/// days on average, or later, however often it is looked at within a day [1]. Kept as logarithms of 1 + R, so that
/// nothing overflows and the state is finite always. Immutable.
///
/// [1] J. Shin, A. Ramdas, A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection,
/// arXiv:2203.03532 (2022).
public final class Detector {

    /// The first day, before any outcome.
    public static final Detector START = new Detector(new double[Bets.COUNT], new double[Bets.COUNT]);

    private final double[] stakes;
    private final double[] today;

    private Detector(double[] stakes, double[] today) {
        this.stakes = stakes;
        this.today = today;
    }

    /// The detector with this state.
    ///
    /// @param stakes logarithm of 1 + R as of the end of yesterday, one per bet, not negative
    /// @param today  logarithm of the factor of today, one per bet
    /// @throws IllegalArgumentException if they are not as many as bets, or one is not finite or out of range
    public static Detector of(double[] stakes, double[] today) {
        for (double stake : stakes) {
            if (stake < 0) {
                throw new IllegalArgumentException("stake " + stake + " is the logarithm of less than 1");
            }
        }
        return new Detector(Bets.checked(stakes), Bets.checked(today));
    }

    /// The logarithm of what each bet began today with: of 1 + R as of the end of yesterday.
    public double[] stakes() {
        return stakes.clone();
    }

    /// The logarithm of the factor of today so far, one per bet.
    public double[] today() {
        return today.clone();
    }

    /// This detector after so many units that were drawn and earned alike, counted to today.
    ///
    /// @param logFactors logarithm of what one unit multiplies each wealth by, from [RatioTest#logFactors]
    /// @param units      how many; negative to take them back
    /// @throws IllegalArgumentException if there is not one finite factor per bet
    public Detector plus(double[] logFactors, long units) {
        return new Detector(stakes, Bets.plus(today, logFactors, units));
    }

    /// This detector at the beginning of the next day.
    public Detector nextDay() {
        double[] next = new double[Bets.COUNT];
        for (int j = 0; j < next.length; j++) {
            double logR = stakes[j] + today[j];
            next[j] = Math.max(logR, 0) + Math.log1p(Math.exp(-Math.abs(logR)));
        }
        return new Detector(next, new double[Bets.COUNT]);
    }

    /// The logarithm of the mean of R over the bets, today included as if it ended now: 0 at the start.
    public double logStatistic() {
        return Bets.logMean(Bets.plus(stakes, today, 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Detector that && Arrays.equals(stakes, that.stakes) && Arrays.equals(today, that.today);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(stakes) + Arrays.hashCode(today);
    }

    @Override
    public String toString() {
        return "log stakes " + Arrays.toString(stakes) + ", today " + Arrays.toString(today);
    }
}
