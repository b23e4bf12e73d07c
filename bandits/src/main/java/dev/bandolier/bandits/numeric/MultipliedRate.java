package dev.bandolier.bandits.numeric;

/// The density of the log-odds of r x, where that of the log-odds of the rate x is given, and r > 1.
///
/// What is above 1 has no log-odds; it lies [#beyond]. With z the log-odds of x, those of r x are
/// z + ln r - ln(1 - (r - 1) e^z), which grow without end towards z = -ln(r - 1).
final class MultipliedRate implements Density {

    /// So far beyond the bend there is nothing left: the density falls as e^-z there.
    private static final double REACH = 40;

    private final Density rate;
    private final double factor;
    private final double bend;
    private final double lower;
    private final double upper;
    private final double beyond;

    MultipliedRate(Density rate, double factor) {
        this.rate = rate;
        this.factor = factor;
        bend = Math.log(factor) - Math.log(factor - 1);
        lower = product(rate.lower());
        upper = Math.min(product(rate.upper()), Math.max(bend, 0) + REACH);
        beyond = Math.max(1 - rate.cumulative(-Math.log(factor - 1)), 0);
    }

    @Override
    public double at(double z) {
        return rate.at(quotient(z)) / (1 + Math.exp(z - bend));
    }

    @Override
    public double cumulative(double z) {
        return rate.cumulative(quotient(z));
    }

    @Override
    public double lower() {
        return lower;
    }

    @Override
    public double upper() {
        return upper;
    }

    /// That of the rate, and half the distance to the poles, at `bend` +- i pi.
    @Override
    public double grain(double z) {
        double x = quotient(z);
        return Math.min(product(x + rate.grain(x)) - z, Math.max(Math.abs(z - bend), Math.PI) / 2);
    }

    @Override
    public double value(double z) {
        return rate.value(z);
    }

    @Override
    public Density times(double more) {
        return rate.times(factor * more);
    }

    @Override
    public double beyond() {
        return beyond;
    }

    private double product(double z) {
        double room = 1 - (factor - 1) * Math.exp(z);
        return room > 0 ? z + Math.log(factor) - Math.log(room) : Double.POSITIVE_INFINITY;
    }

    /// z - ln(r + (r - 1) e^z), in a form that does not overflow.
    private double quotient(double z) {
        return z < 0
                ? z - Math.log(factor + (factor - 1) * Math.exp(z))
                : -Math.log(factor * Math.exp(-z) + (factor - 1));
    }
}
