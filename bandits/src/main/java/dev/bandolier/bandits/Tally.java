package dev.bandolier.bandits;

import java.math.BigInteger;

/// Additive sums over decisions: how many units were exposed and what they earned. Exact, so that order never matters
/// and everything can be taken back (`methods.md` 0.1).
///
/// @param exposures   units first exposed (N)
/// @param conversions units that converted in the window (S)
/// @param orders      single conversions, repeats of a unit included
/// @param ordersSq    sum of the squares of these per unit
/// @param value       sum of net values per unit, winsorised, in minor units (V)
/// @param valueSq     sum of the squares of these (V2)
/// @param raw         sum of net values as reported, in minor units
/// @param rawSq       sum of the squares of the raw net value per unit
public record Tally(
        long exposures,
        long conversions,
        long orders,
        long ordersSq,
        long value,
        BigInteger valueSq,
        long raw,
        BigInteger rawSq) {

    /// Nothing.
    public static final Tally ZERO = new Tally(0, 0, 0, 0, 0, BigInteger.ZERO, 0, BigInteger.ZERO);

    /// So many units exposed, nothing earned.
    public static Tally exposed(long exposures) {
        return new Tally(exposures, 0, 0, 0, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
    }

    /// The sum of both.
    ///
    /// @throws ArithmeticException if a sum does not fit in a `long`
    public Tally plus(Tally other) {
        return new Tally(
                Math.addExact(exposures, other.exposures),
                Math.addExact(conversions, other.conversions),
                Math.addExact(orders, other.orders),
                Math.addExact(ordersSq, other.ordersSq),
                Math.addExact(value, other.value),
                valueSq.add(other.valueSq),
                Math.addExact(raw, other.raw),
                rawSq.add(other.rawSq));
    }

    /// The difference; sums of changes may be negative.
    ///
    /// @throws ArithmeticException if a difference does not fit in a `long`
    public Tally minus(Tally other) {
        return new Tally(
                Math.subtractExact(exposures, other.exposures),
                Math.subtractExact(conversions, other.conversions),
                Math.subtractExact(orders, other.orders),
                Math.subtractExact(ordersSq, other.ordersSq),
                Math.subtractExact(value, other.value),
                valueSq.subtract(other.valueSq),
                Math.subtractExact(raw, other.raw),
                rawSq.subtract(other.rawSq));
    }

    /// What takes this away again.
    public Tally negated() {
        return ZERO.minus(this);
    }
}
