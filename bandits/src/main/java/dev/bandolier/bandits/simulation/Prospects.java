package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.evaluation.Yield;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// What an owner expects of a shop before anything was seen.
///
/// Orders are log-normal with a squared coefficient of variation of 0.9, as those of common shops; they are drawn from
/// twelve values of equal probability that have its mean.
///
/// @param kind     how the objective counts
/// @param units    units per day, positive
/// @param baseline conversions of a unit on average; for conversions and revenue the share that converts, below 1
/// @param order    mean value of the orders of a unit that orders, in minor units, positive; 1 unless revenue is counted
public record Prospects(Kind kind, double units, double baseline, double order) {

    /// Squared coefficient of variation of the value of an order.
    public static final double VARIATION = 0.9;

    /// Normal deviates in the middle of twelve parts of equal probability.
    private static final double[] DEVIATES = {
        -1.7317, -1.1503, -0.8122, -0.5485, -0.3186, -0.1045, 0.1045, 0.3186, 0.5485, 0.8122, 1.1503, 1.7317
    };

    /// What some units came to.
    ///
    /// @param tally the sums
    /// @param alike the same by value: how many had it
    record Takings(Tally tally, List<Alike> alike) {}

    /// Units whose orders are worth the same.
    record Alike(long value, long units) {}

    /// Refuses what is not positive and a share of 1 or more.
    public Prospects {
        boolean rate = baseline > 0 && (kind == Kind.COUNT ? Double.isFinite(baseline) : baseline < 1);
        if (!(rate && units > 0 && Double.isFinite(units) && order > 0 && Double.isFinite(order))) {
            throw new IllegalArgumentException(units + " units a day that earn " + baseline + " x " + order);
        }
    }

    /// What a unit earns on average and how that scatters, in conversions or minor units.
    public Yield perUnit() {
        return switch (kind) {
            case CONVERSION -> Yield.conversions(baseline);
            case REVENUE -> Yield.revenue(baseline, order, VARIATION);
            case COUNT -> Yield.counts(baseline);
        };
    }

    /// What 99 % of orders do not exceed, in minor units: the cap of an owner who names none.
    long usualCap() {
        return Math.max(1, Math.round(order * Math.exp(2.3263 * spread() - spread() * spread() / 2)));
    }

    /// Probability that a unit converts at all at an arm that earns this part of the baseline.
    double converts(double ratio) {
        return kind == Kind.COUNT ? -Math.expm1(-baseline * ratio) : Math.min(baseline * ratio, 1);
    }

    /// What so many units that convert bring at such an arm.
    Takings takings(long converted, double ratio, Objective objective, RandomGenerator random) {
        return switch (kind) {
            case CONVERSION -> new Takings(counted(converted, converted, converted), one(converted));
            case COUNT -> repeats(converted, ratio, random);
            case REVENUE -> orders(converted, objective.cap().orElseGet(this::usualCap), random);
        };
    }

    /// Conversions of units that have at least one: their number is a Poisson number that is not 0.
    private Takings repeats(long converted, double ratio, RandomGenerator random) {
        double mean = baseline * ratio / converts(ratio);
        double square = mean * (1 + baseline * ratio);
        double noise = Math.sqrt(converted * Math.max(square - mean * mean, 0)) * random.nextGaussian();
        long orders = Math.max(converted, Math.round(converted * mean + noise));
        return new Takings(
                counted(converted, orders, Math.max(orders, Math.round(converted * square))), one(converted));
    }

    private Takings orders(long converted, long cap, RandomGenerator random) {
        double[] values = values();
        double[] even = new double[values.length];
        Arrays.fill(even, 1.0 / even.length);
        long[] units = BinomialSampler.among(converted, even, random);
        List<Alike> alike = new ArrayList<>();
        Tally sum = Tally.ZERO;
        for (int i = 0; i < values.length; i++) {
            if (units[i] > 0) {
                long raw = Math.max(1, Math.round(values[i]));
                long value = Math.min(raw, cap);
                alike.add(new Alike(value, units[i]));
                BigInteger n = BigInteger.valueOf(units[i]);
                sum = sum.plus(new Tally(
                        0,
                        units[i],
                        units[i],
                        units[i],
                        Math.multiplyExact(units[i], value),
                        BigInteger.valueOf(value).pow(2).multiply(n),
                        Math.multiplyExact(units[i], raw),
                        BigInteger.valueOf(raw).pow(2).multiply(n)));
            }
        }
        return new Takings(sum, alike);
    }

    private double[] values() {
        double[] values = new double[DEVIATES.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(spread() * DEVIATES[i]);
            sum += values[i];
        }
        for (int i = 0; i < values.length; i++) {
            values[i] *= order * values.length / sum;
        }
        return values;
    }

    private static double spread() {
        return Math.sqrt(Math.log1p(VARIATION));
    }

    private static List<Alike> one(long converted) {
        return List.of(new Alike(0, converted));
    }

    private static Tally counted(long converted, long orders, long ordersSq) {
        return new Tally(0, converted, orders, ordersSq, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
    }
}
