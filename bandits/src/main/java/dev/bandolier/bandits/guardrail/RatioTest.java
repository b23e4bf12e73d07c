package dev.bandolier.bandits.guardrail;

/// A test, valid at any time, of how much an arm earns per unit against control: the bets that every converting
/// unit of either settles. A unit that earns nothing changes no wealth.
///
/// Given how the unit was drawn, no bet has a mean above 1 while the hypothesis holds. Nothing is assumed about how
/// probabilities followed from the past, nor about rates that change with time, as long as their ratio holds
/// (`methods.md` 7b). Where segments have probabilities of their own the hypothesis is about the mean over
/// segments, for which stakes are scaled by the least probability.
///
/// @param side   what is claimed
/// @param margin relative difference that is tolerated, in [0, 1) for LOWER, not negative and finite for HIGHER
public record RatioTest(Side side, double margin) {

    /// Refuses a margin out of range.
    public RatioTest {
        if (!(margin >= 0 && margin < (side == Side.LOWER ? 1 : Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("margin " + margin + " of side " + side + " is out of range");
        }
    }

    /// The logarithm of what a unit multiplies the wealth of each bet by.
    ///
    /// @param ofArm  whether it got the arm; else it got control, or is held out
    /// @param chance with what probabilities it was drawn
    /// @param reward what it earned, in [0, 1]: 1 for a conversion, or its winsorised value over the cap
    /// @throws IllegalArgumentException if the reward is out of range
    public double[] logFactors(boolean ofArm, Chance chance, double reward) {
        if (!(reward >= 0 && reward <= 1)) {
            throw new IllegalArgumentException("reward " + reward + " is not in [0, 1]");
        }
        return switch (side) {
            case LOWER ->
                ofArm
                        ? logFactors(-reward * (chance.leastArm() / chance.arm()))
                        : logFactors((1 - margin) * reward * (chance.leastArm() / chance.control()));
            case HIGHER ->
                ofArm
                        ? logFactors(reward / (1 + margin) * (chance.leastControl() / chance.arm()))
                        : logFactors(-reward * (chance.leastControl() / chance.control()));
        };
    }

    private static double[] logFactors(double stake) {
        double[] logs = new double[Bets.COUNT];
        for (int j = 0; j < logs.length; j++) {
            logs[j] = Math.log1p(Bets.share(j) * stake);
        }
        return logs;
    }

    /// What evidence is collected for.
    public enum Side {
        /// The arm earns less than (1 - margin) times what control earns.
        LOWER,
        /// The arm earns more than (1 + margin) times what control earns.
        HIGHER
    }
}
