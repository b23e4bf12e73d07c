package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.numeric.Bernoulli;
import java.util.Collections;
import java.util.List;

/// The price of learning which of some conversion rates is the best: no policy that is good in every world loses less
/// than `constant` ln T in T units, for T large (`methods.md` 9.2).
///
/// Asymptotic: where rates are close, even the uniform split loses less at a horizon of practice. Hold it against the
/// slope of regret over ln T, not against its level.
///
/// [1] T. L. Lai, H. Robbins, Asymptotically efficient adaptive allocation rules, Advances in Applied Mathematics 6
/// (1985).
public final class LaiRobbins {

    private LaiRobbins() {}

    /// The sum of gap / kl(rate, best rate) over the arms that are not best, in units per unit of ln T.
    ///
    /// @param rates true rate of each arm, at least one, in [0, 1]
    public static double constant(List<Double> rates) {
        double best = Collections.max(rates);
        return rates.stream()
                .filter(rate -> rate < best)
                .mapToDouble(rate -> (best - rate) / Bernoulli.kl(rate, best))
                .sum();
    }
}
