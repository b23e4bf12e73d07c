package dev.bandolier.bandits.evaluation;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What the whole system is worth: what units earned whose arm it chose, against units of the holdout, who got
/// control whatever had been learned.
///
/// The holdout is a split of fixed probability with a salt of its own, so the difference of the plain means is right
/// on average whatever was decided for the others (`methods.md` 8). It is fixed only as long as the share of the holdout
/// is: where that changed, each group has units of other times, and the means are compared share by share, each weighted
/// with the units of both groups (post-stratification [1]).
///
/// Both estimates are [Estimate#UNKNOWN] until each group has two units and has earned something: a small holdout
/// without a conversion would have no variance, and its interval would claim what it cannot. For the same reason a group
/// that says nothing of its own variance in one part has that of all parts together.
///
/// [1] W. G. Cochran, Sampling techniques, Wiley 1977, section 5A.9.
///
/// @param splits the comparable parts: of each, both groups have units
public record Uplift(List<Split> splits) {

    /// Units among which the same share was held out.
    ///
    /// @param drawn   what units earned whose arm was drawn
    /// @param heldOut what units of the holdout earned
    public record Split(Sums drawn, Sums heldOut) {

        /// These and others, of which the same share was held out.
        public Split plus(Split other) {
            return new Split(drawn.plus(other.drawn), heldOut.plus(other.heldOut));
        }

        private boolean comparable() {
            return drawn.units() > 0 && heldOut.units() > 0;
        }

        private double units() {
            return (double) drawn.units() + heldOut.units();
        }
    }

    /// Leaves out what cannot be compared: parts of which one group has no units.
    public Uplift {
        splits = splits.stream().filter(Split::comparable).toList();
    }

    /// The comparison of these two groups, the share of the holdout having been the same all the time.
    public static Uplift of(Sums drawn, Sums heldOut) {
        return new Uplift(List.of(new Split(drawn, heldOut)));
    }

    /// All comparable units whose arm was drawn.
    public Sums drawn() {
        return all(Split::drawn);
    }

    /// All comparable units of the holdout.
    public Sums heldOut() {
        return all(Split::heldOut);
    }

    /// What a unit earned that was drawn, as it is compared; not a number if nothing can be.
    public double drawnMean() {
        return weighted(split -> split.drawn().mean());
    }

    /// What a unit earned that was held out, as it is compared; not a number if nothing can be.
    public double heldOutMean() {
        return weighted(split -> split.heldOut().mean());
    }

    /// The variance of [#difference] in multiples of that of one unit, were it the same for all: 1/n + 1/m for groups of
    /// n and m units of one part.
    public double spread() {
        return spread(
                split -> 1.0 / split.drawn().units() + 1.0 / split.heldOut().units());
    }

    /// How much more a unit earned that was drawn than one of the holdout, with Welch's error.
    public Estimate difference() {
        return telling()
                ? new Estimate(
                        drawnMean() - heldOutMean(), Math.sqrt(variance(Split::drawn) + variance(Split::heldOut)))
                : Estimate.UNKNOWN;
    }

    /// The same relative to the holdout, 0.1 is 10 % more, with the error of the ratio by the delta method; unknown
    /// as well if the holdout earned nothing, net of refunds.
    public Estimate relative() {
        double base = heldOutMean();
        if (!telling() || !(base > 0)) {
            return Estimate.UNKNOWN;
        }
        double ratio = drawnMean() / base;
        double error = Math.sqrt(variance(Split::drawn) + ratio * ratio * variance(Split::heldOut)) / base;
        return new Estimate(ratio - 1, error);
    }

    private boolean telling() {
        return drawn().telling() && heldOut().telling();
    }

    private Sums all(Function<Split, Sums> group) {
        return splits.stream().map(group).reduce(Sums.NONE, Sums::plus);
    }

    private double units() {
        return splits.stream().mapToDouble(Split::units).sum();
    }

    private double weighted(ToDoubleFunction<Split> mean) {
        double sum = splits.stream()
                .mapToDouble(split -> split.units() * mean.applyAsDouble(split))
                .sum();
        return sum / units();
    }

    /// The variance of a weighted mean.
    private double variance(Function<Split, Sums> group) {
        Sums all = all(group);
        return spread(split -> {
            Sums sums = group.apply(split);
            Sums from = sums.telling() ? sums : all;
            return from.squaresAroundMean() / (from.units() - 1) / sums.units();
        });
    }

    private double spread(ToDoubleFunction<Split> ofMean) {
        double sum = splits.stream()
                .mapToDouble(split -> split.units() * split.units() * ofMean.applyAsDouble(split))
                .sum();
        return sum / (units() * units());
    }
}
