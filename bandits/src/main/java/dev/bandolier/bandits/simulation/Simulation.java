package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A policy that plays against a world: units arrive in batches, all of a batch are drawn from one allocation, and
/// what they earned is known when the next one starts.
///
/// @param world   the truth
/// @param policy  how beliefs become shares
/// @param prior   what is believed of every arm before the first unit
/// @param horizon units to play, positive
/// @param batch   units between two allocations, positive
public record Simulation(World world, Policy policy, BetaPosterior prior, int horizon, int batch) {

    /// What one run came to.
    ///
    /// @param exposures   units sent to each arm
    /// @param conversions units of these that converted
    /// @param regret      pseudo-regret: what each unit loses on average at its arm, summed
    public record Outcome(List<Long> exposures, List<Long> conversions, double regret) {

        /// Keeps its own copies.
        public Outcome {
            exposures = List.copyOf(exposures);
            conversions = List.copyOf(conversions);
        }
    }

    /// Refuses a horizon and a batch that are not positive.
    public Simulation {
        if (horizon <= 0) {
            throw new IllegalArgumentException("horizon " + horizon + " is not positive");
        }
        if (batch <= 0) {
            throw new IllegalArgumentException("batch " + batch + " is not positive");
        }
    }

    /// One run; the same random source gives the same run.
    public Outcome play(RandomGenerator random) {
        long[] exposures = new long[world.arms()];
        long[] conversions = new long[world.arms()];
        for (int played = 0; played < horizon; played += batch) {
            Allocation allocation = policy.allocate(posteriors(exposures, conversions), played);
            int units = Math.min(batch, horizon - played);
            for (int unit = 0; unit < units; unit++) {
                int arm = allocation.armAt(random.nextDouble());
                exposures[arm]++;
                conversions[arm] += world.converts(arm, random) ? 1 : 0;
            }
        }
        double regret = IntStream.range(0, exposures.length)
                .mapToDouble(arm -> exposures[arm] * world.regret(arm))
                .sum();
        return new Outcome(
                Arrays.stream(exposures).boxed().toList(),
                Arrays.stream(conversions).boxed().toList(),
                regret);
    }

    private List<BetaPosterior> posteriors(long[] exposures, long[] conversions) {
        return IntStream.range(0, exposures.length)
                .mapToObj(arm -> prior.after((double) conversions[arm], (double) exposures[arm]))
                .toList();
    }
}
