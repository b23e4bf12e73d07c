package dev.bandolier.bandits.learning;

import java.util.List;

/// How much better or worse each segment is for every arm, and each arm in every segment: the two-way model
/// `link(mean of arm a in segment g) = arm_a + segment_g`, fitted by penalised likelihood.
///
/// On the scale of the link (log-odds of rates, logarithm of counts) nothing leaves its range, however high the rates.
/// The prior of an arm counts as exposures in a segment that is like all; the effect of a segment has a normal prior, so
/// that a segment without a single conversion is bad, and not hopeless.
final class SegmentEffects {

    /// Standard deviation of the effect of a segment before anything is known: a factor of seven is not unusual.
    private static final double DEVIATION = 2;

    private static final double PRECISION = 1 / (DEVIATION * DEVIATION);
    private static final int SWEEPS_MAX = 200;
    private static final double CONVERGED = 1e-9;

    /// A step of Newton's method goes no further: far from the solution its curvature is no guide.
    private static final double STEP_MAX = 1;

    private final List<? extends Family<?>> families;
    private final double[][] exposures;
    private final double[][] sums;
    private final double[] arms;
    private final double[] segments;

    /// The effects in these counts.
    ///
    /// @param families  one per arm
    /// @param exposures by arm, then segment
    /// @param sums      by arm, then segment
    SegmentEffects(List<? extends Family<?>> families, double[][] exposures, double[][] sums) {
        this.families = families;
        this.exposures = exposures;
        this.sums = sums;
        arms = families.stream()
                .mapToDouble(family -> family.link(family.priorMean()))
                .toArray();
        segments = new double[exposures.length == 0 ? 0 : exposures[0].length];
        double moved = Double.POSITIVE_INFINITY;
        for (int sweep = 0; sweep < SWEEPS_MAX && moved > CONVERGED; sweep++) {
            moved = 0;
            for (int arm = 0; arm < arms.length; arm++) {
                double step = step(arm, -1, arms[arm]);
                arms[arm] += step;
                moved = Math.max(moved, Math.abs(step));
            }
            for (int segment = 0; segment < segments.length; segment++) {
                double step = step(segment);
                segments[segment] += step;
                moved = Math.max(moved, Math.abs(step));
            }
        }
    }

    /// The effect of a segment, on the scale of the link.
    double segment(int segment) {
        return segments[segment];
    }

    /// The effect of an arm as its other segments and its prior tell it, on the scale of the link.
    double armWithout(int arm, int segment) {
        double effect = arms[arm];
        double step = Double.POSITIVE_INFINITY;
        for (int i = 0; i < SWEEPS_MAX && Math.abs(step) > CONVERGED; i++) {
            step = step(arm, segment, effect);
            effect += step;
        }
        return effect;
    }

    /// What the other segments of an arm and its prior know of its effect: one over its variance.
    double knownWithout(int arm, int segment, double effect) {
        Family<?> family = families.get(arm);
        double known = family.priorStrength() * family.spread(family.mean(effect));
        for (int other = 0; other < segments.length; other++) {
            if (other != segment) {
                known += exposures[arm][other] * family.spread(family.mean(effect + segments[other]));
            }
        }
        return known;
    }

    /// A step towards the effect of an arm that its segments but one speak for.
    private double step(int arm, int without, double effect) {
        Family<?> family = families.get(arm);
        double score = family.priorStrength() * (family.priorMean() - family.mean(effect));
        for (int segment = 0; segment < segments.length; segment++) {
            if (segment != without && exposures[arm][segment] > 0) {
                double mean = family.mean(effect + segments[segment]);
                score += sums[arm][segment] - exposures[arm][segment] * mean;
            }
        }
        return bounded(score / knownWithout(arm, without, effect));
    }

    private double step(int segment) {
        double score = -segments[segment] * PRECISION;
        double known = PRECISION;
        for (int arm = 0; arm < arms.length; arm++) {
            // A conversion may be heard of before its exposure, and says nothing until then.
            if (exposures[arm][segment] > 0) {
                Family<?> family = families.get(arm);
                double mean = family.mean(arms[arm] + segments[segment]);
                score += sums[arm][segment] - exposures[arm][segment] * mean;
                known += exposures[arm][segment] * family.spread(mean);
            }
        }
        return bounded(score / known);
    }

    private static double bounded(double step) {
        return Math.clamp(step, -STEP_MAX, STEP_MAX);
    }
}
