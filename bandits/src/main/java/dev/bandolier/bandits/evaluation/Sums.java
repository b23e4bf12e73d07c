package dev.bandolier.bandits.evaluation;

/// What some units earned, as far as a mean and its error need it.
///
/// @param units how many units
/// @param sum   sum of what each earned
/// @param sumSq sum of its squares
public record Sums(long units, double sum, double sumSq) {

    /// No units.
    public static final Sums NONE = new Sums(0, 0, 0);

    /// Refuses fewer than no units, and squares that sum to less than nothing.
    public Sums {
        if (units < 0 || !(sumSq >= 0)) {
            throw new IllegalArgumentException(units + " units with squares that sum to " + sumSq);
        }
    }

    /// These and others.
    public Sums plus(Sums other) {
        return new Sums(units + other.units, sum + other.sum, sumSq + other.sumSq);
    }

    /// What a unit earned on average; not a number if there is none.
    public double mean() {
        return sum / units;
    }

    /// Sum of squared distances from the mean, not negative; 0 without units.
    double squaresAroundMean() {
        return units == 0 ? 0 : Math.max(sumSq - sum * mean(), 0);
    }

    /// Whether these are two units or more, of which some earned something: without that there is no variance to
    /// speak of, and an error computed from it would be far too small.
    boolean telling() {
        return units >= 2 && sumSq > 0;
    }
}
