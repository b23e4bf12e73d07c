package dev.bandolier.bandits;

import dev.bandolier.bandits.numeric.LogRevenue;
import java.util.Arrays;

/// What we believe about revenue per unit: the product of a conversion rate and a mean order value that are
/// independent of each other, a hurdle model (`methods.md` 1.2).
///
/// @param rate  belief about the conversion rate
/// @param value belief about the mean value of an order
public record RevenuePosterior(BetaPosterior rate, OrderValuePosterior value) implements Posterior {

    /// This belief after so many orders, of this total value, among so many exposures.
    ///
    /// @param k 1 / CV^2 of order values, the one of the prior
    public RevenuePosterior after(double k, double orders, double exposures, double total) {
        return new RevenuePosterior(rate.after(orders, exposures), value.after(k, orders, total));
    }

    /// This belief warmed by the history of the same arm elsewhere, a power prior: history counts `discount` of its
    /// size and at most as much as `exposuresMax` exposures.
    ///
    /// @param k        1 / CV^2 of order values, the one of the prior
    /// @param total    total value of the orders
    /// @param discount what an exposure of the history, and an order, is worth, in [0, 1]
    public RevenuePosterior warmedBy(
            double k, double orders, double exposures, double total, double discount, double exposuresMax) {
        double weight = PowerPrior.weight(exposures, discount, exposuresMax);
        return after(k, weight * orders, weight * exposures, weight * total);
    }

    @Override
    public double mean() {
        return rate.mean() * value.mean();
    }

    /// The variance of a product of independent factors.
    @Override
    public double variance() {
        double p = rate.mean();
        double m = value.mean();
        return rate.variance() * (value.variance() + m * m) + value.variance() * p * p;
    }

    /// By quadrature, to about 1e-9; every call tabulates the density, which takes about a tenth of a millisecond.
    @Override
    public double cdf(double x) {
        return x <= 0 ? 0 : density().cumulative(Math.log(x));
    }

    /// By quadrature, as [#cdf].
    @Override
    public double quantile(double p) {
        return Math.exp(density().quantile(p));
    }

    /// By quadrature, as [#cdf], the density tabulated once for all.
    @Override
    public double[] quantiles(double... p) {
        LogRevenue density = density();
        return Arrays.stream(p).map(each -> Math.exp(density.quantile(each))).toArray();
    }

    LogRevenue density() {
        return new LogRevenue(rate.alpha(), rate.beta(), value.shape(), value.scale());
    }
}
