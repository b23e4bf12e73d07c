package dev.bandolier.bandits;

import java.util.Arrays;

/// A floor and a ceiling for the share of every arm.
///
/// An allocation is brought within them by `p_i' = clip(c p_i, floor_i, ceiling_i)` with the one c for which the sum
/// is 1 (`methods.md` 3.2): arms that stay inside keep their proportions. Immutable.
public final class Bounds {

    /// How far floors may exceed, or ceilings fall short of, the sum 1 by rounding.
    private static final double ROUNDING = Allocation.TOLERANCE / 2;

    /// Logarithm that stands for a probability of 0: below that of every positive double, so that arms of probability
    /// 0 get more than their floor only when all others are at their ceiling.
    private static final double LOG_ZERO = -800;

    /// The greatest |ln c| that can matter: it lifts even [#LOG_ZERO] above 1.
    private static final double LOG_SCALE_MAX = 900;

    /// Halvings of [-900, 900] down to the resolution of a double.
    private static final int HALVINGS = 64;

    private final double[] floors;
    private final double[] ceilings;

    private Bounds(double[] floors, double[] ceilings) {
        this.floors = floors;
        this.ceilings = ceilings;
    }

    /// Bounds with a floor and a ceiling for each arm.
    ///
    /// @throws IllegalArgumentException if they differ in number, are not 0 <= floor <= ceiling <= 1, or leave no
    ///                                  allocation: floors that sum to more than 1, ceilings to less
    public static Bounds of(double[] floors, double[] ceilings) {
        if (floors.length != ceilings.length) {
            throw new IllegalArgumentException(floors.length + " floors and " + ceilings.length + " ceilings");
        }
        for (int i = 0; i < floors.length; i++) {
            if (!(0 <= floors[i] && floors[i] <= ceilings[i] && ceilings[i] <= 1)) {
                throw new IllegalArgumentException("floor " + floors[i] + " and ceiling " + ceilings[i] + " of arm " + i
                        + " are not 0 <= floor <= ceiling <= 1");
            }
        }
        double least = Arrays.stream(floors).sum();
        if (least > 1 + ROUNDING) {
            throw new IllegalArgumentException(
                    "floors " + Arrays.toString(floors) + " sum to " + least + ", more than 1");
        }
        double most = Arrays.stream(ceilings).sum();
        if (most < 1 - ROUNDING) {
            throw new IllegalArgumentException(
                    "ceilings " + Arrays.toString(ceilings) + " sum to " + most + ", less than 1");
        }
        return new Bounds(floors.clone(), ceilings.clone());
    }

    /// The same floor for so many arms, and no ceiling.
    ///
    /// @throws IllegalArgumentException if the floors sum to more than 1
    public static Bounds floor(double floor, int arms) {
        double[] floors = new double[arms];
        double[] ceilings = new double[arms];
        Arrays.fill(floors, floor);
        Arrays.fill(ceilings, 1);
        return of(floors, ceilings);
    }

    /// The allocation within these bounds that is closest in proportions: itself, if it is within them.
    ///
    /// @throws IllegalArgumentException if it is over another number of arms
    public Allocation project(Allocation allocation) {
        if (allocation.arms() != floors.length) {
            throw new IllegalArgumentException("bounds of " + floors.length + " arms for " + allocation.arms());
        }
        double[] logs = allocation.probabilities();
        boolean within = true;
        for (int i = 0; i < logs.length; i++) {
            within &= floors[i] <= logs[i] && logs[i] <= ceilings[i];
            logs[i] = logs[i] > 0 ? Math.log(logs[i]) : LOG_ZERO;
        }
        return within ? allocation : Allocation.of(scaled(logs, scale(logs)));
    }

    /// The other way to a floor: every arm gets it, and what is left is shared in proportion to what each had above it,
    /// p_i' = f + (1 - K f) (p_i - f)^+ / sum of (p - f)^+.
    ///
    /// Agrees with [#project] if a single arm is above the floor; otherwise it takes more from the leaders, whose
    /// proportions it does not keep. Here for comparison with experiments that were allocated so [1].
    ///
    /// [1] V. Hadad et al., Confidence intervals for policy evaluation in adaptive experiments, PNAS 118 (2021).
    ///
    /// @throws IllegalArgumentException if the floors sum to more than 1
    public static Allocation shrinkExcess(Allocation allocation, double floor) {
        double[] shares = floor(floor, allocation.arms()).floors.clone();
        double left = Math.max(1 - floor * shares.length, 0);
        double above = 0;
        for (double share : allocation.probabilities()) {
            above += Math.max(share - floor, 0);
        }
        for (int i = 0; above > 0 && i < shares.length; i++) {
            shares[i] += left * (Math.max(allocation.probability(i) - floor, 0) / above);
        }
        return Allocation.proportional(shares);
    }

    /// ln c by bisection: the sum of the clipped shares never falls with c.
    private double scale(double[] logs) {
        double low = -LOG_SCALE_MAX;
        double high = LOG_SCALE_MAX;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (sum(logs, middle) < 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private double sum(double[] logs, double scale) {
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            sum += clip(i, Math.exp(logs[i] + scale));
        }
        return sum;
    }

    /// The clipped shares, those strictly inside rescaled by what bisection left over, so that the sum is 1 but for
    /// rounding.
    private double[] scaled(double[] logs, double scale) {
        double[] shares = new double[logs.length];
        double clipped = 0;
        double inside = 0;
        for (int i = 0; i < shares.length; i++) {
            shares[i] = clip(i, Math.exp(logs[i] + scale));
            if (inside(i, shares[i])) {
                inside += shares[i];
            } else {
                clipped += shares[i];
            }
        }
        for (int i = 0; i < shares.length; i++) {
            if (inside(i, shares[i])) {
                shares[i] = clip(i, shares[i] * ((1 - clipped) / inside));
            }
        }
        return shares;
    }

    private double clip(int arm, double share) {
        return Math.clamp(share, floors[arm], ceilings[arm]);
    }

    private boolean inside(int arm, double share) {
        return floors[arm] < share && share < ceilings[arm];
    }
}
