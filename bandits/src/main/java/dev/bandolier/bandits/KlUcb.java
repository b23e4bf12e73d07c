package dev.bandolier.bandits;

import dev.bandolier.bandits.numeric.Bernoulli;
import java.util.List;

/// Upper confidence bound by Kullback-Leibler divergence: everything to the arm with the highest rate that its counts
/// do not rule out, max { q : n kl(mean, q) <= ln t + c ln ln t }; ties share equally (`methods.md` 3.3). For rewards
/// of 0 or 1 only.
///
/// All or nothing: propensities that can be used afterwards need a floor, see [Bounds].
///
/// [1] A. Garivier, O. Cappé, The KL-UCB algorithm for bounded stochastic bandits and beyond, COLT 2011.
///
/// @param c weight of ln ln t, not negative: 3 in the proof, 0 in practice
public record KlUcb(double c) implements Policy {

    /// Halvings of [mean, 1] down to the resolution of a double.
    private static final int HALVINGS = 52;

    /// Refuses a weight that is negative or not finite.
    public KlUcb {
        if (!(c >= 0 && c < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight c " + c + " of ln ln t is not a finite number >= 0");
        }
    }

    /// {@inheritDoc}
    ///
    /// @throws IllegalArgumentException also if a belief is not about a rate
    @Override
    public Allocation allocate(List<Contender> contenders, long exposures) {
        return Allocation.highest(
                contenders.stream().mapToDouble(each -> index(each, exposures)).toArray());
    }

    /// The highest rate that the counts of an arm do not rule out; infinite without trials.
    ///
    /// @param exposures units exposed so far over all arms (t); for none or one nothing but the mean is left
    /// @throws IllegalArgumentException if the belief is not about a rate
    public double index(Contender contender, long exposures) {
        if (!(contender.posterior() instanceof BetaPosterior)) {
            throw new IllegalArgumentException(
                    "arm '" + contender.arm() + "' does not earn 0 or 1: " + contender.posterior());
        }
        if (contender.trials() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double mean = Math.clamp(contender.average(), 0.0, 1.0);
        double logTime = Math.log((double) Math.max(exposures, 1));
        return furthest(mean, (logTime + c * Math.log(Math.max(logTime, 1))) / contender.trials());
    }

    /// The greatest q from the mean on whose divergence is at most this, by bisection: the divergence rises with q.
    private static double furthest(double mean, double divergence) {
        double low = mean;
        double high = 1;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (Bernoulli.kl(mean, middle) < divergence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
