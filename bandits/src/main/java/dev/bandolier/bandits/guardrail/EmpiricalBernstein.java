package dev.bandolier.bandits.guardrail;

/// A time-uniform interval of the mean of values in \[0, 1], of whatever distribution, narrower where they scatter less:
/// the predictable plug-in empirical Bernstein confidence sequence [1] (`methods.md` 7b). For revenue, values are
/// divided by the cap.
///
/// It depends on the order of the values, so it is built up value by value. Immutable: [#plus] gives the next one.
///
/// [1] I. Waudby-Smith, A. Ramdas, Estimating means of bounded random variables by betting, JRSS B 86 (2024).
///
/// @param alpha     probability that the mean is ever outside, in (0, 1)
/// @param count     values so far
/// @param sum       their sum
/// @param scatter   sum of their squared distances from the mean as it was estimated with each
/// @param stakes    sum of the weights, lambda
/// @param staked    sum of the values by weight
/// @param below     sum of what the weights cost, (x - mean before)^2 psi(lambda), where the mean before the first value is
///                  0: for the lower end, which is that of the upper one for 1 - x
/// @param above     the same where it is 1
public record EmpiricalBernstein(
        double alpha,
        long count,
        double sum,
        double scatter,
        double stakes,
        double staked,
        double below,
        double above) {

    /// The greatest weight of a value.
    private static final double STAKE_MAX = 0.5;

    /// Before the first value: a mean of 1/2 and a variance of 1/4, worth one value.
    private static final double MEAN = 0.5;

    private static final double VARIANCE = 0.25;

    /// Refuses an error rate out of range.
    public EmpiricalBernstein {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
    }

    /// Nothing seen.
    public static EmpiricalBernstein of(double alpha) {
        return new EmpiricalBernstein(alpha, 0, 0, 0, 0, 0, 0, 0);
    }

    /// This after one more value.
    ///
    /// @throws IllegalArgumentException if the value is not in \[0, 1]
    public EmpiricalBernstein plus(double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("value " + value + " is not in [0, 1]");
        }
        long next = count + 1;
        double stake = stake((double) next);
        double price = -Math.log1p(-stake) - stake;
        double mean = (MEAN + sum + value) / (next + 1);
        return new EmpiricalBernstein(
                alpha,
                next,
                sum + value,
                scatter + square(value - mean),
                stakes + stake,
                staked + stake * value,
                below + square(value - (count == 0 ? 0 : sum / count)) * price,
                above + square(value - (count == 0 ? 1 : sum / count)) * price);
    }

    /// The interval by now, within \[0, 1].
    public Interval interval() {
        if (count == 0) {
            return new Interval(0, 1);
        }
        double mean = staked / stakes;
        double sure = Math.log(2 / alpha);
        return new Interval(Math.max(mean - (sure + below) / stakes, 0), Math.min(mean + (sure + above) / stakes, 1));
    }

    /// Weight of the value of this number, from the variance of those before it.
    private double stake(double number) {
        double variance = (VARIANCE + scatter) / number;
        return Math.min(STAKE_MAX, Math.sqrt(2 * Math.log(2 / alpha) / (variance * number * Math.log1p(number))));
    }

    private static double square(double x) {
        return x * x;
    }
}
