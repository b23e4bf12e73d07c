package dev.bandolier.bandits.guardrail;

import java.util.List;
import java.util.TreeSet;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/// One look at whether arms were exposed as often as they were drawn (`methods.md` 7e): `d' V^-1 d` of the differences d
/// between exposures and the sum of chances, V their covariance.
///
/// @param statistic the quadratic form, at least 0
/// @param freedom   degrees of freedom: arms less groups of arms that never competed
/// @param p         probability of a statistic as large by chance, in [0, 1]; good where each arm expects 5 units or more
public record ChiSquare(double statistic, int freedom, double p) {

    /// Variance below which, relative to the greatest, a direction is taken for one that nothing can be seen in.
    private static final double NOTHING = 1e-9;

    static ChiSquare of(List<SampleRatio.Drawn> draws) {
        TreeSet<String> keys = new TreeSet<>();
        draws.forEach(each -> keys.addAll(each.chances().keySet()));
        List<String> arms = List.copyOf(keys);
        double[] difference = new double[arms.size()];
        double[][] covariance = new double[arms.size()][arms.size()];
        for (SampleRatio.Drawn each : draws) {
            long all = each.units().values().stream().mapToLong(Long::longValue).sum();
            for (int i = 0; i < difference.length; i++) {
                double chance = each.chances().getOrDefault(arms.get(i), 0.0);
                difference[i] += each.units().getOrDefault(arms.get(i), 0L) - all * chance;
                covariance[i][i] += all * chance;
                for (int j = 0; j < difference.length; j++) {
                    covariance[i][j] -= all * chance * each.chances().getOrDefault(arms.get(j), 0.0);
                }
            }
        }
        return of(difference, covariance);
    }

    /// Takes out one arm after the other, the one of the greatest remaining variance first, until what remains is
    /// determined by those taken out: differences sum to 0, and where eligibility splits the arms, in each part of them.
    private static ChiSquare of(double[] difference, double[][] covariance) {
        double least = 0;
        for (int i = 0; i < difference.length; i++) {
            least = Math.max(least, NOTHING * covariance[i][i]);
        }
        double statistic = 0;
        int freedom = 0;
        int next = widest(covariance);
        while (next >= 0 && covariance[next][next] > least) {
            double variance = covariance[next][next];
            statistic += difference[next] * difference[next] / variance;
            freedom++;
            double[] row = covariance[next].clone();
            double taken = difference[next];
            for (int i = 0; i < row.length; i++) {
                difference[i] -= row[i] / variance * taken;
                for (int j = 0; j < row.length; j++) {
                    covariance[i][j] -= row[i] * row[j] / variance;
                }
            }
            next = widest(covariance);
        }
        double p = freedom == 0 ? 1 : ChiSquaredDistribution.of(freedom).survivalProbability(statistic);
        return new ChiSquare(statistic, freedom, p);
    }

    private static int widest(double[][] covariance) {
        int widest = covariance.length - 1;
        for (int i = 0; i < covariance.length; i++) {
            widest = covariance[i][i] > covariance[widest][widest] ? i : widest;
        }
        return widest;
    }
}
