package dev.bandolier.bandits;

/// How much counts scatter against Poisson counts of the same mean: phi = variance / mean, pooled over all arms
/// (`methods.md` 1.3).
///
/// @param phi not negative; 1 for Poisson counts
public record Dispersion(double phi) {

    /// Up to this phi counts pass for Poisson ones.
    public static final double TOLERATED = 1.2;

    /// Refuses a phi that is negative or infinite.
    public Dispersion {
        if (!(phi >= 0 && phi < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dispersion " + phi + " is not a finite number from 0 on");
        }
    }

    /// The dispersion of these counts; Poisson where fewer than two units or no count leave it unknown.
    ///
    /// @param units      units counted
    /// @param sum        sum of their counts
    /// @param sumSquares sum of the squares of their counts
    public static Dispersion of(double units, double sum, double sumSquares) {
        if (!(units >= 2 && sum > 0)) {
            return new Dispersion(1);
        }
        double mean = sum / units;
        return new Dispersion(Math.max((sumSquares - sum * mean) / (units - 1), 0) / mean);
    }

    /// What one exposure is worth, in exposures with Poisson counts: 1 / phi where phi is more than [#TOLERATED].
    public double weight() {
        return phi > TOLERATED ? 1 / phi : 1;
    }
}
