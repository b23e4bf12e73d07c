package dev.bandolier.bandits;

/// What the orders of all arms together say about the value of an order, from which each arm's belief starts
/// (`methods.md` 1.2).
///
/// @param mean pooled mean order value m0, positive
/// @param k    1 / CV^2 of order values, from 0.05 to 20: 1 for exponential values, more for steadier ones
public record OrderValues(double mean, double k) {

    private static final double K_MIN = 0.05;
    private static final double K_MAX = 20;

    /// Orders that the prior is worth, where k allows.
    private static final double PRIOR_ORDERS = 5;

    /// Orders at CV = 1 that the pooled coefficient of variation is shrunk by.
    private static final double PSEUDO_ORDERS = 5;

    /// The least k n0: with less the prior would have (nearly) no variance.
    private static final double PRIOR_WEIGHT_MIN = 1.5;

    /// Refuses a mean that is not positive and finite, and a k out of range.
    public OrderValues {
        if (!(mean > 0 && mean < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mean order value " + mean + " is not positive and finite");
        }
        if (!(k >= K_MIN && k <= K_MAX)) {
            throw new IllegalArgumentException("k = " + k + " is not between " + K_MIN + " and " + K_MAX);
        }
    }

    /// What these orders say, winsorised values of all arms taken together.
    ///
    /// CV^2 is the sum of squared deviations in units of the mean, over the orders less one; five pseudo-orders with
    /// CV = 1 (exponential values) join both, so that 0 or 1 orders give CV = 1 and two equal ones do not give 0.
    /// Without an order, or with a total value that is not positive, nothing is known of the mean either: it is 1,
    /// which moves no comparison, since all arms have it.
    ///
    /// @param orders       number of orders, not negative; a fraction where orders are discounted
    /// @param value        sum of their values
    /// @param valueSquares sum of the squares of their values
    public static OrderValues of(double orders, double value, double valueSquares) {
        if (!(orders > 0 && value > 0)) {
            return new OrderValues(1, 1);
        }
        double mean = value / orders;
        double deviations = Math.max(valueSquares / mean / mean - orders, 0);
        double variation = (PSEUDO_ORDERS + deviations) / (PSEUDO_ORDERS + Math.max(orders - 1, 0));
        return new OrderValues(mean, Math.clamp(1 / variation, K_MIN, K_MAX));
    }

    /// Pseudo-orders n0 of the prior: 5, or as many as give it a variance where order values scatter widely.
    public double priorOrders() {
        return k * PRIOR_ORDERS <= PRIOR_WEIGHT_MIN ? Math.ceil(PRIOR_WEIGHT_MIN / k) : PRIOR_ORDERS;
    }

    /// What is believed about the mean order value of an arm before any of its orders.
    public OrderValuePosterior prior() {
        return OrderValuePosterior.prior(k, priorOrders(), mean);
    }
}
