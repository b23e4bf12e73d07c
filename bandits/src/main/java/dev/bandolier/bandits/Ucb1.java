package dev.bandolier.bandits;

import java.util.List;

/// UCB1, the upper confidence bound of the textbooks: everything to the arm with the highest mean + sqrt(2 ln t / n);
/// ties share equally (`methods.md` 3.3).
///
/// A baseline to compare with, not one to serve: its bound holds for any rewards in [0, 1] and so ignores how little
/// rare conversions vary. [KlUcb] and [BayesUcb] do not.
///
/// [1] P. Auer, N. Cesa-Bianchi, P. Fischer, Finite-time analysis of the multiarmed bandit problem, Machine Learning 47
/// (2002).
public record Ucb1() implements Policy {

    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return Allocation.highest(
                contenders.stream().mapToDouble(each -> index(each, exposures)).toArray());
    }

    /// The bound that arms are ranked by; infinite without trials.
    ///
    /// @param exposures units exposed so far over all arms (t)
    public double index(Contender contender, long exposures) {
        return contender.trials() == 0
                ? Double.POSITIVE_INFINITY
                : contender.average() + Math.sqrt(2 * Math.log((double) Math.max(exposures, 1)) / contender.trials());
    }
}
