package dev.bandolier.bandits.guardrail;

/// A time-uniform interval of a mean that needs nothing but a variance, and some data to begin with: an asymptotic
/// confidence sequence [1] (`methods.md` 7b). Where a few values decide the variance it claims too much, so it is for
/// means of at least [#CONVERSIONS_MIN] orders.
///
/// The margin is sd sqrt(2 (n rho^2 + 1) / (n^2 rho^2) ln(sqrt(n rho^2 + 1) / alpha)), with rho^2 such that it is
/// tightest at a chosen n: rho^2 = (-W(-alpha^2 / e) - 1) / n, with the lower branch of Lambert's W.
///
/// [1] I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy, A. Ramdas, Time-uniform central limit theory and asymptotic
/// confidence sequences, Annals of Statistics 52 (2024).
///
/// @param tightest number of units at which the interval is to be tightest, positive
/// @param alpha    probability that the mean is ever outside, in (0, 1)
public record AsymptoticBound(double tightest, double alpha) {

    /// The fewest orders from which a mean of revenue is to be bounded so.
    public static final long CONVERSIONS_MIN = 200;

    /// Newton's steps double the digits; so many are never needed.
    private static final int STEPS_MAX = 100;

    /// Refuses a number that is not positive and finite, and an error rate out of range.
    public AsymptoticBound {
        if (!(tightest > 0 && tightest < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(tightest + " units are not a positive, finite number");
        }
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
    }

    /// The interval about an average.
    ///
    /// @param average average of the values
    /// @param sd      their standard deviation
    /// @param units   how many, positive
    public Interval of(double average, double sd, double units) {
        double margin = margin(sd, units);
        return new Interval(average - margin, average + margin);
    }

    /// Half the width of the interval.
    public double margin(double sd, double units) {
        double spread = units * rho2();
        return sd * Math.sqrt(2 * (spread + 1) / (units * spread) * (Math.log1p(spread) / 2 - Math.log(alpha)));
    }

    /// Variance of the mixture, as the square of rho.
    double rho2() {
        return (lambert(-2 * Math.log(alpha)) - 1) / tightest;
    }

    /// -W(-e^(-1 - u)), lower branch, for u > 0: the v above 1 with v - ln v = 1 + u.
    ///
    /// In this form nothing underflows, however small alpha is. 1 + sqrt(2u) + u is never below v, and the function is
    /// convex, so Newton's steps fall towards v and never past it.
    private static double lambert(double u) {
        double v = 1 + Math.sqrt(2 * u) + u;
        for (int step = 0; step < STEPS_MAX; step++) {
            double next = v - (v - Math.log(v) - 1 - u) / (1 - 1 / v);
            if (!(next < v)) {
                return v;
            }
            v = next;
        }
        return v;
    }
}
