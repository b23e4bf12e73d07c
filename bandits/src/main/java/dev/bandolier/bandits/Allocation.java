package dev.bandolier.bandits;

import java.util.Arrays;

/// The probability with which each arm is served until the next snapshot, in the order of the definition's arms.
///
/// Immutable. Thompson sampling draws from every posterior for every visitor; we integrate instead, once per
/// snapshot, so that a decision costs one hash and one walk, and the logged propensity is the exact one.
public final class Allocation {

    /// How far the sum of probabilities may be from 1.
    static final double TOLERANCE = 1e-12;

    private final double[] probabilities;

    /// Running sums, exactly 1 from the last arm that can be drawn.
    private final double[] cumulative;

    private Allocation(double[] probabilities) {
        this.probabilities = probabilities;
        cumulative = new double[probabilities.length];
        double sum = 0;
        int last = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += probabilities[i];
            cumulative[i] = sum;
            last = probabilities[i] > 0 ? i : last;
        }
        Arrays.fill(cumulative, last, cumulative.length, 1);
    }

    /// The allocation with these probabilities.
    ///
    /// @throws IllegalArgumentException if one is negative or not a number, or if they do not sum to 1 within 1e-12
    public static Allocation of(double... probabilities) {
        double total = 0;
        for (double p : probabilities) {
            if (!(p >= 0)) {
                throw new IllegalArgumentException("probability " + p + " is negative or not a number");
            }
            total += p;
        }
        if (!(Math.abs(total - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException("probabilities sum to " + total + ", not 1");
        }
        return new Allocation(probabilities.clone());
    }

    /// The allocation proportional to these weights.
    ///
    /// @throws IllegalArgumentException if one is negative, not a number or infinite, or none is positive
    public static Allocation proportional(double... weights) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("an allocation over 0 arms; at least one is needed");
        }
        double total = 0;
        for (double w : weights) {
            if (!(w >= 0)) {
                throw new IllegalArgumentException("weight " + w + " is negative or not a number");
            }
            total += w;
        }
        if (!(total > 0) || Double.isInfinite(total)) {
            throw new IllegalArgumentException("weights sum to " + total);
        }
        double[] probabilities = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            probabilities[i] = weights[i] / total;
        }
        return new Allocation(probabilities);
    }

    /// The same probability for each of so many arms.
    public static Allocation uniform(int arms) {
        double[] weights = new double[arms];
        Arrays.fill(weights, 1);
        return proportional(weights);
    }

    /// The allocation that gives everything to the arm with the highest score; arms that tie for it share equally.
    ///
    /// @param scores one per arm, infinities allowed
    /// @throws IllegalArgumentException if there is none, or one is not a number
    public static Allocation highest(double... scores) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("a score of " + Arrays.toString(scores) + " is not a number");
            }
            highest = Math.max(highest, score);
        }
        double[] weights = new double[scores.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = scores[i] == highest ? 1 : 0;
        }
        return proportional(weights);
    }

    /// Number of arms.
    public int arms() {
        return probabilities.length;
    }

    /// Probability of the arm at this position.
    public double probability(int arm) {
        return probabilities[arm];
    }

    /// A copy of the probabilities.
    public double[] probabilities() {
        return probabilities.clone();
    }

    /// The arm that is drawn by this fraction, in [0, 1): the first whose cumulative probability exceeds it; never an
    /// arm of probability 0. Allocates nothing.
    ///
    /// @throws IllegalArgumentException if the fraction is not in [0, 1)
    public int armAt(double fraction) {
        if (!(fraction >= 0 && fraction < 1)) {
            throw new IllegalArgumentException("fraction " + fraction + " is not in [0, 1)");
        }
        int arm = 0;
        while (cumulative[arm] <= fraction) {
            arm++;
        }
        return arm;
    }

    /// This allocation over the eligible arms alone: their probabilities scaled to the sum 1 and 0 for the others. If
    /// every eligible arm has probability 0 they share equally.
    ///
    /// @param eligible one entry per arm
    /// @throws IllegalArgumentException if no arm is eligible, or if there is not one entry per arm
    public Allocation among(boolean[] eligible) {
        if (eligible.length != probabilities.length) {
            throw new IllegalArgumentException(
                    eligible.length + " entries of eligibility for " + probabilities.length + " arms");
        }
        double[] kept = new double[probabilities.length];
        double[] equal = new double[probabilities.length];
        int count = 0;
        double sum = 0;
        for (int i = 0; i < kept.length; i++) {
            if (eligible[i]) {
                kept[i] = probabilities[i];
                equal[i] = 1;
                sum += kept[i];
                count++;
            }
        }
        if (count == 0) {
            throw new IllegalArgumentException("none of " + kept.length + " arms is eligible");
        }
        return count == kept.length ? this : proportional(sum > 0 ? kept : equal);
    }

    /// Total variation distance to another allocation over the same arms: half the sum of absolute differences, in
    /// [0, 1].
    ///
    /// @throws IllegalArgumentException if the other is over another number of arms
    public double distance(Allocation other) {
        if (other.arms() != arms()) {
            throw new IllegalArgumentException("an allocation over " + arms() + " arms and one over " + other.arms());
        }
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += Math.abs(probabilities[i] - other.probabilities[i]);
        }
        return sum / 2;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Allocation that && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(probabilities);
    }

    @Override
    public String toString() {
        return Arrays.toString(probabilities);
    }
}
