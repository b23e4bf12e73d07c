package dev.bandolier.bandits;

import org.apache.commons.statistics.distribution.GammaDistribution;

/// What we believe about the mean value of an order: an inverse Gamma distribution, from a quasi-likelihood that
/// assumes of order values only that their standard deviation is proportional to their mean (`methods.md` 1.2).
///
/// With k = 1/CV^2 of order values, n0 orders of the prior at a mean of m0 and S orders of the value V, it is
/// InvGamma(k (n0 + S) + 1, k (n0 m0 + V)): the "+1" makes the expected mean the shrunken average
/// (n0 m0 + V) / (n0 + S).
///
/// @param shape above 2, so that there is a variance
/// @param scale positive, in the currency of the values
public record OrderValuePosterior(double shape, double scale) {

    /// Refuses a shape of at most 2 and a scale that is not positive, and anything infinite.
    public OrderValuePosterior {
        if (!(shape > 2 && shape < Double.POSITIVE_INFINITY && scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "InvGamma(" + shape + ", " + scale + ") needs a finite shape above 2 and a positive, finite scale");
        }
    }

    /// The belief before any order of the arm: worth `orders` orders at the expected mean.
    ///
    /// @param k      1 / CV^2 of order values, positive
    /// @param orders pseudo-orders n0, more than 1 / k; see [OrderValues#priorOrders]
    /// @param mean   expected mean order value, positive
    public static OrderValuePosterior prior(double k, double orders, double mean) {
        return new OrderValuePosterior(k * orders + 1, k * orders * mean);
    }

    /// This belief after so many orders of this total value; a negative total, of more refunds than orders, counts as
    /// none.
    ///
    /// @param k 1 / CV^2 of order values, the one of the prior
    public OrderValuePosterior after(double k, double orders, double value) {
        return new OrderValuePosterior(shape + k * orders, scale + k * Math.max(value, 0));
    }

    /// This belief warmed by the orders of the same arm elsewhere, a power prior: they count `discount` of their
    /// number and at most as much as `ordersMax` orders.
    ///
    /// @param discount what an order of the history is worth, in [0, 1]
    public OrderValuePosterior warmedBy(double k, double orders, double value, double discount, double ordersMax) {
        double weight = PowerPrior.weight(orders, discount, ordersMax);
        return after(k, weight * orders, weight * value);
    }

    /// Expected mean order value.
    public double mean() {
        return scale / (shape - 1);
    }

    /// Variance of the mean order value.
    public double variance() {
        return mean() * mean() / (shape - 2);
    }

    /// Probability that the mean order value is at most `x`.
    public double cdf(double x) {
        return x <= 0 ? 0 : inverse().survivalProbability(scale / x);
    }

    /// The mean order value that is not exceeded with probability `p`, p in [0, 1].
    public double quantile(double p) {
        return scale / inverse().inverseSurvivalProbability(p);
    }

    /// The distribution of scale / value.
    private GammaDistribution inverse() {
        return GammaDistribution.of(shape, 1);
    }
}
