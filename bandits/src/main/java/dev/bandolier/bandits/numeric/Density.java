package dev.bandolier.bandits.numeric;

/// A smooth density on the real line, as the quadrature sees a belief.
///
/// A belief may be given on any strictly increasing scale (log-odds of a rate, logarithm of an amount), as long as
/// all arms that are compared use the same: which arm is best does not depend on it.
public interface Density {

    /// The probability beyond either end that is left out; far less than anything that is served.
    double TAIL = 1e-17;

    /// Probability per unit of length at `z`.
    double at(double z);

    /// Probability of a value of at most `z`.
    double cumulative(double z);

    /// Below this point lies a probability of at most [#TAIL].
    double lower();

    /// Above this point lies a probability of at most [#TAIL].
    double upper();

    /// Length of an interval that starts at `z` and on which a polynomial of degree 15 follows the density with an
    /// error of about 1e-12 of its greatest value.
    double grain(double z);

    /// The value at the point `z` of the scale: the rate that has these log-odds, the amount that has this logarithm.
    double value(double z);

    /// The density, on the same scale, of the value multiplied by a factor of at least 1: ratios of values become
    /// comparisons.
    Density times(double factor);

    /// Probability of lying beyond the right end of the scale, which [#cumulative] leaves out: not 0 for a rate only
    /// that has been multiplied and may be above 1.
    default double beyond() {
        return 0;
    }
}
