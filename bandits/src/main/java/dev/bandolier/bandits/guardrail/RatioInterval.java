package dev.bandolier.bandits.guardrail;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which ratios of what an arm earns per unit to what control earns are compatible with what was seen, at any time:
/// those that [RatioTest] would refuse on neither side, had it been asked for each (`methods.md` 7b).
///
/// An instance seeks the upper end; the lower one is that of the swapped arms. The logarithm of the e-value is
/// convex in the logarithm of the ratio and never falls: control's factors are `1 + f ratio stake`, and sums, and
/// means of exponentials, keep both. So Newton's steps from above approach the end without passing it.
public final class RatioInterval {

    /// Beyond e^600 a ratio is told from an infinite one no more.
    private static final double LOG_RATIO_MAX = 600;

    /// How exact the logarithm of an end is.
    private static final double PRECISION = 1e-13;

    /// Far more steps than Newton needs.
    private static final int STEPS_MAX = 200;

    /// What the arm's units made of each bet, as logarithm: the same for every ratio.
    private final double[] ofArm = new double[Bets.COUNT];

    /// Stakes of control's units for a ratio of 1, and how many units have each.
    private final double[] stakes;

    private final long[] units;
    private final double target;

    private RatioInterval(Map<Double, Long> ofArm, Map<Double, Long> ofControl, double target) {
        this.target = target;
        ofArm.forEach((stake, count) -> {
            for (int j = 0; j < Bets.COUNT; j++) {
                this.ofArm[j] += count * Math.log1p(-Bets.share(j) * stake);
            }
        });
        stakes = ofControl.keySet().stream().mapToDouble(each -> each).toArray();
        units = ofControl.values().stream().mapToLong(each -> each).toArray();
    }

    /// The interval that contains the ratio at all times, however often it is looked at, with probability
    /// 1 - alpha, if the ratio is the same at all times: both tests inverted at alpha / 2.
    ///
    /// @param rows  units that earned something, in any order; equal ones may be split or taken back
    /// @param alpha error rate of both sides together, in (0, 1)
    /// @throws IllegalArgumentException if alpha is out of range, or more units are taken back than there were
    public static Interval of(List<Row> rows, double alpha) {
        if (!(alpha > 0 && alpha < 1)) {
            throw new IllegalArgumentException("alpha " + alpha + " is not in (0, 1)");
        }
        double target = Math.log(2 / alpha);
        double upper = upper(rows, target);
        double lower = 1 / upper(rows.stream().map(Row::swapped).toList(), target);
        return new Interval(lower, upper);
    }

    private static double upper(List<Row> rows, double target) {
        Map<Double, Long> ofArm = new TreeMap<>();
        Map<Double, Long> ofControl = new TreeMap<>();
        for (Row row : rows) {
            (row.ofArm ? ofArm : ofControl).merge(row.stake(), row.units, Math::addExact);
        }
        return new RatioInterval(settled(ofArm), settled(ofControl), target).upper();
    }

    /// Without stakes that change nothing.
    private static Map<Double, Long> settled(Map<Double, Long> units) {
        units.entrySet().removeIf(each -> each.getKey() == 0 || each.getValue() == 0);
        units.forEach((stake, count) -> {
            if (count < 0) {
                throw new IllegalArgumentException(-count + " more units taken back than there were");
            }
        });
        return units;
    }

    private double upper() {
        double x = 0;
        for (double step = 1; stakes.length > 0 && at(x).excess < 0 && x <= LOG_RATIO_MAX; step *= 2) {
            x += step;
        }
        if (stakes.length == 0 || x > LOG_RATIO_MAX) {
            return Double.POSITIVE_INFINITY;
        }
        for (int n = 0; n < STEPS_MAX; n++) {
            Point point = at(x);
            double step = point.excess / point.slope;
            x -= step;
            if (!(step > PRECISION)) {
                break;
            }
        }
        return Math.exp(x);
    }

    /// How far the logarithm of the e-value is above what it has to reach, and how steep it is, at this logarithm
    /// of a ratio.
    private Point at(double x) {
        double ratio = Math.exp(x);
        double[] logs = ofArm.clone();
        double[] slopes = new double[Bets.COUNT];
        for (int i = 0; i < stakes.length; i++) {
            for (int j = 0; j < Bets.COUNT; j++) {
                double gain = Bets.share(j) * ratio * stakes[i];
                logs[j] += units[i] * Math.log1p(gain);
                slopes[j] += units[i] * gain / (1 + gain);
            }
        }
        double logE = Bets.logMean(logs);
        double slope = 0;
        for (int j = 0; j < Bets.COUNT; j++) {
            slope += Math.exp(logs[j] - logE) / Bets.COUNT * slopes[j];
        }
        return new Point(logE - target, slope);
    }

    private record Point(double excess, double slope) {}

    /// Units that were drawn and earned alike.
    ///
    /// @param chance with what probabilities they were drawn
    /// @param reward what each earned, in [0, 1]
    /// @param ofArm  whether they got the arm; else control, or are held out
    /// @param units  how many; negative to take them back
    public record Row(Chance chance, double reward, boolean ofArm, long units) {

        /// Refuses a reward out of range.
        public Row {
            if (!(reward >= 0 && reward <= 1)) {
                throw new IllegalArgumentException("reward " + reward + " is not in [0, 1]");
            }
        }

        /// The stake of [RatioTest.Side#LOWER] for a ratio of 1.
        private double stake() {
            return reward * (chance.leastArm() / (ofArm ? chance.arm() : chance.control()));
        }

        /// The arm as control, and control as the arm.
        private Row swapped() {
            Chance other = new Chance(chance.control(), chance.arm(), chance.leastControl(), chance.leastArm());
            return new Row(other, reward, !ofArm, units);
        }
    }

    /// Ratios of what an arm earns per unit to what control earns.
    ///
    /// @param lower lower end, not negative; 0 if the arm earned nothing. Above the upper one where the ratio
    ///              changed so much that no constant one is compatible with what was seen
    /// @param upper upper end; infinite if control earned nothing
    public record Interval(double lower, double upper) {}
}
