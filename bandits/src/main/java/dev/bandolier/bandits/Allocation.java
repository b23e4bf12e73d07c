package dev.bandolier.bandits;

import java.util.Arrays;

/// The probability with which each arm is served until the next snapshot, in the order of the definition's arms.
///
/// Immutable. Thompson sampling draws from every posterior for every visitor; we integrate instead, once per snapshot, so that
/// a decision costs one hash and one walk, and the logged propensity is the exact one.
public final class Allocation {

    /// How far the sum of probabilities may be from 1.
    static final double TOLERANCE = 1e-12;

    private final double[] probabilities;

    private Allocation(double[] probabilities) {
        this.probabilities = probabilities;
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
    /// @throws IllegalArgumentException if one is negative, or none is positive
    public static Allocation proportional(double... weights) {
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

    /// Total variation distance to another allocation over the same arms: half the sum of absolute differences, in [0, 1].
    public double distance(Allocation other) {
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
