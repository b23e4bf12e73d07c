package dev.bandolier.bandits;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Softmax, or Boltzmann exploration: shares proportional to exp(mean / temperature) (`methods.md` 3.3).
///
/// Without a temperature of its own it takes the pooled standard deviation of the beliefs about the means, so that arms
/// are told apart as soon as the evidence does.
///
/// @param temperature difference of means at which one arm gets e times the share of the other, in units of the reward,
///                    positive; empty for the pooled standard deviation
public record Softmax(OptionalDouble temperature) implements Policy {

    /// Refuses a temperature that is not positive and finite.
    public Softmax {
        double given = temperature.orElse(1);
        if (!(given > 0 && given < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("temperature " + given + " is not a positive, finite number");
        }
    }

    /// Softmax that cools as evidence grows.
    public static Softmax pooled() {
        return new Softmax(OptionalDouble.empty());
    }

    /// Softmax of one temperature for ever.
    public static Softmax fixed(double temperature) {
        return new Softmax(OptionalDouble.of(temperature));
    }

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        double[] weights =
                contenders.stream().mapToDouble(each -> each.posterior().mean()).toArray();
        double highest = Arrays.stream(weights).max().orElse(Double.NaN);
        double heat = temperature.orElseGet(() -> deviation(contenders));
        for (int i = 0; i < weights.length; i++) {
            // An arm as good as the best has weight 1 at any temperature, also at one that rounds to 0.
            weights[i] = weights[i] == highest ? 1 : Math.exp((weights[i] - highest) / heat);
        }
        return Allocation.proportional(weights);
    }

    /// Root of the mean variance of the beliefs.
    private static double deviation(List<Contender> contenders) {
        return Math.sqrt(contenders.stream()
                .mapToDouble(each -> each.posterior().variance())
                .average()
                .orElse(Double.NaN));
    }
}
