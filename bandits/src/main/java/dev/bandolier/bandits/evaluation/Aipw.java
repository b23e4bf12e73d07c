package dev.bandolier.bandits.evaluation;

import dev.bandolier.bandits.evaluation.Stratum.Drawn;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/// What each arm would have earned with all units, from units that were drawn with known probabilities: augmented
/// inverse propensity weighting (`methods.md` 8).
///
/// The plain mean of an arm is wrong while shares move: an arm that got most of its units during a sale looks good,
/// and one that was unlucky early is not served again and never recovers. Here every unit counts for every arm: with
/// what was believed of the arm before the unit came, put right by the units that got it, each as much more as the
/// arm was rare. Whatever was believed, and however shares, seasons and rates moved, that is right on average [1];
/// with uniform weights it is the mean over all units. Weights that count less where an arm was rare [2] have a
/// narrower interval, and a mean over other units: of use for contrasts, of little use for what one arm earns.
///
/// A stratum in which an arm could not be drawn says nothing of it and does not count; contrasts leave out those in
/// which control could not be drawn as well, on both sides. [#covered] and [#comparable] say what is left. Where no
/// unit of an arm has earned anything yet, or fewer than two got it, every estimate of it is [Estimate#UNKNOWN]: the
/// normal approximation of the interval has nothing to start from. Errors come from the variance of the scores of all
/// units, those of ratios by the delta method: the ratio A / B has the score (A - ratio B) / mean B.
///
/// Immutable; arms are named by their position.
///
/// [1] M. Dudik, J. Langford, L. Li, Doubly robust policy evaluation and learning, ICML 2011.
/// [2] V. Hadad, D. A. Hirshberg, R. Zhan, S. Wager, S. Athey, Confidence intervals for policy evaluation in adaptive
/// experiments, PNAS 118 (2021).
public final class Aipw {

    private final List<Stratum> strata;
    private final int arms;
    private final int control;

    /// A stratum that counts, and how much each of its units does.
    private record Weighted(Stratum stratum, double weight) {}

    private Aipw(List<Stratum> strata, int arms, int control) {
        this.strata = strata;
        this.arms = arms;
        this.control = control;
    }

    /// The estimates from these units.
    ///
    /// @param strata  units that were drawn with the same probabilities, in any order
    /// @param arms    number of arms of every stratum, positive
    /// @param control the arm that others are compared with
    /// @throws IllegalArgumentException if a stratum has another number of arms, or there is no such control
    public static Aipw of(List<Stratum> strata, int arms, int control) {
        if (control < 0 || control >= arms) {
            throw new IllegalArgumentException("control " + control + " of " + arms + " arms");
        }
        for (Stratum stratum : strata) {
            if (stratum.arms().size() != arms) {
                throw new IllegalArgumentException(
                        "a stratum of " + stratum.arms().size() + " arms, not " + arms);
            }
        }
        return new Aipw(strata.stream().filter(stratum -> stratum.units() > 0).toList(), arms, control);
    }

    /// Units of all strata.
    public long units() {
        return units(strata);
    }

    /// Share of the units that were drawn while this arm could be, in \[0, 1]: those that its [#value] is about; not
    /// a number if there is no unit.
    public double covered(int arm) {
        return (double) units(
                        strata.stream().filter(each -> drawable(each, arm)).toList())
                / units();
    }

    /// Share of the units that were drawn while this arm and control could be, in \[0, 1]: those that its contrasts
    /// are about; not a number if there is no unit.
    public double comparable(int arm) {
        return (double) units(strata.stream()
                        .filter(each -> drawable(each, arm) && drawable(each, control))
                        .toList())
                / units();
    }

    /// What the arm would have earned per unit with all units: uniform weights.
    public Estimate value(int arm) {
        return value(arm, each -> 1);
    }

    /// What the arm earns per unit, where units count by the square root of the arm's probability: narrower than
    /// [#value], and biased if rates move together with shares.
    public Estimate weighted(int arm) {
        return value(arm, each -> Math.sqrt(propensity(each, arm)));
    }

    /// How much more than control the arm would have earned per unit with all units: uniform weights.
    public Estimate difference(int arm) {
        List<Weighted> counted = counted(each -> 1, arm, control);
        return telling(counted, arm) && telling(counted, control)
                ? mean(counted, each -> new UnitScore(each, 0, contrast(arm, 1)))
                : Estimate.UNKNOWN;
    }

    /// How much more than control the arm would have earned with all units, relative to control: 0.1 is 10 % more.
    /// Uniform weights.
    public Estimate lift(int arm) {
        return lift(arm, each -> 1);
    }

    /// How much more than control the arm earns, relative to control, where units count by (1/p_a + 1/p_0)^(-1/2),
    /// the inverse of the spread of their scores: narrower than [#lift] if the arm or control was rare at times. It
    /// is about the same lift as far as that is the same at all times, whatever the level; else about a mean that
    /// counts the times more in which both were served often.
    public Estimate stabilisedLift(int arm) {
        return lift(arm, each -> 1 / Math.sqrt(1 / propensity(each, arm) + 1 / propensity(each, control)));
    }

