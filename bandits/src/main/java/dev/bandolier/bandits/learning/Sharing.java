package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.FixedSplit;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot.Phase;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.Uniform;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// From beliefs to shares: warm-up or policy over the live arms, then the limits; nothing for the other arms, all for
/// control if none is live. Immutable.
final class Sharing {

    /// Conversions per live arm that end the warm-up however unevenly they came (`methods.md` 1.1).
    private static final double CONVERSIONS_PER_ARM = 5;

    private final Definition definition;
    private final ToDoubleFunction<Evidence.Sums> reward;
    private final List<Integer> live = new ArrayList<>();
    private final List<Limits.LiveArm> limited = new ArrayList<>();
    private final Phase phase;

    /// The shares of an experiment whose units came to this at each arm.
    ///
    /// @param reward what a policy that knows no prior is told was earned
    Sharing(Definition definition, ToDoubleFunction<Evidence.Sums> reward, List<Evidence.Sums> pooled) {
        this.definition = definition;
        this.reward = reward;
        List<Arm> arms = definition.arms();
        double conversions = 0;
        double least = Double.POSITIVE_INFINITY;
        double leastAdded = Double.POSITIVE_INFINITY;
        for (int i = 0; i < arms.size(); i++) {
            if (arms.get(i).live()) {
                double mature = pooled.get(i).mature();
                // Who fixes the shares fixes those of a new arm, too: there is no belief to be carried away by.
                boolean joined = learns(definition.policy())
                        && arms.get(i).since().isPresent()
                        && mature < Limits.NEW_ARM_EXPOSURES;
                live.add(i);
                limited.add(new Limits.LiveArm(arms.get(i).control(), joined));
                conversions += pooled.get(i).orders();
                if (arms.get(i).since().isPresent()) {
                    leastAdded = Math.min(leastAdded, mature);
                } else {
                    least = Math.min(least, mature);
                }
            }
        }
        // An arm that was added later is held back by its ceiling, and what is known of the others stays known.
        double known = least < Double.POSITIVE_INFINITY ? least : leastAdded;
        boolean heard = known >= definition.limits().warmUp() || conversions >= CONVERSIONS_PER_ARM * live.size();
        phase = learns(definition.policy()) && !heard ? Phase.WARMING_UP : Phase.LEARNING;
    }

    /// Who decides.
    Phase phase() {
        return phase;
    }

    /// The share of each arm, in the order of the definition.
    ///
    /// @param posteriors what is believed of each arm
    /// @param sums       what its units came to
    /// @param best       its probability to be the best live arm
    double[] shares(List<Posterior> posteriors, List<Evidence.Sums> sums, double[] best, long exposures) {
        double[] shares = new double[posteriors.size()];
        if (live.isEmpty()) {
            shares[definition.controlIndex()] = 1;
            return shares;
        }
        Allocation bounded = definition.limits().bounds(limited).project(wanted(posteriors, sums, best, exposures));
        for (int i = 0; i < live.size(); i++) {
            shares[live.get(i)] = bounded.probability(i);
        }
        return shares;
    }

    private Allocation wanted(List<Posterior> posteriors, List<Evidence.Sums> sums, double[] best, long exposures) {
        if (phase == Phase.WARMING_UP) {
            return Allocation.uniform(live.size());
        }
        if (definition.policy() instanceof Thompson) {
            // What it would integrate once more.
            return Allocation.proportional(
                    live.stream().mapToDouble(i -> best[i]).toArray());
        }
        List<Contender> contenders = new ArrayList<>();
        for (int i : live) {
            contenders.add(new Contender(
                    definition.arms().get(i).key(),
                    posteriors.get(i),
                    sums.get(i).trials(),
                    reward.applyAsDouble(sums.get(i))));
        }
        return definition.policy().allocate(contenders, exposures);
    }

    /// Whether a policy looks at what was learned.
    static boolean learns(Policy policy) {
        return !(policy instanceof Uniform || policy instanceof FixedSplit);
    }
}
