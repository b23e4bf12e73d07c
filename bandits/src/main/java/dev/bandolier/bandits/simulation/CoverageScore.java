package dev.bandolier.bandits.simulation;

import java.util.Collection;
import java.util.List;

/// How good an estimate was over many runs.
///
/// @param runs      in how many of them it said something
/// @param coverage  share of these whose interval held the truth; NaN if there is none
/// @param bias      mean distance from the truth: relative to what a unit earns, or, for a lift, in points of it
/// @param halfWidth mean half of the length of the interval, on the same scale
/// @param scatter   how far from the truth estimates lie, in standard errors: about 1 if these are right (root of the mean
///                  square), above it if intervals are too short, below it if they are too long
public record CoverageScore(int runs, double coverage, double bias, double halfWidth, double scatter) {

    /// The score of one estimate in these runs.
    public static CoverageScore of(Collection<Claimed> all) {
        List<Claimed> said =
                all.stream().filter(each -> each.estimate().known()).toList();
        return new CoverageScore(
                said.size(),
                said.stream()
                        .mapToDouble(each -> each.covers() ? 1 : 0)
                        .average()
                        .orElse(Double.NaN),
                said.stream().mapToDouble(Claimed::distance).average().orElse(Double.NaN),
                said.stream().mapToDouble(Claimed::halfWidth).average().orElse(Double.NaN),
                Math.sqrt(said.stream()
                        .mapToDouble(each -> each.errors() * each.errors())
                        .average()
                        .orElse(Double.NaN)));
    }
}