    /// How much more was earned per unit than an even split would have earned over the arms that could be drawn at
    /// the time. About all units: times [#units] it is the total.
    public Estimate againstUniform() {
        return telling(strata)
                ? mean(counted(each -> 1), each -> new UnitScore(each, 1, evenSplit(each)))
                : Estimate.UNKNOWN;
    }

    /// How much more was earned per unit than control would have earned with all of them. About the units that were
    /// drawn while control could be: times [#units] and [#covered] of control it is their total.
    public Estimate againstControl() {
        List<Weighted> counted = counted(each -> 1, control);
        double[] parts = new double[arms];
        parts[control] = -1;
        return telling(counted, control) ? mean(counted, each -> new UnitScore(each, 1, parts)) : Estimate.UNKNOWN;
    }

    private Estimate value(int arm, ToDoubleFunction<Stratum> weight) {
        List<Weighted> counted = counted(weight, arm);
        return telling(counted, arm) ? mean(counted, each -> new UnitScore(each, 0, unit(arm))) : Estimate.UNKNOWN;
    }

    private Estimate lift(int arm, ToDoubleFunction<Stratum> weight) {
        List<Weighted> counted = counted(weight, arm, control);
        if (!telling(counted, arm) || !telling(counted, control)) {
            return Estimate.UNKNOWN;
        }
        double base = sum(counted, each -> new UnitScore(each, 0, unit(control)));
        if (!(base > 0)) {
            return Estimate.UNKNOWN;
        }
        double excess = sum(counted, each -> new UnitScore(each, 0, contrast(arm, 1)));
        double lift = excess / base;
        double squares = squares(counted, each -> new UnitScore(each, 0, contrast(arm, 1 + lift)), 0);
        return new Estimate(lift, Math.sqrt(squares) / base);
    }

    /// The weighted mean of the scores of units, Q = sum h s / sum h, with the error sqrt(sum h^2 (s - Q)^2) / sum h.
    private static Estimate mean(List<Weighted> counted, Function<Stratum, UnitScore> score) {
        double weights = 0;
        for (Weighted each : counted) {
            weights += each.weight() * each.stratum().units();
        }
        double mean = sum(counted, score) / weights;
        return new Estimate(mean, Math.sqrt(squares(counted, score, mean)) / weights);
    }

    private static double sum(List<Weighted> counted, Function<Stratum, UnitScore> score) {
        double sum = 0;
        for (Weighted each : counted) {
            sum += each.weight() * score.apply(each.stratum()).sum();
        }
        return sum;
    }

    private static double squares(List<Weighted> counted, Function<Stratum, UnitScore> score, double centre) {
        double sum = 0;
        for (Weighted each : counted) {
            sum += each.weight() * each.weight() * score.apply(each.stratum()).squaresAround(centre);
        }
        return sum;
    }

    /// The strata in which each of these arms could be drawn.
    private List<Weighted> counted(ToDoubleFunction<Stratum> weight, int... needed) {
        List<Weighted> counted = new ArrayList<>();
        for (Stratum stratum : strata) {
            boolean counts = true;
            for (int arm : needed) {
                counts &= drawable(stratum, arm);
            }
            if (counts) {
                counted.add(new Weighted(stratum, weight.applyAsDouble(stratum)));
            }
        }
        return counted;
    }

    private static boolean telling(List<Weighted> counted, int arm) {
        return counted.stream()
                .map(each -> each.stratum().arms().get(arm).earned())
                .reduce(Sums.NONE, Sums::plus)
                .telling();
    }

    private static boolean telling(List<Stratum> strata) {
        return strata.stream()
                .flatMap(each -> each.arms().stream())
                .map(Drawn::earned)
                .reduce(Sums.NONE, Sums::plus)
                .telling();
    }

    private double[] unit(int arm) {
        double[] parts = new double[arms];
        parts[arm] = 1;
        return parts;
    }

    /// The arm less so much of control.
    private double[] contrast(int arm, double ofControl) {
        double[] parts = unit(arm);
        parts[control] -= ofControl;
        return parts;
    }

    private static double[] evenSplit(Stratum stratum) {
        double live =
                stratum.arms().stream().filter(arm -> arm.propensity() > 0).count();
        return stratum.arms().stream()
                .mapToDouble(arm -> arm.propensity() > 0 ? -1 / live : 0)
                .toArray();
    }

    private static boolean drawable(Stratum stratum, int arm) {
        return propensity(stratum, arm) > 0;
    }

    private static double propensity(Stratum stratum, int arm) {
        return stratum.arms().get(arm).propensity();
    }

    private static long units(List<Stratum> strata) {
        return strata.stream().mapToLong(Stratum::units).sum();
    }
}
