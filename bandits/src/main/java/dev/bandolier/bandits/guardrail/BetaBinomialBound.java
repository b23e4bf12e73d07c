package dev.bandolier.bandits.guardrail;

import java.util.function.DoublePredicate;
import org.apache.commons.numbers.gamma.LogBeta;

/// A time-uniform interval of a conversion rate: it holds the true rate at all times at once with probability
/// 1 - alpha, however often it is looked at and whatever decides which units get the arm (`methods.md` 7b).
///
/// Robbins' mixture: all rates p with B(a + S, b + n - S) / B(a, b) <= p^S (1 - p)^(n - S) / alpha, where S of n units
/// converted. Which a and b are taken decides where it is tight, never whether it is valid.
///
/// @param a     first shape of the mixture, positive
/// @param b     second shape, positive
/// @param alpha probability that the rate is ever outside, in (0, 1)
public record BetaBinomialBound(double a, double b, double alpha) {

    /// Refuses shapes that are not positive and finite, and an error rate out of range.
    public BetaBinomialBound {
        if (!(a > 0 && a < Double.POSITIVE_INFINITY && b > 0 && b < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("mixture Beta(" + a + ", " + b + ") needs positive, finite shapes");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
    }

    /// The interval that is tight about rates of this size: the mixture of one conversion.
    ///
    /// @param baseline expected conversion rate, between 0 and 1
    public static BetaBinomialBound around(double baseline, double alpha) {
        return new BetaBinomialBound(1, (1 - baseline) / baseline, alpha);
    }

    /// The interval after so many conversions among so many units; \[0, 1] before the first unit.
    ///
    /// @throws IllegalArgumentException unless 0 <= conversions <= units
    public Interval of(long conversions, long units) {
        if (conversions < 0 || conversions > units) {
            throw new IllegalArgumentException(conversions + " conversions of " + units + " units");
        }
        if (units == 0) {
            return new Interval(0, 1);
        }
        double rate = (double) conversions / units;
        double most =
                -Math.log(alpha) - LogBeta.value(a + conversions, b + (units - conversions)) + LogBeta.value(a, b);
        DoublePredicate inside = p -> -logLikelihood(conversions, units - conversions, p) <= most;
        return new Interval(
                conversions == 0 ? 0 : end(rate, 0, inside), conversions == units ? 1 : end(rate, 1, inside));
    }

    private static double logLikelihood(long conversions, long others, double p) {
        return (conversions == 0 ? 0 : conversions * Math.log(p)) + (others == 0 ? 0 : others * Math.log1p(-p));
    }

    /// The end of the interval between a rate that is inside and one that is not, to the last bit: the likelihood falls
    /// all the way.
    private static double end(double in, double out, DoublePredicate inside) {
        double within = in;
        double beyond = out;
        for (double middle = (within + beyond) / 2;
                middle != within && middle != beyond;
                middle = (within + beyond) / 2) {
            if (inside.test(middle)) {
                within = middle;
            } else {
                beyond = middle;
            }
        }
        return beyond;
    }
}
