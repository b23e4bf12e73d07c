package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// What is believed of each arm within each segment: drawn towards what arm and segment are like overall, by as much as
/// the counts speak for ([Shrinkage]). Order values are not told apart by segment: there are too few of them.
///
/// @param kappa  exposures that what is known of an arm elsewhere is worth within a segment, at most; infinite without
///               segments
/// @param within beliefs about each arm, by number of the segment
/// @param shared the part of the variance of each of these that is that of the arm at large, by number of the segment
record Pooling(double kappa, IntFunction<List<Posterior>> within, IntFunction<List<Double>> shared) {

    /// The pooling of an experiment whose units came to this.
    ///
    /// @param model  what is believed before the first unit
    /// @param pooled what is believed of each arm over all segments
    static Pooling of(Definition definition, RewardModel model, Evidence evidence, List<Posterior> pooled) {
        if (definition.segments().isEmpty()) {
            return new Pooling(
                    Double.POSITIVE_INFINITY,
                    segment -> pooled,
                    segment -> pooled.stream().map(arm -> 1.0).toList());
        }
        int arms = pooled.size();
        int segments = evidence.segments().size();
        double weight = model.weight();
        double[][] exposures = new double[arms][segments];
        double[][] rewards = new double[arms][segments];
        for (int segment = 0; segment < segments; segment++) {
            for (int arm = 0; arm < arms; arm++) {
                Evidence.Sums sums = evidence.of(segment).get(arm);
                exposures[arm][segment] = weight * sums.trials();
                rewards[arm][segment] = weight * sums.reward();
            }
        }
        List<String> keys = definition.arms().stream().map(arm -> arm.key()).toList();
        return switch (definition.objective().kind()) {
            case COUNT -> {
                List<GammaPosterior> priors = keys.stream().map(model::count).toList();
                Shrinkage<GammaPosterior> shrinkage = Shrinkage.counts(priors, exposures, rewards);
                yield new Pooling(
                        shrinkage.kappa(),
                        segment -> each(arms, arm -> shrinkage.shrunk(arm, segment)),
                        segment -> each(arms, arm -> shrinkage.shared(arm, segment)));
            }
            case CONVERSION, REVENUE -> {
                List<BetaPosterior> priors = keys.stream().map(model::rate).toList();
                Shrinkage<BetaPosterior> shrinkage = Shrinkage.rates(priors, exposures, rewards);
                yield new Pooling(
                        shrinkage.kappa(),
                        segment -> each(arms, arm -> like(pooled.get(arm), shrinkage.shrunk(arm, segment))),
                        segment -> each(arms, arm -> shrinkage.shared(arm, segment)));
            }
        };
    }

    /// What is believed of each arm if units of every segment got it.
    ///
    /// @param units how many come from each segment, by its number; at least one from one of them
    List<Posterior> everybody(double[] units) {
        List<List<Posterior>> beliefs = new ArrayList<>();
        List<List<Double>> common = new ArrayList<>();
        for (int segment = 0; segment < units.length; segment++) {
            beliefs.add(within.apply(segment));
            common.add(shared.apply(segment));
        }
        return each(beliefs.getFirst().size(), arm -> {
            List<PopulationMean.Part<Posterior>> parts = new ArrayList<>();
            for (int segment = 0; segment < units.length; segment++) {
                parts.add(new PopulationMean.Part<>(
                        beliefs.get(segment).get(arm),
                        units[segment],
                        common.get(segment).get(arm)));
            }
            return PopulationMean.of(parts);
        });
    }

    private static <T> List<T> each(int arms, IntFunction<? extends T> value) {
        List<T> values = new ArrayList<>();
        for (int arm = 0; arm < arms; arm++) {
            values.add(value.apply(arm));
        }
        return values;
    }

    /// The belief about a segment's rate, with the order value of the arm where there is one.
    private static Posterior like(Posterior pooled, BetaPosterior rate) {
        return pooled instanceof RevenuePosterior revenue ? new RevenuePosterior(rate, revenue.value()) : rate;
    }
}
