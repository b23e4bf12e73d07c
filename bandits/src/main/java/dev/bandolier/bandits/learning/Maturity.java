package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How much of their conversions the exposures of each bucket have had by now, relative to the oldest exposures of the
/// experiment (`methods.md` 2). Immutable.
///
/// Relative, because in an experiment younger than its window nobody has seen the conversions that take longer: its
/// rates are "so far", and exposures of one age compare with each other whatever is still to come. Weighted by the
/// conversions of the whole window instead, a thousand exposures of a minute would count as two trials, fewer than the
/// conversions among them.
final class Maturity {

    private final DelayCurve curve;
    private final Instant now;
    private final double widthSeconds;
    private final double oldest;

    private Maturity(DelayCurve curve, Instant now, double widthSeconds, double oldest) {
        this.curve = curve;
        this.now = now;
        this.widthSeconds = widthSeconds;
        this.oldest = oldest;
    }

    /// The maturity that the delays in these counters show.
    static Maturity of(Experiment experiment, Counters counters, Instant now) {
        Objective objective = experiment.definition().objective();
        Duration width = experiment.bucketWidth();
        List<DelayCurve.Cohort> cohorts = cohorts(counters, DelayBins.of(objective.window()), width, now);
        DelayCurve curve = DelayCurve.of(objective.window(), objective.delay(), cohorts);
        double oldest = counters.slices().isEmpty()
                ? 1
                : curve.tau(middle(counters.slices().firstKey(), seconds(width), now));
        return new Maturity(curve, now, seconds(width), oldest);
    }

    /// What an exposure of the bucket that starts then weighs, in [0, 1].
    double weight(Instant bucket) {
        return oldest > 0 ? Math.min(curve.tau(middle(bucket, widthSeconds, now)) / oldest, 1) : 1;
    }

    /// How long conversions take.
    DelayCurve curve() {
        return curve;
    }

    /// What people are told of it.
    Snapshot.Delay facts() {
        return new Snapshot.Delay(curve.estimated(), curve.median(), curve.conversions());
    }

    /// Mean age of the exposures of a bucket, of which some may be to come.
    private static double middle(Instant bucket, double width, Instant now) {
        double age = seconds(Duration.between(bucket, now));
        return age >= width ? age - width / 2 : Math.max(age, 0) / 2;
    }

    /// Conversions by bin. Buckets that have lived through as many bins are one cohort: what is estimated from them is
    /// the same, and there are thousands of buckets.
    private static List<DelayCurve.Cohort> cohorts(Counters counters, DelayBins bins, Duration width, Instant now) {
        List<DelayCurve.Cohort> cohorts = new ArrayList<>();
        DelayCurve.Cohort[] byAge = new DelayCurve.Cohort[DelayBins.COUNT + 1];
        counters.slices().forEach((bucket, slice) -> {
            if (!slice.delays().isEmpty()) {
                double age = seconds(Duration.between(bucket.plus(width), now));
                int within = bins.within(age);
                if (byAge[within] == null) {
                    byAge[within] = new DelayCurve.Cohort(age, new long[DelayBins.COUNT]);
                    cohorts.add(byAge[within]);
                }
                long[] byBin = byAge[within].byBin();
                slice.delays().forEach((bin, conversions) -> byBin[bin] += conversions);
            }
        });
        return cohorts;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * 1e-9;
    }
}
