package dev.bandolier.bandits.simulation;

/// The counts of one run so far: what a player may know.
///
/// Confined to the run that made it; only the run counts.
public final class Standing {

    private final long[] exposures;
    private final long[] conversions;
    private long played;

    /// Nothing has been played yet.
    Standing(int arms) {
        exposures = new long[arms];
        conversions = new long[arms];
    }

    /// Number of arms.
    public int arms() {
        return exposures.length;
    }

    /// Units played so far, over all arms.
    public long played() {
        return played;
    }

    /// Units that this arm got.
    public long exposures(int arm) {
        return exposures[arm];
    }

    /// Units of these that converted.
    public long conversions(int arm) {
        return conversions[arm];
    }

    /// Conversions per unit of this arm; 0 before the first unit.
    public double average(int arm) {
        return exposures[arm] == 0 ? 0 : (double) conversions[arm] / exposures[arm];
    }

    void count(int arm, boolean converted) {
        exposures[arm]++;
        conversions[arm] += converted ? 1 : 0;
        played++;
    }
}
