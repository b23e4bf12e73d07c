package dev.bandolier.bandits.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// A made-up truth: how often each arm converts, and how long a conversion takes. The only place that knows a true
/// rate.
///
/// @param rates     probability that a unit converts, for each arm, in [0, 1]
/// @param meanDelay mean of the exponential time from decision to conversion, not negative
public record World(List<Double> rates, Duration meanDelay) {

    /// Refuses a world without arms, a rate that is no probability and a negative delay; keeps its own copy.
    public World {
        rates = List.copyOf(rates);
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("a world of 0 arms");
        }
        for (double rate : rates) {
            if (!(rate >= 0 && rate <= 1)) {
                throw new IllegalArgumentException("rate " + rate + " is not between 0 and 1");
            }
        }
        if (meanDelay.isNegative()) {
            throw new IllegalArgumentException("mean delay " + meanDelay + " is negative");
        }
    }

    /// Number of arms.
    public int arms() {
        return rates.size();
    }

    /// Whether a unit that was sent to this arm converts.
    public boolean converts(int arm, RandomGenerator random) {
        return random.nextDouble() < rates.get(arm);
    }

    /// How long after its decision a conversion happens.
    public Duration delay(RandomGenerator random) {
        return Duration.ofNanos(Math.round(meanDelay.toNanos() * random.nextExponential()));
    }

    /// The arm that converts most often, the first if several do.
    public int best() {
        return rates.indexOf(bestRate());
    }

    /// What one unit sent to this arm loses on average: the rate of the best arm less its own, not negative.
    public double regret(int arm) {
        return bestRate() - rates.get(arm);
    }

    /// The same rates in an order drawn at random, so that no player profits from the order of arms.
    public World permuted(RandomGenerator random) {
        List<Double> shuffled = new ArrayList<>(rates);
        Collections.shuffle(shuffled, random);
        return new World(shuffled, meanDelay);
    }

    private double bestRate() {
        return Collections.max(rates);
    }
}
