package dev.bandolier.bandits.guardrail;

import java.util.Arrays;

/// What gamblers made of 1 who bet against a hypothesis, each a share of its own: evidence that may be looked at
/// after every unit.
///
/// If the hypothesis holds, their mean reaches 1/alpha at any time with probability alpha at most (Ville's
/// inequality): it is an e-value, and the sequence of them an e-process (`methods.md` 7b). Kept as logarithms, so
/// that nothing overflows. The order of units does not matter, and outcomes can be taken back. Immutable.
public final class Wealth {

    /// Before any outcome: everybody has 1.
    public static final Wealth START = new Wealth(new double[Bets.COUNT]);

    private final double[] logs;

    private Wealth(double[] logs) {
        this.logs = logs;
    }

    /// The wealth with these logarithms, one per bet.
    ///
    /// @throws IllegalArgumentException if they are not as many as bets, or one is not finite
    public static Wealth of(double[] logs) {
        return new Wealth(Bets.checked(logs));
    }

    /// The shares that are staked, ascending from 0.01 to 0.9.
    public static double[] bets() {
        return Bets.all();
    }

    /// The logarithm of what each has, in the order of [#bets].
    public double[] logs() {
        return logs.clone();
    }

    /// The logarithm of the e-value: of the mean of what all have.
    public double logE() {
        return Bets.logMean(logs);
    }

    /// This wealth after so many units that were drawn and earned alike.
    ///
    /// @param logFactors logarithm of what one unit multiplies each wealth by, from [RatioTest#logFactors]
    /// @param units      how many; negative to take them back
    /// @throws IllegalArgumentException if there is not one finite factor per bet
    public Wealth plus(double[] logFactors, long units) {
        return new Wealth(Bets.plus(logs, logFactors, units));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Wealth that && Arrays.equals(logs, that.logs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(logs);
    }

    @Override
    public String toString() {
        return "log wealth " + Arrays.toString(logs);
    }
}
