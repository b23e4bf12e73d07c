package dev.bandolier.bandits.learning;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Beliefs about arms in segments, each drawn towards what arm and segment are like overall, as far as the counts say
/// that this is a good guess (`methods.md` 6, stage 1).
///
/// The prior mean adds the effects of arm and segment. To draw towards the mean of the *arm* would be wrong: in a
/// segment that is better than others, the arm with fewer exposures would be drawn down further, and lose for it.
///
/// What an arm is like is taken from its *other* segments, with the effects of the segments taken out
/// ([SegmentEffects]): allocations differ by segment, so an arm that mostly serves a good segment looks good in its raw
/// pool, and its own counts in the segment would be used twice.
///
/// @param <P> kind of belief
public final class Shrinkage<P extends Posterior> {

    /// Share of a segment from which an arm is the segment, and says nothing of how arms differ there.
    private static final double SHARE_MAX = 0.999;

    private static final double KAPPA_MIN = 20;
    private static final double KAPPA_MAX = 1e5;

    /// Prior of ln kappa: normal with this mean and standard deviation.
    private static final double LOG_KAPPA_MEAN = Math.log(500);

    private static final double LOG_KAPPA_DEVIATION = 1.5;

    private static final int POINTS = 10;
    private static final double PRECISION = 1e-3;

    private final List<Family<P>> families;
    private final double[][] exposures;
    private final double[][] sums;
    private final double[][] means;
    private final double[][] strengths;
    private final double unit;
    private final double kappa;

    private Shrinkage(List<Family<P>> families, double[][] exposures, double[][] sums, double kappa) {
        this.families = families;
        this.exposures = exposures;
        this.sums = sums;
        int segments = exposures.length == 0 ? 0 : exposures[0].length;
        means = new double[sums.length][segments];
        strengths = new double[sums.length][segments];
        unit = families.getFirst().unit(overall());
        SegmentEffects effects = new SegmentEffects(families, exposures, sums);
        for (int arm = 0; arm < sums.length; arm++) {
            for (int segment = 0; segment < segments; segment++) {
                expect(effects, arm, segment);
            }
        }
        this.kappa = Double.isNaN(kappa) ? fitted() : kappa;
    }

    /// The mean expected of an arm in a segment: `logistic(logit(arm) + logit(segment) - logit(overall))`, for rates
    /// strictly between 0 and 1.
    public static double priorMean(double arm, double segment, double overall) {
        return 1 / (1 + Math.exp(-(logit(arm) + logit(segment) - logit(overall))));
    }

    /// Conversion rates by arm and segment, with the kappa that the counts speak for.
    ///
    /// @param priors      belief about each arm before it was exposed
    /// @param exposures   effective exposures by arm, then segment
    /// @param conversions conversions by arm, then segment
    public static Shrinkage<BetaPosterior> rates(
            List<BetaPosterior> priors, double[][] exposures, double[][] conversions) {
        return of(rateFamilies(priors), exposures, conversions, Double.NaN);
    }

    /// Conversion rates by arm and segment, with a given kappa.
    ///
    /// @param kappa see [#kappa()]; positive, may be infinite
    public static Shrinkage<BetaPosterior> rates(
            List<BetaPosterior> priors, double[][] exposures, double[][] conversions, double kappa) {
        return of(rateFamilies(priors), exposures, conversions, positive(kappa));
    }

    /// Counts per unit by arm and segment, with the kappa that the counts speak for.
    ///
    /// @param priors    belief about each arm before it was exposed
    /// @param exposures effective exposures by arm, then segment
    /// @param sums      sums of counts by arm, then segment; both divided by the dispersion if there is one
    public static Shrinkage<GammaPosterior> counts(List<GammaPosterior> priors, double[][] exposures, double[][] sums) {
        return of(countFamilies(priors), exposures, sums, Double.NaN);
    }

    /// Counts per unit by arm and segment, with a given kappa.
    ///
    /// @param kappa see [#kappa()]; positive, may be infinite
    public static Shrinkage<GammaPosterior> counts(
            List<GammaPosterior> priors, double[][] exposures, double[][] sums, double kappa) {
        return of(countFamilies(priors), exposures, sums, positive(kappa));
    }

    /// How alike segments are, once what everybody does there is taken out: the exposures that the mean expected of an
    /// arm in a segment is worth, at most. The fitted one lies between 20 and 100,000 (for counts: as many as expect
    /// what these do at a rate of 3 %).
    public double kappa() {
        return kappa;
    }

    /// The mean expected of an arm in a segment before what it counted there.
    public double expected(int arm, int segment) {
        return means[arm][segment];
    }

    /// What we believe about an arm in a segment. With an infinite kappa, it is what we believe about the arm, in every
    /// segment alike.
    ///
    /// The prior is worth k exposures, `1/k = 1/kappa + 1/n`, where the counts of the arm in other segments, and its
    /// own prior, are worth n here. Without n, an arm that nobody has seen would start with the weight of kappa
    /// exposures, and would not be tried. Kappa is taken for at least one success: where hardly anybody converts, fewer
    /// would be a belief that nobody can.
    public P shrunk(int arm, int segment) {
        if (kappa == Double.POSITIVE_INFINITY) {
            return families.get(arm).pooled(sum(sums[arm]), sum(exposures[arm]));
        }
        return families.get(arm)
                .after(
                        means[arm][segment],
                        strength(drawn(arm, segment), strengths[arm][segment]),
                        sums[arm][segment],
                        exposures[arm][segment]);
    }

