package dev.bandolier.bandits;

import java.util.Arrays;
import java.util.List;

/// Top-two Thompson sampling, for naming a winner soon rather than earning: a share `beta` of the units gets the arm
/// that a draw from the posteriors finds best; for the others draws are repeated until another arm is (`methods.md`
/// 3.3). Here, too, in closed form from the probabilities of being best: with these P_i, arm i gets
///
///     P_i (beta + (1 - beta) sum over j != i of P_j / (1 - P_j)).
///
/// With two arms and `beta` 1/2 that is uniform for ever: it identifies, it does not earn.
///
/// [1] D. Russo, Simple Bayesian algorithms for best-arm identification, Operations Research 68 (2020).
///
/// @param beta share that goes to the first of the two, in (0, 1]; 1 is [Thompson]
public record TopTwo(double beta) implements Policy {

    /// The least probability that somebody other than the leader is best: what is less is rounding in 1 - P, and the
    /// second place must not depend on it.
    private static final double DOUBT = 1e-9;

    /// Probabilities of being best that quadrature cannot tell apart; arms this far behind are equally good seconds.
    private static final double NOISE = 1e-15;

    /// Refuses a share out of range.
    public TopTwo {
        if (!(beta > 0 && beta <= 1)) {
            throw new IllegalArgumentException("beta " + beta + " is not between 0, excluded, and 1");
        }
    }

    /// Half and half, Russo's choice.
    public static TopTwo even() {
        return new TopTwo(0.5);
    }

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return spread(new Thompson().allocate(contenders, exposures));
    }

    /// What top-two sampling makes of the probabilities of being best.
    Allocation spread(Allocation best) {
        if (best.arms() == 1) {
            return best;
        }
        double[] p = doubted(best.probabilities());
        double odds = 0;
        for (double each : p) {
            odds += each / (1 - each);
        }
        double[] shares = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            shares[i] = p[i] * (beta + (1 - beta) * Math.max(odds - p[i] / (1 - p[i]), 0));
        }
        return Allocation.proportional(shares);
    }

    /// These probabilities with a leader of at most 1 - 1e-9; what is taken from it, the others have in proportion.
    private static double[] doubted(double[] p) {
        for (int leader = 0; leader < p.length; leader++) {
            if (p[leader] > 1 - DOUBT) {
                p[leader] = 0;
                double others = Arrays.stream(p).sum() + (p.length - 1) * NOISE;
                for (int i = 0; i < p.length; i++) {
                    p[i] = i == leader ? 1 - DOUBT : DOUBT * ((p[i] + NOISE) / others);
                }
                return p;
            }
        }
        return p;
    }
}
