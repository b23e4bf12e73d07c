package dev.bandolier.bandits.evaluation;

import dev.bandolier.bandits.evaluation.Stratum.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Units one by one, and the estimates as `methods.md` 8 writes them, a number for each unit: slow, and without any
/// of the algebra that the product needs to do it from sums.
///
/// @param units every unit
/// @param arms  number of arms
record AipwOracle(List<Unit> units, int arms) {

    /// One unit: what stratum it is of, the arm it got and what it earned.
    record Unit(int stratum, List<Double> propensities, List<Double> guesses, int arm, double earned) {

        /// What we believe that an arm would have earned with it.
        double gamma(int other) {
            double guess = guesses.get(other);
            return arm == other ? guess + (earned - guess) / propensities.get(other) : guess;
        }

        /// What an even split would have earned, over the arms that could be drawn.
        double even() {
            return IntStream.range(0, propensities.size())
                    .filter(other -> propensities.get(other) > 0)
                    .mapToDouble(this::gamma)
                    .average()
                    .orElseThrow();
        }
    }

    /// Units in strata of random probabilities, guesses and rewards; an arm is missing from a stratum now and then.
    static AipwOracle random(long seed, int arms, int strata, int unitsPerStratum) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Unit> units = new ArrayList<>();
        for (int stratum = 0; stratum < strata; stratum++) {
            double[] propensities = new double[arms];
            double sum = 0;
            for (int arm = 0; arm < arms; arm++) {
                boolean missing = arm != stratum % arms && random.nextDouble() < 0.2;
                propensities[arm] = missing ? 0 : 0.05 + random.nextDouble();
                sum += propensities[arm];
            }
            double[] guesses = new double[arms];
            for (int arm = 0; arm < arms; arm++) {
                propensities[arm] /= sum;
                guesses[arm] = 3 * random.nextDouble();
            }
            for (int i = 0; i < unitsPerStratum; i++) {
                int arm = draw(propensities, random.nextDouble());
                double earned = random.nextDouble() < 0.4 ? 0 : (1 + arm) * random.nextExponential();
                units.add(new Unit(stratum, list(propensities), list(guesses), arm, earned));
            }
        }
        return new AipwOracle(units, arms);
    }

    private static List<Double> list(double... numbers) {
        return DoubleStream.of(numbers).boxed().toList();
    }

    private static int draw(double[] propensities, double fraction) {
        int last = 0;
        double left = fraction;
        for (int arm = 0; arm < propensities.length; arm++) {
            if (propensities[arm] > 0) {
                last = arm;
                left -= propensities[arm];
                if (left < 0) {
                    return arm;
                }
            }
        }
        return last;
    }

    /// The sums of these units.
    List<Stratum> strata() {
        return units.stream()
                .map(Unit::stratum)
                .distinct()
                .map(number -> {
                    List<Unit> own = units.stream()
                            .filter(unit -> unit.stratum() == number)
                            .toList();
                    return new Stratum(IntStream.range(0, arms)
                            .mapToObj(arm -> new Drawn(
                                    own.getFirst().propensities().get(arm),
                                    own.getFirst().guesses().get(arm),
                                    sums(own, arm)))
                            .toList());
                })
                .toList();
    }

    private static Sums sums(List<Unit> units, int arm) {
        double[] earned = units.stream()
                .filter(unit -> unit.arm() == arm)
                .mapToDouble(Unit::earned)
                .toArray();
        double sum = 0;
        double squares = 0;
        for (double each : earned) {
            sum += each;
            squares += each * each;
        }
        return new Sums(earned.length, sum, squares);
    }

    /// Those for which these arms could be drawn.
    AipwOracle with(int... needed) {
        return new AipwOracle(
                units.stream()
                        .filter(unit -> IntStream.of(needed)
                                .allMatch(arm -> unit.propensities().get(arm) > 0))
                        .toList(),
                arms);
    }

    /// Q = sum h s / sum h, se^2 = sum h^2 (s - Q)^2 / (sum h)^2.
    Estimate mean(ToDoubleFunction<Unit> score, ToDoubleFunction<Unit> weight) {
        double weights = units.stream().mapToDouble(weight).sum();
        double mean = units.stream()
                        .mapToDouble(unit -> weight.applyAsDouble(unit) * score.applyAsDouble(unit))
                        .sum()
                / weights;
        double squares = units.stream()
                .mapToDouble(unit -> {
                    double part = weight.applyAsDouble(unit) * (score.applyAsDouble(unit) - mean);
                    return part * part;
                })
                .sum();
        return new Estimate(mean, Math.sqrt(squares) / weights);
    }

    /// The ratio of two such means less 1, with the textbook delta method: the variances and the covariance of the
    /// two.
    Estimate ratio(ToDoubleFunction<Unit> upper, ToDoubleFunction<Unit> lower, ToDoubleFunction<Unit> weight) {
        Estimate one = mean(upper, weight);
        Estimate other = mean(lower, weight);
        double weights = units.stream().mapToDouble(weight).sum();
        double covariance = units.stream()
                        .mapToDouble(unit -> {
                            double h = weight.applyAsDouble(unit);
                            return h
                                    * h
                                    * (upper.applyAsDouble(unit) - one.value())
                                    * (lower.applyAsDouble(unit) - other.value());
                        })
                        .sum()
                / (weights * weights);
        double ratio = one.value() / other.value();
        double variance =
                one.error() * one.error() - 2 * ratio * covariance + ratio * ratio * other.error() * other.error();
        return new Estimate(ratio - 1, Math.sqrt(variance) / other.value());
    }
}
