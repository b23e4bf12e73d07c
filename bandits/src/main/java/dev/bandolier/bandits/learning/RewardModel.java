package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Dispersion;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.OrderValues;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.RevenuePosterior;
import dev.bandolier.bandits.Tally;
import java.util.OptionalDouble;

/// How what units of an arm came to becomes a belief: the objective, the prior, and how much values or counts scatter in
/// all arms together (`methods.md` 1). Immutable.
final class RewardModel {

    /// Mean order value relative to the cap, for as long as nobody has ordered: for log-normal values of sigma 1 the
    /// 99th percentile is six times the mean. All arms have it, so it moves no comparison.
    private static final double MEAN_OF_CAP = 1.0 / 6;

    private final Objective objective;
    private final Prior prior;
    private final OrderValues values;
    private final Dispersion dispersion;

    private RewardModel(Objective objective, Prior prior, OrderValues values, Dispersion dispersion) {
        this.objective = objective;
        this.prior = prior;
        this.values = values;
        this.dispersion = dispersion;
    }

    /// The model of an experiment, with the scatter that all its units show, the holdout's included.
    static RewardModel of(Experiment experiment, Counters counters) {
        Objective objective = experiment.definition().objective();
        Tally all = counters.all();
        OrderValues values = all.value() > 0
                ? OrderValues.of(
                        (double) all.conversions(),
                        (double) all.value(),
                        all.valueSq().doubleValue())
                : new OrderValues(objective.cap().map(cap -> cap * MEAN_OF_CAP).orElse(1.0), 1);
        Dispersion dispersion = Dispersion.of((double) all.exposures(), (double) all.orders(), (double) all.ordersSq());
        return new RewardModel(objective, experiment.definition().prior(), values, dispersion);
    }

    /// What is believed of an arm whose units came to this.
    Posterior after(String arm, Evidence.Sums sums) {
        return switch (objective.kind()) {
            case CONVERSION -> rate(arm).after(sums.reward(), sums.trials());
            case COUNT -> count(arm).after(sums.reward(), sums.trials(), dispersion);
            case REVENUE ->
                new RevenuePosterior(rate(arm), value(arm))
                        .after(values.k(), sums.orders(), sums.trials(), sums.value());
        };
    }

    /// Variance of counts relative to their mean, or squared coefficient of variation of order values.
    OptionalDouble dispersion() {
        return switch (objective.kind()) {
            case CONVERSION -> OptionalDouble.empty();
            case COUNT -> OptionalDouble.of(dispersion.phi());
            case REVENUE -> OptionalDouble.of(1 / values.k());
        };
    }

    /// What a policy that knows no prior is told was earned.
    double reward(Evidence.Sums sums) {
        return objective.kind() == Objective.Kind.REVENUE ? sums.value() : sums.reward();
    }

    /// What one exposure is worth where counts scatter more than Poisson counts do.
    double weight() {
        return objective.kind() == Objective.Kind.COUNT ? dispersion.weight() : 1;
    }

    /// What is believed of the conversion rate of an arm before its first unit.
    BetaPosterior rate(String arm) {
        double baseline = objective.baseline();
        if (prior instanceof Prior.Informative(double cv)) {
            return new BetaPosterior(1 / (cv * cv), (1 - baseline) / baseline / (cv * cv));
        }
        Past past = past(arm);
        return BetaPosterior.unitSuccess(baseline).after(past.conversions(), past.exposures());
    }

    /// What is believed of the counts of an arm before its first unit. The counts of a history scatter as those of the
    /// experiment do, and weigh as much less.
    GammaPosterior count(String arm) {
        double baseline = objective.baseline();
        if (prior instanceof Prior.Informative(double cv)) {
            return new GammaPosterior(1 / (cv * cv), 1 / (cv * cv * baseline));
        }
        Past past = past(arm);
        return GammaPosterior.unitSuccess(baseline).after(past.orders(), past.exposures(), dispersion);
    }

    /// What is believed of the order value of an arm before its first unit.
    private OrderValuePosterior value(String arm) {
        Past past = past(arm);
        return values.prior().after(values.k(), past.conversions(), past.value());
    }

    /// What the history of an arm counts for: nothing, unless the start is a warm one that knows the arm.
    private Past past(String arm) {
        if (prior instanceof Prior.WarmStart warm && warm.arms().containsKey(arm)) {
            Prior.History known = warm.arms().get(arm);
            double weight = warm.weight(known);
            return new Past(
                    weight * known.exposures(),
                    weight * known.conversions(),
                    weight * known.orders(),
                    weight * known.value());
        }
        return new Past(0, 0, 0, 0);
    }

    /// A history, discounted.
    private record Past(double exposures, double conversions, double orders, double value) {}
}
