package dev.bandolier.loadtest.shoppers;

import java.util.Arrays;
import java.util.BitSet;

/// Which arms new visitors were sent to, in order.
///
/// Costs one bit per visitor. Confined to one event loop.
final class Served {

    private final int best;
    private final long[] sinceLast;
    private final long[] all;
    private final BitSet toBest = new BitSet();
    private int count;

    /// Nobody has come yet.
    ///
    /// @param arms number of arms
    /// @param best index of the arm that is truly best
    Served(int arms, int best) {
        this.best = best;
        this.sinceLast = new long[arms];
        this.all = new long[arms];
    }

    /// Counts one new visitor.
    void add(int arm) {
        sinceLast[arm]++;
        all[arm]++;
        toBest.set(count++, arm == best);
    }

    /// How many new visitors there were.
    int count() {
        return count;
    }

    /// How many new visitors were sent to an arm.
    long to(int arm) {
        return all[arm];
    }

    /// The share of each arm among the new visitors since this was last asked; all NaN if nobody came.
    double[] takeShares() {
        long total = Arrays.stream(sinceLast).sum();
        double[] shares =
                Arrays.stream(sinceLast).mapToDouble(n -> (double) n / total).toArray();
        Arrays.fill(sinceLast, 0);
        return total == 0 ? unknown(shares.length) : shares;
    }

    /// How many visitors the last tenth holds, rounded up.
    int lastTenth() {
        return Math.ceilDiv(count, 10);
    }

    /// The share of the best arm among the last tenth of the new visitors; NaN if nobody came.
    double bestShareOfLastTenth() {
        return (double) toBest.get(count - lastTenth(), count).cardinality() / lastTenth();
    }

    private static double[] unknown(int arms) {
        double[] shares = new double[arms];
        Arrays.fill(shares, Double.NaN);
        return shares;
    }
}
