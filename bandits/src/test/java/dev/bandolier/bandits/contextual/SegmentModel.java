package dev.bandolier.bandits.contextual;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Contender;
import dev.bandolier.bandits.Thompson;
import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// A model of two arms that learns from counts by segment and says how probable the second arm is the better one.
interface SegmentModel {

    /// Learns that so many units of a segment were sent to an arm, and how many converted.
    void learn(int segment, int arm, double units, double conversions);

    /// Probability that the second arm is better for the segment.
    double second(int segment);

    /// Thompson sampling that does not see the segment.
    static SegmentModel pooled() {
        BetaPosterior[] arms = {BetaPosterior.unitSuccess(0.05), BetaPosterior.unitSuccess(0.05)};
        return new SegmentModel() {
            @Override
            public void learn(int segment, int arm, double units, double conversions) {
                arms[arm] = arms[arm].after(conversions, units);
            }

            @Override
            public double second(int segment) {
                List<Contender> contenders =
                        List.of(new Contender("first", arms[0], 0, 0), new Contender("second", arms[1], 0, 0));
                return new Thompson().allocate(contenders, 0).probability(1);
            }
        };
    }

    /// One linear model per arm: noise as of a rate of 5 %, an intercept of 5 % give or take 5 points, and segments
    /// believed to differ by a tenth of that.
    static SegmentModel linear() {
        LinearPosterior prior = LinearPosterior.prior(new double[] {0.05, 0}, new double[] {400, 40_000}, 0.05 * 0.95);
        LinearPosterior[] arms = {prior, prior};
        return new SegmentModel() {
            @Override
            public void learn(int segment, int arm, double units, double conversions) {
                if (units > 0) {
                    arms[arm] = arms[arm].after(features(segment), conversions / units, units);
                }
            }

            @Override
            public double second(int segment) {
                return better(arms[1].score(features(segment)), arms[0].score(features(segment)));
            }
        };
    }

    /// One logistic model per arm, with the same beliefs on the scale of log-odds.
    static SegmentModel logistic() {
        LogisticPosterior prior =
                LogisticPosterior.prior(new double[] {Math.log(0.05 / 0.95), 0}, new double[] {1, 100});
        LogisticPosterior[] arms = {prior, prior};
        return new SegmentModel() {
            @Override
            public void learn(int segment, int arm, double units, double conversions) {
                arms[arm] = arms[arm].after(
                        new double[][] {features(segment), features(segment)},
                        new double[] {1, 0},
                        new double[] {conversions, units - conversions});
            }

            @Override
            public double second(int segment) {
                return better(arms[1].score(features(segment)), arms[0].score(features(segment)));
            }
        };
    }

    private static double[] features(int segment) {
        return new double[] {1, segment};
    }

    /// Probability that one normal variable exceeds the other.
    private static double better(Score one, Score other) {
        return NormalDistribution.of(other.mean() - one.mean(), Math.sqrt(one.variance() + other.variance()))
                .cumulativeProbability(0);
    }
}
