package dev.bandolier.bandits.numeric;

/// The logarithm, up to a constant, of the density of u = ln p + ln m for p from Beta(a, b) and m from
/// InvGamma(A, B): one integral over z = ln(p / (1 - p)), computed anew for every u (`methods.md` 3.1).
///
/// The integrand is p^(a+A) (1-p)^b e^(-c p) with c = B e^-u. Its derivative in z is, but for a positive factor,
/// quadratic in p, so it has a single peak, which is known in closed form; around it the trapezoid rule converges
/// geometrically. Exponents are computed relative to the peak of the joint density, at p0 = a / (a + b) and
/// m = B / A: with d = z - ln(a/b), x = ln(p/p0) and v = u - ln p0 - ln(B/A) the exponent is
///
///     a d - (a + b) ln(1 + p0 (e^d - 1)) - A (e^(x-v) - 1 - (x - v)),
///
/// where neither of the two parts is above 0, so nothing large cancels.
final class RevenueKernel {

    /// Step of the rule, in standard deviations as the curvature at the peak has them: were the integrand normal, the
    /// error would be e^-(2 pi^2 / h^2).
    private static final double STEP = 0.9;

    /// What the curvature is raised by for that, since an integrand of little curvature is not normal: as exp(k z - e^z)
    /// it is tame only within +-i pi/2 of the real line.
    private static final double CURVATURE_LEAST = 8;

    /// Up to this distance from the peak in e^x, e^v an exponential is saved by multiplying the two.
    private static final double NEAR = 0.5;

    /// Terms smaller than this part of the sum are left out.
    private static final double NEGLIGIBLE = 1e-12;

    /// So far above ln(a + A + c), in log-odds, p is as good as 1, and the integrand e^(-b z).
    private static final double CERTAIN = 25;

    /// Further to the left the density is that of p^a alone, e^(a v), for all but absurd shapes.
    private static final double FAR = 300;

    private final double a;
    private final double b;
    private final double shape;
    private final double share;
    private final double rest;
    private final double mode;
    private final double total;
    private final double side;

    /// The smaller one of the two shares.
    private final double smaller;

    /// The logarithm at -FAR, once it is known.
    private double far = Double.NaN;

    RevenueKernel(double a, double b, double shape) {
        this.a = a;
        this.b = b;
        this.shape = shape;
        share = a / (a + b);
        rest = b / (a + b);
        mode = Math.log(a) - Math.log(b);
        total = a + b;
        side = a <= b ? 1 : -1;
        smaller = Math.min(share, rest);
    }

    /// Standard deviation of u, roughly.
    double spread() {
        return Math.sqrt(rest / a + 1 / shape);
    }

    /// Length within which the density can change its character: that of m is smooth over its standard deviation, and
    /// smooths whatever is convolved with it.
    double finest() {
        return 0.5 / Math.sqrt(shape);
    }

    /// The logarithm at v, the distance of u from its value at the joint peak.
    double logAt(double v) {
        return v < -FAR ? far() + a * (v + FAR) : new Rule(v).log();
    }

    private double far() {
        if (Double.isNaN(far)) {
            far = new Rule(-FAR).log();
        }
        return far;
    }

    /// The trapezoid rule for one v.
    private final class Rule {

        private final double v;
        private final double decline;
        private final double center;
        private final double step;
        private final double peak;
        private final double certain;

        private Rule(double v) {
            this.v = v;
            decline = Math.expm1(-v);
            double c = shape / share * Math.exp(-v);
            double left = a + shape;
            double root = Math.sqrt((left - c) * (left - c) + 2 * b * (left + c) + b * b);
            double p = 2 * left / (left + b + c + root);
            double spare = left + b - c;
            double q = spare > 0 ? 2 * b / (spare + root) : (root - spare) / (2 * c);
            center = Math.log(p) - Math.log(q) - mode;
            step = STEP / Math.sqrt(left * q * q + b * p * p + CURVATURE_LEAST);
            certain = Math.log(left + c) + CERTAIN;
            peak = exponent(center, Math.expm1(side * center));
        }

        private double log() {
            return peak + Math.log(step * (1 + sum(1) + sum(-1)));
        }

        /// The terms on one side of the peak, over the one at the peak. e^d - 1 follows from node to node without
        /// an exponential.
        private double sum(int direction) {
            double start = Math.expm1(side * center);
            double stride = Math.expm1(direction * side * step);
            double covered = 0;
            double sum = 0;
            double term = 1;
            for (int n = 1; term > NEGLIGIBLE * sum; n++) {
                double d = center + direction * n * step;
                covered += stride + covered * stride;
                term = Math.exp(exponent(d, start + covered + start * covered) - peak);
                sum += term;
                if (direction > 0 && d + mode > certain) {
                    return sum + term / Math.expm1(b * step);
                }
            }
            return sum;
        }

        /// The exponent at d, on the side of the smaller shape as in [LogitBeta]; `growth` is e^(side d) - 1.
        private double exponent(double d, double growth) {
            double y = smaller * growth;
            double log = log1p(y);
            double beta = side > 0 ? a * d - total * log : -b * d - total * log;
            double x = side > 0 ? d - log : -log;
            double ratio = (side > 0 ? rest * growth : -y) / (1 + y);
            boolean near = Math.abs(ratio) < NEAR && Math.abs(decline) < NEAR;
            double rise = near ? ratio * decline + ratio + decline : Math.expm1(x - v);
            return beta - shape * (rise - (x - v));
        }
    }

    /// ln(1 + y) to full precision, several times as fast as that of the library: the error of the sum 1 + y cancels.
    private static double log1p(double y) {
        double sum = 1 + y;
        return sum == 1 ? y : Math.log(sum) * (y / (sum - 1));
    }
}
