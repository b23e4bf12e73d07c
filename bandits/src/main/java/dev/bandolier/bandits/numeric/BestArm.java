package dev.bandolier.bandits.numeric;

import static dev.bandolier.bandits.numeric.GaussLegendre.NODES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The probability of each arm to be the best: P_i = integral of f_i(z) times the product of F_j(z) over the others
/// (`methods.md` 3.1); and the expected value of the best, whose density is the sum of these integrands.
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
    private double expectedMax;

    /// The product of the distribution functions of the arms that have ended: 1, but for what lies beyond the scale.
    private double ended = 1;

    private BestArm(List<? extends Density> arms) {
        best = new double[arms.size()];
        double start = Double.NEGATIVE_INFINITY;
        for (Density arm : arms) {
            start = Math.max(start, arm.lower());
        }
        for (int i = 0; i < best.length; i++) {
            Density arm = arms.get(i);
            best[i] = arm.beyond();
            if (arm.upper() > start) {
                open.add(new Swept(i, arm, arm.lower() < start ? arm.cumulative(start) : 0));
            } else {
                ended *= 1 - arm.beyond();
            }
        }
        sweep(start, arms.getFirst());
        scale();
    }

    /// What there is to know of the best of these arms, at least one.
    ///
    /// @param arms of one kind, on one scale; at most one of them may lie beyond it
    /// @throws IllegalArgumentException if there is no arm
    /// @throws ArithmeticException      if the probabilities do not sum to 1 within 1e-6, or the sweep does not
    ///                                  end:
    ///                                  the densities are not what they claim
    public static BestArm of(List<? extends Density> arms) {
        if (arms.isEmpty()) {
            throw new IllegalArgumentException("none of 0 arms is best");
        }
        return new BestArm(arms);
    }

    /// The probability of each of these arms to be better than all others; see [#of].
    public static double[] probabilities(List<? extends Density> arms) {
        return of(arms).probabilities();
    }

    /// The probability of each arm to be better than all others.
    public double[] probabilities() {
        return best.clone();
    }

    /// The expected value of the best arm; without meaning if an arm lies beyond the scale.
    public double expectedMax() {
        return expectedMax;
    }

    private void scale() {
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
        expectedMax /= sum;
    }

    /// @param scale any of the arms: all have the same scale
    private void sweep(double start, Density scale) {
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
            interval(z, width, scale);
            z += width;
            double reached = z;
            open.removeIf(arm -> arm.density.upper() <= reached && end(arm));
        }
    }

    private boolean end(Swept arm) {
        ended *= 1 - arm.density.beyond();
        return true;
    }

    /// Adds what one interval contributes. The product over all other arms is that over the arms before times that
    /// over the arms after: no division by a distribution function that may be zero.
    private void interval(double from, double width, Density scale) {
        double[] product = new double[NODES];
        Arrays.fill(product, ended);
        for (Swept arm : open) {
            arm.advance(from, width);
            for (int i = 0; i < NODES; i++) {
                arm.wins[i] = arm.at[i] * product[i];
                product[i] *= arm.below[i];
            }
        }
        Arrays.fill(product, 1);
        double[] won = new double[NODES];
        for (Swept arm : open.reversed()) {
            for (int i = 0; i < NODES; i++) {
                arm.wins[i] *= product[i];
                product[i] *= arm.below[i];
                won[i] += arm.wins[i];
            }
            best[arm.index] += width / 2 * GaussLegendre.integral(arm.wins);
        }
        for (int i = 0; i < NODES; i++) {
            won[i] *= scale.value(from + width / 2 * (1 + GaussLegendre.node(i)));
        }
        expectedMax += width / 2 * GaussLegendre.integral(won);
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
