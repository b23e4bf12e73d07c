package dev.bandolier.bandits.learning;

import java.util.Arrays;

/// How good each epoch was for everybody, and how good each group is once that is taken out: the two-way Poisson model
/// `S_eg ~ Poisson(n_eg b_e r_g)` of `methods.md` 4.
///
/// A group that got most of its traffic on a sale day looks good in raw counts. Here it does not: its exposures of that
/// day count `b_e` each. Groups are arms, or pairs of arm and segment; epochs are days, or hours.
public final class EpochOffsets {

    /// Conversions at the average rate that are added to every epoch. They keep an epoch with next to none from swinging,
    /// and cost a bias: an index that is drawn towards 1 follows a sale only part of the way, and the rest is put down to
    /// the arms that had more traffic then. One is enough for the first, and small against the error of any comparison.
    /// Twenty (as in `methods.md` 4) are not: with equal arms, 100 conversions a day, a step by a factor of 3 and shares
    /// that go from 90/10 to 10/90, they leave a gap of more than four standard errors, one leaves a fifth of one.
    public static final double SHRINKAGE = 1;

    private static final int PASSES_MAX = 500;
    private static final double PRECISION = 1e-11;

    private final double[][] exposures;
    private final double[] shown;
    private final double[] byEpoch;
    private final double[] byGroup;
    private final double[] index;
    private final double[] rate;

    private EpochOffsets(double[][] exposures, double[][] conversions) {
        this.exposures = exposures;
        int groups = exposures.length == 0 ? 0 : exposures[0].length;
        shown = new double[exposures.length];
        byEpoch = new double[exposures.length];
        byGroup = new double[groups];
        for (int epoch = 0; epoch < exposures.length; epoch++) {
            for (int group = 0; group < groups; group++) {
                shown[epoch] += exposures[epoch][group];
                byEpoch[epoch] += conversions[epoch][group];
                byGroup[group] += conversions[epoch][group];
            }
        }
        index = new double[exposures.length];
        Arrays.fill(index, 1);
        rate = new double[groups];
    }

    /// The indices and rates of greatest likelihood, each index drawn towards 1.
    ///
    /// Nothing can be said of an epoch without exposures, of all epochs if nobody converted, and of one alone: their
    /// index is 1. Neither can it where the model does not tell epochs from groups (one group per epoch): there it
    /// stays where the pooled rates put it.
    ///
    /// @param exposures   effective exposures by epoch, then group
    /// @param conversions conversions by epoch, then group
    /// @param shrinkage   conversions added to every epoch at the average rate, at least 0; [#SHRINKAGE] by default
    public static EpochOffsets fit(double[][] exposures, double[][] conversions, double shrinkage) {
        EpochOffsets fit = new EpochOffsets(exposures, conversions);
        fit.rates();
        if (!fit.tellable()) {
            return fit;
        }
        for (int pass = 0; pass < PASSES_MAX; pass++) {
            double moved = fit.indices(shrinkage);
            fit.rates();
            if (moved < PRECISION) {
                break;
            }
        }
        return fit;
    }

    /// The index of each epoch, b_e; its mean over exposures is 1.
    public double[] index() {
        return index.clone();
    }

    /// The rate of each group in an epoch of index 1, r_g; 0 for a group without exposures.
    public double[] rate() {
        return rate.clone();
    }

    /// Exposures of each group, each weighted by the index of its epoch.
    public double[] effective() {
        double[] sums = new double[rate.length];
        for (int epoch = 0; epoch < index.length; epoch++) {
            double[] row = exposures[epoch];
            for (int group = 0; group < sums.length; group++) {
                sums[group] += row[group] * index[epoch];
            }
        }
        return sums;
    }

    private boolean tellable() {
        long open = Arrays.stream(shown).filter(each -> each > 0).count();
        return open > 1 && Arrays.stream(byGroup).sum() > 0;
    }

    private void rates() {
        double[] effective = effective();
        for (int group = 0; group < rate.length; group++) {
            rate[group] = effective[group] > 0 ? byGroup[group] / effective[group] : 0;
        }
    }

    /// Sets the indices that fit the rates, and says how far the one that moved most moved.
    private double indices(double shrinkage) {
        double[] next = new double[index.length];
        double weighted = 0;
        double weight = 0;
        for (int epoch = 0; epoch < next.length; epoch++) {
            double wanted = wanted(epoch) + shrinkage;
            next[epoch] = shown[epoch] > 0 && wanted > 0 ? (byEpoch[epoch] + shrinkage) / wanted : 1;
            weighted += shown[epoch] * next[epoch];
            weight += shown[epoch];
        }
        double mean = weighted / weight;
        double moved = 0;
        for (int epoch = 0; epoch < next.length; epoch++) {
            double scaled = shown[epoch] > 0 ? next[epoch] / mean : 1;
            moved = Math.max(moved, Math.abs(scaled - index[epoch]));
            index[epoch] = scaled;
        }
        return moved;
    }

    /// Conversions that an epoch of index 1 would have had.
    private double wanted(int epoch) {
        double[] row = exposures[epoch];
        double wanted = 0;
        for (int group = 0; group < row.length; group++) {
            wanted += row[group] * rate[group];
        }
        return wanted;
    }
}
