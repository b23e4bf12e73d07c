package dev.bandolier.bandits.learning;

import java.util.List;

/// The distribution of delays, in bins, as seen through right truncation: a conversion is known only if its delay has
/// already passed.
///
/// The product-limit estimator of D. Lynden-Bell (MNRAS 155, 1971), which needs no waiting for old exposures:
/// `F(u) = prod over w > u of (1 - n_w / R_w)`, where `n_w` conversions took `w` and `R_w` took at most `w` and were
/// exposed early enough to take `w` (`methods.md` 2).
final class ProductLimit {

    /// Conversions of exposures of one age.
    ///
    /// @param observable number of bins, from the first, that the youngest of these exposures has lived through; what
    ///                   was counted in later bins is left out
    /// @param byBin      conversions by bin of their delay; not copied
    @SuppressWarnings("ArrayRecordComponent") // made from another one at each refresh, read once and never compared
    record Cohort(int observable, long[] byBin) {}

    private final long[] converted;
    private final long[] atRisk;

    private ProductLimit(long[] converted, long[] atRisk) {
        this.converted = converted;
        this.atRisk = atRisk;
    }

    /// What cohorts show about delays on a grid of so many bins.
    static ProductLimit of(int bins, List<Cohort> cohorts) {
        long[][] sums = new long[bins + 1][bins];
        for (Cohort cohort : cohorts) {
            long[] sum = sums[cohort.observable()];
            for (int bin = 0; bin < cohort.observable(); bin++) {
                sum[bin] += cohort.byBin()[bin];
            }
        }
        long[] converted = new long[bins];
        long[] atRisk = new long[bins];
        for (int observable = 1; observable <= bins; observable++) {
            long sooner = 0;
            for (int bin = 0; bin < observable; bin++) {
                // A cell may be negative for a moment, while a retraction is learned before what it takes back.
                long here = Math.max(sums[observable][bin], 0);
                sooner += here;
                converted[bin] += here;
                atRisk[bin] += sooner;
            }
        }
        return new ProductLimit(converted, atRisk);
    }

    /// Number of conversions that the estimate rests on.
    long conversions() {
        long sum = 0;
        for (long count : converted) {
            sum += count;
        }
        return sum;
    }

    /// The estimated distribution at the upper edge of each bin. It is conditional on a delay within the bins that the
    /// oldest cohort has lived through, so it is 1 from there on.
    double[] cdf() {
        double[] cdf = new double[converted.length];
        double product = 1;
        for (int bin = cdf.length - 1; bin >= 0; bin--) {
            cdf[bin] = product;
            if (atRisk[bin] > 0) {
                product *= 1 - (double) converted[bin] / atRisk[bin];
            }
        }
        return cdf;
    }

    /// The estimate that starts from a distribution believed before, as if `strength` more conversions at risk in each
    /// bin had behaved like it: a beta-process prior on the reverse hazard `n_w / R_w` (N. L. Hjort, Annals of
    /// Statistics 18, 1990, with time running backwards).
    ///
    /// Where nobody is at risk, this is the prior distribution; where many are, it is [#cdf()]. Without it, a single
    /// bin in which all of the few at risk converted would set everything below it to 0, and one conversion in two at
    /// the edge of what has been observed would halve the whole curve.
    ///
    /// @param before   distribution believed before, at the upper edge of each bin; ascending, the last one 1
    /// @param strength conversions that it is worth in each bin, positive
    double[] cdf(double[] before, double strength) {
        double[] cdf = new double[converted.length];
        double product = 1;
        for (int bin = cdf.length - 1; bin > 0; bin--) {
            cdf[bin] = product;
            double stay = before[bin] > 0 ? before[bin - 1] / before[bin] : 0;
            product *= (atRisk[bin] - converted[bin] + strength * stay) / (atRisk[bin] + strength);
        }
        cdf[0] = product;
        return cdf;
    }
}
