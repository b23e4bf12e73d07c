package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.DelayBins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The share of its conversions that an exposure of some age has had by now (tau of `methods.md` 2). An exposure counts
/// as this much of a trial, so that "not yet" is not taken for "no".
public sealed interface DelayCurve permits ExponentialDelay, EstimatedDelay {

    /// Conversions below which a curve is not estimated from them (`methods.md` 2).
    int CONVERSIONS_MIN = 200;

    /// Windows per median where no median is configured, before doubling: half of all orders of a week's window come
    /// within half a day.
    int WINDOWS_PER_MEDIAN = 14;

    /// Conversions of the exposures of one bucket.
    ///
    /// @param ageSeconds age of the youngest of these exposures; conversions in bins that it has not lived through are
    ///                   left out, since only older exposures of the bucket could show them
    /// @param byBin      conversions by [DelayBins] of the time from exposure to conversion; not copied
    @SuppressWarnings("ArrayRecordComponent") // thousands are made at each refresh, read once and never compared
    record Cohort(double ageSeconds, long[] byBin) {}

    /// The curve of an age: not descending, 0 at age 0 and below, 1 from the window on.
    ///
    /// @param ageSeconds time since the exposure
    double tau(double ageSeconds);

    /// The delay that half of the conversions within the window do not exceed; empty as long as it lies beyond the age
    /// of the oldest exposures that were learned from.
    Optional<Duration> median();

    /// Whether it was learned from conversions; otherwise it is what was configured.
    boolean estimated();

    /// Number of conversions that it was learned from.
    long conversions();

    /// Exponential delays.
    ///
    /// @param median median of the exponential law before it is cut off at the window, positive
    /// @param window attribution window, positive
    static DelayCurve exponential(Duration median, Duration window) {
        return new ExponentialDelay(seconds(median) / Math.log(2), seconds(window));
    }

    /// The curve that conversions show, by [ProductLimit].
    ///
    /// While the oldest cohort is younger than the window, its conversions say nothing of delays beyond its age A. There
    /// the curve is `before`, and below it `F(a) before(A)`, where F is the distribution among delays up to A: taking F
    /// itself would under-estimate the delay, which costs far more than over-estimating it.
    static DelayCurve estimated(DelayBins bins, List<Cohort> cohorts, DelayCurve before) {
        return EstimatedDelay.of(bins, cohorts, before);
    }

    /// The curve by the rule of `methods.md` 2: what was configured before 200 conversions are there to learn from, then
    /// the estimate.
    ///
    /// @param configuredMedian median delay in the owner's experience; without it, a fourteenth of the window is
    ///                         doubled, because in doubt a delay is better over-estimated
    static DelayCurve of(Duration window, Optional<Duration> configuredMedian, List<Cohort> cohorts) {
        Duration median =
                configuredMedian.orElse(window.dividedBy(WINDOWS_PER_MEDIAN).multipliedBy(2));
        DelayCurve configured = exponential(median, window);
        DelayCurve estimated = estimated(DelayBins.of(window), cohorts, configured);
        return estimated.conversions() < CONVERSIONS_MIN ? configured : estimated;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() * 1e-9;
    }
}
