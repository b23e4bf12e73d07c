package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Policy;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// A policy of the product as it serves: exact shares once a turn, then one draw for each unit.
///
/// @param policy how beliefs become shares
/// @param prior  what is believed of every arm before the first unit
public record PolicyPlayer(Policy policy, BetaPosterior prior) implements Player {

    @Override
    public IntSupplier turn(Standing standing, RandomGenerator random) {
        List<Contender> contenders = IntStream.range(0, standing.arms())
                .mapToObj(arm -> contender(arm, standing))
                .toList();
        Allocation allocation = policy.allocate(contenders, standing.played());
        return () -> allocation.armAt(random.nextDouble());
    }

    private Contender contender(int arm, Standing standing) {
        double exposures = standing.exposures(arm);
        double conversions = standing.conversions(arm);
        return new Contender(Integer.toString(arm), prior.after(conversions, exposures), exposures, conversions);
    }
}
