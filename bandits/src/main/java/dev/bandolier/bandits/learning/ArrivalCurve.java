package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.DelayBins;

/// The share of their conversions that units exposed evenly over some time bring in some other time: a [DelayCurve]
/// averaged over exposures.
///
/// Half of all conversions may come within minutes of an exposure, and buckets of exposures last an hour; taking all for
/// exposed in its middle would miss nearly all of what arrives now.
final class ArrivalCurve {

    private final DelayCurve curve;
    private final DelayBins bins;

    /// Integral of the curve up to the lower edge of each bin, and up to the upper edge of the last one.
    private final double[] integrals = new double[DelayBins.COUNT + 1];

    ArrivalCurve(DelayCurve curve, DelayBins bins) {
        this.curve = curve;
        this.bins = bins;
        for (int bin = 0; bin < DelayBins.COUNT; bin++) {
            integrals[bin + 1] = integrals[bin] + trapezium(bin, bins.upper(bin));
        }
    }

    /// The share of their conversions that units of these ages have brought, on average.
    ///
    /// @param youngest age of the last exposed, in seconds; negative if some are still to come
    /// @param oldest   age of the first exposed, in seconds
    double until(double youngest, double oldest) {
        return oldest > youngest ? (integral(oldest) - integral(youngest)) / (oldest - youngest) : curve.tau(oldest);
    }

    /// Integral of the curve from age 0, in seconds. Learned curves are linear within a bin; a configured one nearly so.
    private double integral(double age) {
        if (!(age > 0)) {
            return 0;
        }
        double window = bins.upper(DelayBins.COUNT - 1);
        if (age >= window) {
            return integrals[DelayBins.COUNT] + (age - window);
        }
        int bin = bins.binOf(age);
        return integrals[bin] + trapezium(bin, age);
    }

    private double trapezium(int bin, double age) {
        double lower = bins.lower(bin);
        return (age - lower) * (curve.tau(lower) + curve.tau(age)) / 2;
    }
}
