package dev.bandolier.bandits.numeric;

/// The distribution of `z = ln(p m)`, the logarithm of revenue per unit: p a conversion rate from Beta(alpha, beta),
/// m a mean order value from InvGamma(shape, scale), independent of each other (`methods.md` 1.2).
///
/// The density, a convolution, is computed at some sixty points and interpolated from there.
public final class LogRevenue implements Density {

    private final double origin;
    private final Tabulated table;

    /// The distribution of the logarithm of revenue for these beliefs, all numbers positive and finite.
    public LogRevenue(double alpha, double beta, double shape, double scale) {
        this(Math.log(alpha / (alpha + beta)) + Math.log(scale / shape), table(alpha, beta, shape));
    }

    private LogRevenue(double origin, Tabulated table) {
        this.origin = origin;
        this.table = table;
    }

    @Override
    public double at(double z) {
        return table.at(z - origin);
    }

    @Override
    public double cumulative(double z) {
        return table.cumulative(z - origin);
    }

    /// The logarithm of the revenue that is not exceeded with probability `p`; without end for p = 0 and p = 1.
    public double quantile(double p) {
        if (!(p > 0 && p < 1)) {
            return p == 0 ? Double.NEGATIVE_INFINITY : p == 1 ? Double.POSITIVE_INFINITY : refuse(p);
        }
        return origin + table.quantile(p);
    }

    @Override
    public double lower() {
        return origin + table.lower();
    }

    @Override
    public double upper() {
        return origin + table.upper();
    }

    @Override
    public double grain(double z) {
        return table.grain(z - origin);
    }

    @Override
    public double value(double z) {
        return Math.exp(z);
    }

    @Override
    public Density times(double factor) {
        return new LogRevenue(origin + Math.log(factor), table);
    }

    private static Tabulated table(double alpha, double beta, double shape) {
        RevenueKernel kernel = new RevenueKernel(alpha, beta, shape);
        return new Tabulated(kernel::logAt, kernel.spread(), kernel.finest());
    }

    private static double refuse(double p) {
        throw new IllegalArgumentException("probability " + p + " is not between 0 and 1");
    }
}