    /// The part of the variance of [#shrunk] that is that of the arm at large, in (0, 1]: what its other segments are
    /// worth says how well the arm is known, kappa how far this segment may be from it. Of segments that are alike it is
    /// 1, and nearly 0 of segments that have little in common.
    public double shared(int arm, int segment) {
        return kappa == Double.POSITIVE_INFINITY
                ? 1
                : strength(drawn(arm, segment), strengths[arm][segment]) / strengths[arm][segment];
    }

    private double drawn(int arm, int segment) {
        return Math.max(kappa, 1 / means[arm][segment]);
    }

    private static <P extends Posterior> Shrinkage<P> of(
            List<Family<P>> families, double[][] exposures, double[][] sums, double kappa) {
        return new Shrinkage<>(families, exposures, sums, kappa);
    }

    /// Sets the mean that is expected of an arm in a segment, and the strength of what the arm's other segments say: in
    /// exposures here, so that the variance of the effect is kept.
    private void expect(SegmentEffects effects, int arm, int segment) {
        Family<P> family = families.get(arm);
        double effect = effects.armWithout(arm, segment);
        double here = family.mean(effect + effects.segment(segment));
        means[arm][segment] = here;
        strengths[arm][segment] = effects.knownWithout(arm, segment, effect) / family.spread(here);
    }

    /// The mean over all arms and segments. The priors are worth what one of them is on average: together they say the
    /// same thing as often as there are arms.
    private double overall() {
        double strength = 0;
        double sum = 0;
        for (Family<P> family : families) {
            strength += family.priorStrength() / families.size();
            sum += family.priorStrength() * family.priorMean() / families.size();
        }
        return (sum + Arrays.stream(sums).mapToDouble(Shrinkage::sum).sum())
                / (strength
                        + Arrays.stream(exposures).mapToDouble(Shrinkage::sum).sum());
    }

    private double fitted() {
        double low = Math.log(KAPPA_MIN);
        double high = Math.log(KAPPA_MAX);
        return unit * Math.exp(Peak.of(this::logPosterior, low, high, POINTS, PRECISION));
    }

    private double logPosterior(double logKappa) {
        double off = (logKappa - LOG_KAPPA_MEAN) / LOG_KAPPA_DEVIATION;
        double sum = -off * off / 2;
        double each = unit * Math.exp(logKappa);
        for (int arm = 0; arm < sums.length; arm++) {
            for (int segment = 0; segment < sums[arm].length; segment++) {
                sum += logLikelihood(arm, segment, each);
            }
        }
        return sum;
    }

    /// What the counts of an arm in a segment say for a kappa.
    ///
    /// The arm is part of the segment, so its counts lie closer to what is expected than those of an arm would that the
    /// segment's index does not know. Of an arm of share w, chance is left `1 - w` in variance, and of the differences
    /// of arms `(1 - w)^2` plus the squares of the shares of the others. Not to allow for it would find segments twice
    /// as alike as they are, in an experiment of two arms.
    private double logLikelihood(int arm, int segment, double kappa) {
        double all = 0;
        double squares = 0;
        for (int other = 0; other < sums.length; other++) {
            double part = exposures[other][segment] * means[other][segment];
            all += part;
            squares += part * part;
        }
        double share = all > 0 ? exposures[arm][segment] * means[arm][segment] / all : 1;
        if (share > SHARE_MAX) {
            return 0;
        }
        double left = 1 - share;
        double apart = 1 - 2 * share + squares / (all * all);
        double strength = strength(kappa / apart, strengths[arm][segment] / left);
        return left
                * families.get(arm)
                        .logLikelihood(
                                means[arm][segment],
                                strength,
                                sums[arm][segment] / left,
                                exposures[arm][segment] / left);
    }

    private static double strength(double kappa, double others) {
        return 1 / (1 / kappa + 1 / others);
    }

    private static double positive(double kappa) {
        if (!(kappa > 0)) {
            throw new IllegalArgumentException("kappa " + kappa + " is not positive");
        }
        return kappa;
    }

    private static List<Family<BetaPosterior>> rateFamilies(List<BetaPosterior> priors) {
        List<Family<BetaPosterior>> families = new ArrayList<>();
        priors.forEach(prior -> families.add(new RateFamily(prior)));
        return families;
    }

    private static List<Family<GammaPosterior>> countFamilies(List<GammaPosterior> priors) {
        List<Family<GammaPosterior>> families = new ArrayList<>();
        priors.forEach(prior -> families.add(new CountFamily(prior)));
        return families;
    }

    private static double logit(double rate) {
        return Math.log(rate) - Math.log1p(-rate);
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
