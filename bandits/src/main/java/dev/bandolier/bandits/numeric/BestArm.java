package dev.bandolier.bandits.numeric;

import static dev.bandolier.bandits.numeric.GaussLegendre.NODES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The probability of each arm to be the best: P_i = integral of f_i(z) times the product of F_j(z) over the others
/// (`methods.md` 3.1).
///
/// One sweep from left to right over a grid that all arms share. It starts where the last arm begins, since to the
/// left of that point some arm is certainly better; every interval is as wide as the finest density that has not
/// ended allows; an arm that has ended has F = 1 and is left behind. Distribution functions are running integrals of
/// the densities, so an arm costs one evaluation of its density per node and a single evaluation of its distribution
/// function, at the start.
public final class BestArm {

    /// How far the probabilities may be from 1 together before they are scaled to it.
    private static final double TOLERANCE = 1e-6;

    /// Far more than any beliefs need (a hundred arms of very different widths take about thirty): a sweep that gets
    /// nowhere must end.
    private static final int INTERVALS_MAX = 100_000;

    private final List<Swept> open = new ArrayList<>();
    private final double[] best;

    private BestArm(List<? extends Density> arms) {
        best = new double[arms.size()];
        double start = Double.NEGATIVE_INFINITY;
        for (Density arm : arms) {
            start = Math.max(start, arm.lower());
        }
        for (int i = 0; i < best.length; i++) {
            Density arm = arms.get(i);
            if (arm.upper() > start) {
                open.add(new Swept(i, arm, arm.lower() < start ? arm.cumulative(start) : 0));
            }
        }
        sweep(start);
    }

    /// The probability of each of these arms, at least one, to be better than all others.
    ///
    /// @throws IllegalArgumentException if there is no arm
    /// @throws ArithmeticException      if the probabilities do not sum to 1 within 1e-6, or the sweep does not
    ///                                  end:
    ///                                  the densities are not what they claim
    public static double[] probabilities(List<? extends Density> arms) {
        if (arms.isEmpty()) {
            throw new IllegalArgumentException("none of 0 arms is best");
        }
        double[] best = new BestArm(arms).best;
        double sum = 0;
        for (double p : best) {
            sum += p;
        }
        if (!(Math.abs(sum - 1) < TOLERANCE)) {
            throw new ArithmeticException("probabilities of being best sum to " + sum + ", not 1");
        }
        for (int i = 0; i < best.length; i++) {
            best[i] /= sum;
        }
        return best;
    }

    private void sweep(double start) {
        double z = start;
        for (int n = 0; !open.isEmpty(); n++) {
            if (n == INTERVALS_MAX) {
                throw new ArithmeticException(
                        "more than " + INTERVALS_MAX + " intervals from " + start + ", reached " + z);
            }
            double width = Double.POSITIVE_INFINITY;
            for (Swept arm : open) {
                width = Math.min(width, arm.density.grain(z));
            }
            interval(z, width);
            z += width;
            double reached = z;
            open.removeIf(arm -> arm.density.upper() <= reached);
        }
    }

    /// Adds what one interval contributes. The product over all other arms is that over the arms before times that
    /// over the arms after: no division by a distribution function that may be zero.
    private void interval(double from, double width) {
        double[] product = new double[NODES];
        Arrays.fill(product, 1);
        for (Swept arm : open) {
            arm.advance(from, width);
            for (int i = 0; i < NODES; i++) {
                arm.wins[i] = arm.at[i] * product[i];
                product[i] *= arm.below[i];
            }
        }
        Arrays.fill(product, 1);
        for (Swept arm : open.reversed()) {
            for (int i = 0; i < NODES; i++) {
                arm.wins[i] *= product[i];
                product[i] *= arm.below[i];
            }
            best[arm.index] += width / 2 * GaussLegendre.integral(arm.wins);
        }
    }

    /// One arm during the sweep, with its values at the nodes of the current interval.
    private static final class Swept {

        private final int index;
        private final Density density;

        /// Density.
        private final double[] at = new double[NODES];

        /// Distribution function.
        private final double[] below = new double[NODES];

        /// Density of winning there: the density times the distribution functions of the others.
        private final double[] wins = new double[NODES];

        /// Distribution function at the left end of the next interval.
        private double reached;

        private Swept(int index, Density density, double reached) {
            this.index = index;
            this.density = density;
            this.reached = reached;
        }

        private void advance(double from, double width) {
            double half = width / 2;
            for (int i = 0; i < NODES; i++) {
                at[i] = density.at(from + half * (1 + GaussLegendre.node(i)));
            }
            for (int i = 0; i < NODES; i++) {
                below[i] = Math.max(reached + half * GaussLegendre.integralTo(i, at), 0);
            }
            reached += half * GaussLegendre.integral(at);
        }
    }
}
