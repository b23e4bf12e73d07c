package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.DelayBins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Delays learned from conversions, linear between the edges of the bins.
final class EstimatedDelay implements DelayCurve {

    /// Conversions at risk that the belief before is worth in each bin. Three let it decide where one or two are at
    /// risk, which is at the age of the oldest cohorts and at the very shortest delays. More would do harm where
    /// hundreds are: over all bins a wrong belief adds up.
    private static final double STRENGTH = 3;

    private static final double NANOS = 1e9;

    private final DelayBins bins;
    private final double[] cdf;
    private final int observed;
    private final long conversions;

    private EstimatedDelay(DelayBins bins, double[] cdf, int observed, long conversions) {
        this.bins = bins;
        this.cdf = cdf;
        this.observed = observed;
        this.conversions = conversions;
    }

    static EstimatedDelay of(DelayBins bins, List<Cohort> cohorts, DelayCurve before) {
        int observed = 0;
        List<ProductLimit.Cohort> binned = new ArrayList<>(cohorts.size());
        for (Cohort cohort : cohorts) {
            int within = bins.within(cohort.ageSeconds());
            observed = Math.max(observed, within);
            binned.add(new ProductLimit.Cohort(within, cohort.byBin()));
        }
        ProductLimit limit = ProductLimit.of(DelayBins.COUNT, binned);
        double[] prior = new double[DelayBins.COUNT];
        for (int bin = 0; bin < prior.length; bin++) {
            prior[bin] = before.tau(bins.upper(bin));
        }
        return new EstimatedDelay(bins, limit.cdf(prior, STRENGTH), observed, limit.conversions());
    }

    @Override
    public double tau(double ageSeconds) {
        if (!(ageSeconds > 0)) {
            return 0;
        }
        if (ageSeconds >= bins.upper(DelayBins.COUNT - 1)) {
            return 1;
        }
        int bin = bins.binOf(ageSeconds);
        double below = below(bin);
        double along = (ageSeconds - bins.lower(bin)) / (bins.upper(bin) - bins.lower(bin));
        return Math.min(below + along * (cdf[bin] - below), cdf[bin]);
    }

    @Override
    public Optional<Duration> median() {
        int bin = 0;
        while (cdf[bin] < 0.5) {
            bin++;
        }
        if (bin >= observed) {
            return Optional.empty();
        }
        double along = (0.5 - below(bin)) / (cdf[bin] - below(bin));
        double seconds = bins.lower(bin) + along * (bins.upper(bin) - bins.lower(bin));
        return Optional.of(Duration.ofNanos(Math.round(seconds * NANOS)));
    }

    @Override
    public boolean estimated() {
        return true;
    }

    @Override
    public long conversions() {
        return conversions;
    }

    private double below(int bin) {
        return bin == 0 ? 0 : cdf[bin - 1];
    }
}
