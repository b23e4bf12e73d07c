package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.util.ArrayList;
import java.util.List;

/// What we believe an arm would earn per unit if units of every segment got it: the mean of what is believed of each
/// segment, weighted by how many of the units come from it.
///
/// The raw pool of an arm says what it earned where it was shown. Where segments have shares of their own that is
/// another crowd for each arm, and the arm of the richest segment looks best for everybody.
public final class PopulationMean {

    /// What is believed of an arm in one segment.
    ///
    /// @param belief what it earns per unit there
    /// @param weight how many of all units come from the segment, at least 0, in any unit
    /// @param shared the part of its variance, in [0, 1], that it has from what is known of the arm at large: all
    ///               segments err alike in that, and by themselves in the rest
    public record Part<P extends Posterior>(P belief, double weight, double shared) {}

    private PopulationMean() {}

    /// The belief about the mean over these segments: of their kind, with the mean and the variance that the weighted
    /// mean has. One segment that has all the weight is believed as it is.
    ///
    /// The variance is `sum (w s)^2 (1 - f) + (sum w s sqrt(f))^2` for standard deviations s, weights w that sum to 1 and
    /// shared parts f. Order values are those of the first: they are not told apart by segment.
    ///
    /// @throws IllegalArgumentException if no segment has a weight
    public static Posterior of(List<? extends Part<? extends Posterior>> parts) {
        return switch (parts.getFirst().belief()) {
            case BetaPosterior first -> rate(parts);
            case GammaPosterior first -> {
                Moments moments = Moments.of(parts);
                yield new GammaPosterior(
                        moments.mean * moments.mean / moments.variance, moments.mean / moments.variance);
            }
            case RevenuePosterior first -> {
                List<Part<BetaPosterior>> rates = new ArrayList<>();
                parts.forEach(part ->
                        rates.add(new Part<>(((RevenuePosterior) part.belief()).rate(), part.weight(), part.shared())));
                yield new RevenuePosterior(rate(rates), first.value());
            }
        };
    }

    private static BetaPosterior rate(List<? extends Part<? extends Posterior>> parts) {
        Moments moments = Moments.of(parts);
        double size = moments.mean * (1 - moments.mean) / moments.variance - 1;
        return new BetaPosterior(moments.mean * size, (1 - moments.mean) * size);
    }

    private record Moments(double mean, double variance) {

        private static Moments of(List<? extends Part<? extends Posterior>> parts) {
            double all = parts.stream().mapToDouble(Part::weight).sum();
            if (!(all > 0)) {
                throw new IllegalArgumentException("no segment has a weight");
            }
            double mean = 0;
            double alone = 0;
            double together = 0;
            for (Part<? extends Posterior> part : parts) {
                double weight = part.weight() / all;
                double variance = part.belief().variance();
                mean += weight * part.belief().mean();
                alone += weight * weight * variance * (1 - part.shared());
                together += weight * Math.sqrt(variance * part.shared());
            }
            return new Moments(mean, alone + together * together);
        }
    }
}
