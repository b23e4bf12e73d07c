package dev.bandolier.server.report;

import dev.bandolier.server.ledger.SettlementTable.Lag;
import java.util.List;
import java.util.TreeMap;

/// How long conversions took to arrive, in bins that double.
///
/// @param counts conversions by bin: bin 0 ends at a second, bin n at 2^n seconds
record LagBins(TreeMap<Integer, Long> counts) {

    /// The bins of some days taken together.
    static LagBins of(List<Lag> lags) {
        TreeMap<Integer, Long> counts = new TreeMap<>();
        lags.forEach(each -> counts.merge(each.bin(), each.conversions(), Long::sum));
        return new LagBins(counts);
    }

    /// Whether nothing arrived.
    boolean isEmpty() {
        return counts.isEmpty();
    }

    /// The time that this share of the conversions did not exceed, in seconds: the upper end of its bin, so at most twice
    /// the truth beyond the first second.
    ///
    /// @param share from 0, exclusive, to 1
    double seconds(double share) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        long wanted = (long) Math.ceil(share * all);
        long seen = 0;
        for (int bin : counts.keySet()) {
            seen += counts.get(bin);
            if (seen >= wanted) {
                return Math.scalb(1.0, bin);
            }
        }
        throw new IllegalStateException("no conversions, no quantiles");
    }
}
