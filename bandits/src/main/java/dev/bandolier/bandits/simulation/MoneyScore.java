package dev.bandolier.bandits.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the runs of one rule came to together. Losses are in conversions, against control.
///
/// @param runs          how many, positive
/// @param overspent     share of runs in which the loss was above the budget at any time; NaN without a budget
/// @param mean          mean loss in the end
/// @param standardError of that mean; NaN for a single run
/// @param p95           95th percentile of the greatest loss of a run at any time
/// @param worst         the greatest loss of all
/// @param paused        mean number of arms that were paused
/// @param mistaken      share of runs in which an arm was paused that earns at least as much as control
public record MoneyScore(
        int runs,
        double overspent,
        double mean,
        double standardError,
        double p95,
        double worst,
        double paused,
        double mistaken) {

    /// The score of these runs.
    ///
    /// @throws IllegalArgumentException if there is none
    public static MoneyScore of(MoneyRule rule, List<MoneyOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            throw new IllegalArgumentException("the score of 0 runs");
        }
        int n = outcomes.size();
        double mean = mean(outcomes, MoneyOutcome::loss);
        double variance = mean(outcomes, run -> (run.loss() - mean) * (run.loss() - mean)) * n / (n - 1);
        double[] worst =
                outcomes.stream().mapToDouble(MoneyOutcome::worst).sorted().toArray();
        double overspent = rule.allowance()
                .map(allowance -> mean(outcomes, run -> run.worst() > allowance.total() ? 1 : 0))
                .orElse(Double.NaN);
        return new MoneyScore(
                n,
                overspent,
                mean,
                Math.sqrt(variance / n),
                worst[Math.min((int) Math.ceil(0.95 * n), n) - 1],
                Arrays.stream(worst).max().orElseThrow(),
                mean(outcomes, MoneyOutcome::paused),
                mean(outcomes, run -> run.good() > 0 ? 1 : 0));
    }

    private static double mean(List<MoneyOutcome> outcomes, ToDoubleFunction<MoneyOutcome> figure) {
        return outcomes.stream().mapToDouble(figure).sum() / outcomes.size();
    }
}
