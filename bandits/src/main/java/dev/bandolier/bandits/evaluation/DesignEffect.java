package dev.bandolier.bandits.evaluation;

/// How much less is learned from units that come in clusters, as requests do from visitors, than from as many that are
/// independent.
public final class DesignEffect {

    private DesignEffect() {}

    /// The factor by which the variance of a mean grows: 1 + (m - 1) r. Counts divided by it are worth as many
    /// independent ones (`methods.md` 4).
    ///
    /// [1] L. Kish, Survey sampling, Wiley 1965.
    ///
    /// @param clusterSize   mean number of units in a cluster (m), at least 1
    /// @param withinCluster correlation of two units of the same cluster (r), in [0, 1]
    /// @throws IllegalArgumentException if one is out of range
    public static double of(double clusterSize, double withinCluster) {
        if (!(clusterSize >= 1 && clusterSize < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mean cluster size " + clusterSize + " is not a finite number >= 1");
        }
        if (!(withinCluster >= 0 && withinCluster <= 1)) {
            throw new IllegalArgumentException("correlation " + withinCluster + " is not between 0 and 1");
        }
        return 1 + (clusterSize - 1) * withinCluster;
    }
}
