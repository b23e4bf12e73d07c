package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.BetaPosterior;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;

/// Thompson sampling as the textbooks have it, for checking ours: a draw from every posterior for every unit, which
/// goes to the arm with the highest.
///
/// @param prior what is believed of every arm before the first unit
public record ThompsonSampler(BetaPosterior prior) implements Player {

    @Override
    public IntSupplier turn(Standing standing, RandomGenerator random) {
        return () -> {
            int best = 0;
            double highest = -1;
            for (int arm = 0; arm < standing.arms(); arm++) {
                double conversions = standing.conversions(arm);
                double draw = GammaSampler.beta(
                        prior.alpha() + conversions, prior.beta() + standing.exposures(arm) - conversions, random);
                if (draw > highest) {
                    highest = draw;
                    best = arm;
                }
            }
            return best;
        };
    }
}
