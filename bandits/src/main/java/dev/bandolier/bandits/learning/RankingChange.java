package dev.bandolier.bandits.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whether, and when, an arm became better or worse than the others than it had been (`methods.md` 5). It is meant for
/// an alarm: what everybody earns goes up and down, and [EpochOffsets] deals with that; that one arm loses its place
/// does not happen for no reason.
///
/// @param arm       key of the arm
/// @param day       index of the first day after the change that the counts speak for most; 0 if they speak for none
/// @param ratio     its rate from that day on, relative to its rate before; both relative to the pooled rate
/// @param statistic logarithm of the likelihood ratio of the change to no change
/// @param threshold what the statistic has to exceed
public record RankingChange(String arm, int day, double ratio, double statistic, double threshold) {

    /// Allowed probability of one false alarm or more in an experiment.
    public static final double DELTA = 0.01;

    private static final double SHARE_MAX = 0.5;

    /// Whether the arm changed its place.
    public boolean changed() {
        return statistic > threshold;
    }

    /// What the days of one arm say.
    ///
    /// The counts are taken for Poisson: conversions hardly differ from it, and counts per unit may exceed 1. The
    /// threshold is `ln(3 D sqrt(D) / delta)` for D days, the form of [ChangePoint#bernoulli] with days in the place of
    /// trials, because there is a look and a possible split per day and not per trial. For the trials it would be out
    /// of reach: a fall of 30 % from 5 % at 2000 a day gives about 20 in four days, and 60,000 trials ask for 22.
    ///
    /// @param conversions conversions by day of exposure
    /// @param exposures   effective exposures by day, weighted by the epoch index, so that a good day for everybody
    ///                    is no change; the index must not be shrunk (see [#among])
    /// @param delta       allowed probability of an alarm without a change, in (0, 1)
    public static RankingChange of(String arm, double[] conversions, double[] exposures, double delta) {
        ChangePoint.Split split = ChangePoint.widest(conversions, exposures, ChangePoint::klPoisson);
        double days = Arrays.stream(exposures).filter(each -> each > 0).count();
        double threshold = Math.log(3 * Math.max(days, 1) * Math.sqrt(Math.max(days, 1)) / delta);
        int day = split.split();
        double ratio = rate(conversions, exposures, day, exposures.length) / rate(conversions, exposures, 0, day);
        return new RankingChange(arm, day, day == 0 ? 1 : ratio, split.statistic(), threshold);
    }

    /// What the days of all arms of an experiment say, arm by arm; each gets its part of [#DELTA].
    ///
    /// The epoch index is fitted without shrinkage: a shrunk index follows a sale only part of the way, and the rest
    /// would be taken for a change of every arm. As an arm is part of the pool, the index follows its own change too:
    /// in the counts of an arm of share p a change shows with 1 - p of its size, and the others seem to move the other
    /// way, each by less. Its counts also scatter less about the index than Poisson ones, by the factor 1 - p in
    /// variance, so they weigh `1 / (1 - p)`; p is taken for a half at most, since beyond that the scatter is that of
    /// the others' few conversions, and far from normal.
    ///
    /// @param arms        keys of the arms
    /// @param exposures   effective exposures by day, then arm; not weighted by an index
    /// @param conversions conversions by day of exposure, then arm
    public static List<RankingChange> among(List<String> arms, double[][] exposures, double[][] conversions) {
        EpochOffsets fit = EpochOffsets.fit(exposures, conversions, 0);
        double[] index = fit.index();
        double[] rate = fit.rate();
        List<RankingChange> found = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
            double[] counts = new double[index.length];
            double[] weighted = new double[index.length];
            for (int day = 0; day < index.length; day++) {
                double weight = 1 / (1 - Math.min(share(exposures[day], rate, arm), SHARE_MAX));
                counts[day] = weight * conversions[day][arm];
                weighted[day] = weight * exposures[day][arm] * index[day];
            }
            found.add(of(arms.get(arm), counts, weighted, DELTA / arms.size()));
        }
        return found;
    }

    /// The part of a day's conversions that an arm is expected to have.
    private static double share(double[] exposures, double[] rates, int arm) {
        double all = 0;
        for (int other = 0; other < rates.length; other++) {
            all += exposures[other] * rates[other];
        }
        return all > 0 ? exposures[arm] * rates[arm] / all : 0;
    }

    private static double rate(double[] conversions, double[] exposures, int from, int to) {
        return Arrays.stream(conversions, from, to).sum()
                / Arrays.stream(exposures, from, to).sum();
    }
}
