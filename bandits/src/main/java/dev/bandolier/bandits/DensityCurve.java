package dev.bandolier.bandits;

import dev.bandolier.bandits.numeric.Density;
import java.util.List;
import java.util.stream.IntStream;

/// The shape of a belief, to be drawn: how probable each value is, relative to the most probable of those shown.
///
/// It covers the central 99.8 % of the belief. Heights are those of the density at points of equal distance, the
/// first at `from` and the last at `to`.
///
/// @param from    value at the first point: the one that is not exceeded with a probability of 0.1 %
/// @param to      value at the last point: the one that is not exceeded with a probability of 99.9 %
/// @param heights in \[0, 1]; the greatest is 1
public record DensityCurve(double from, double to, List<Double> heights) {

    private static final double LEFT_OUT = 0.001;

    /// Keeps its own copy.
    public DensityCurve {
        heights = List.copyOf(heights);
    }

    /// The curve of this belief through so many points.
    ///
    /// @param points at least 2
    /// @throws IllegalArgumentException if there are fewer
    public static DensityCurve of(Posterior posterior, int points) {
        if (points < 2) {
            throw new IllegalArgumentException("a curve through " + points + " points");
        }
        double from = posterior.quantile(LEFT_OUT);
        double to = posterior.quantile(1 - LEFT_OUT);
        Density density = Comparison.density(posterior);
        double[] heights = IntStream.range(0, points)
                .mapToDouble(i -> from + (to - from) * i / (points - 1))
                .map(x -> height(posterior, density, x))
                .toArray();
        double highest = 0;
        for (double height : heights) {
            highest = Double.isFinite(height) ? Math.max(highest, height) : highest;
        }
        double top = highest;
        return new DensityCurve(
                from,
                to,
                IntStream.range(0, points)
                        .mapToObj(i -> Double.isFinite(heights[i]) ? heights[i] / top : 1.0)
                        .toList());
    }

    /// The density of the value itself, from that of its logarithm or log-odds; without end at a pole.
    private static double height(Posterior posterior, Density density, double x) {
        return switch (posterior) {
            case BetaPosterior rate ->
                x > 0 && x < 1 ? density.at(Math.log(x) - Math.log1p(-x)) / (x * (1 - x)) : Double.POSITIVE_INFINITY;
            case GammaPosterior count -> amount(density, x);
            case RevenuePosterior revenue -> amount(density, x);
        };
    }

    private static double amount(Density density, double x) {
        return x > 0 ? density.at(Math.log(x)) / x : Double.POSITIVE_INFINITY;
    }
}
