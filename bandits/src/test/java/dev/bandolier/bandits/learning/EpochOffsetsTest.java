package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Golden;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochOffsetsTest {

    @Test
    void fit_golden_agrees() {
        Golden golden = Golden.named("epoch_offsets_poisson");
        EpochOffsets fit = EpochOffsets.fit(
                table(golden.inputs().required("exposures")),
                table(golden.inputs().required("conversions")),
                0);

        check(golden, "epoch_index", fit.index());
        check(golden, "arm_rate", fit.rate());
        check(golden, "N_eff", fit.effective());
    }

    /// Fourteen days at 3 %, fourteen at 9 %; both arms equal, 90 % of the traffic on the first arm before the step and
    /// 10 % after it. Seeds 1 to 100: a gap of more than 3 standard errors is met in 0.27 % of runs if the method is
    /// right, in 3 runs of 100 or more once in 360 sets of seeds.
    @Test
    void fit_equalArmsAndAStepForBoth_leavesNoGapWhereRawCountsDo() {
        int apart = 0;
        int rawApart = 0;
        for (long seed = 1; seed <= 100; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            double[][] exposures = new double[28][];
            double[][] conversions = new double[28][];
            for (int day = 0; day < 28; day++) {
                boolean early = day < 14;
                exposures[day] = early ? new double[] {2700, 300} : new double[] {300, 2700};
                conversions[day] = conversions(random, exposures[day], early ? 0.03 : 0.09);
            }
            EpochOffsets fit = EpochOffsets.fit(exposures, conversions, EpochOffsets.SHRINKAGE);
            EpochOffsets raw = EpochOffsets.fit(pooled(exposures), pooled(conversions), 0);
            apart += Math.abs(gap(fit)) > 3 * error(exposures, conversions) ? 1 : 0;
            rawApart += Math.abs(gap(raw)) > 3 * error(pooled(exposures), pooled(conversions)) ? 1 : 0;
        }

        assertThat(apart).isLessThan(3);
        assertThat(rawApart).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 20})
    void fit_oneEpoch_isExactlyOne(double shrinkage) {
        EpochOffsets fit = EpochOffsets.fit(new double[][] {{1000, 300}}, new double[][] {{30, 12}}, shrinkage);

        assertThat(fit.index()).containsExactly(1);
        assertThat(fit.rate()).containsExactly(0.03, 0.04);
        assertThat(fit.effective()).containsExactly(1000, 300);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 20})
    void fit_noConversions_isOneThroughout(double shrinkage) {
        EpochOffsets fit = EpochOffsets.fit(new double[][] {{1000, 300}, {10, 0}}, new double[2][2], shrinkage);

        assertThat(fit.index()).containsExactly(1, 1);
        assertThat(fit.rate()).containsExactly(0, 0);
        assertThat(fit.effective()).containsExactly(1010, 300);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 20})
    void fit_epochOrGroupWithoutExposures_leavesTheOthersAlone(double shrinkage) {
        double[][] exposures = {{1000, 800}, {500, 700}};
        double[][] conversions = {{30, 20}, {30, 50}};
        EpochOffsets plain = EpochOffsets.fit(exposures, conversions, shrinkage);
        EpochOffsets gaps = EpochOffsets.fit(
                new double[][] {{0, 0, 0}, {1000, 0, 800}, {500, 0, 700}},
                new double[][] {{0, 0, 0}, {30, 0, 20}, {30, 0, 50}},
                shrinkage);

        assertThat(gaps.index()).containsExactly(1, plain.index()[0], plain.index()[1]);
        assertThat(gaps.rate()).containsExactly(plain.rate()[0], 0, plain.rate()[1]);
    }

    @Test
    void fit_nothing_isEmpty() {
        assertThat(EpochOffsets.fit(new double[0][], new double[0][], 20).index())
                .isEmpty();
    }

    /// Conversions whose exposures are learned a moment later.
    @Test
    void fit_conversionsBeforeTheirExposures_staysFinite() {
        EpochOffsets fit =
                EpochOffsets.fit(new double[][] {{0, 5}, {0, 5}, {0, 0}}, new double[][] {{2, 1}, {0, 1}, {1, 0}}, 20);

        assertThat(fit.rate()).containsExactly(0, 0.2);
        assertThat(fit.effective()[1]).isCloseTo(10, within(1e-9));
    }

    /// A day of one arm alone says nothing of how arms differ, and takes its level from what that arm does elsewhere.
    @Test
    void fit_epochOfOneGroup_takesItsLevelFromThatGroupElsewhere() {
        double[][] exposures = {{10_000, 10_000}, {0, 10_000}, {10_000, 10_000}};
        double[][] conversions = {{300, 600}, {0, 1800}, {300, 600}};
        EpochOffsets fit = EpochOffsets.fit(exposures, conversions, 0);

        assertThat(fit.rate()[1] / fit.rate()[0]).isCloseTo(2, within(1e-9));
        assertThat(fit.index()[1] / fit.index()[0]).isCloseTo(3, within(1e-9));
    }

    /// One arm before, another after: nothing tells the days from the arms.
    @Test
    void fit_groupsThatNeverMeet_keepTheirRawRates() {
        EpochOffsets fit = EpochOffsets.fit(
                new double[][] {{10_000, 0}, {0, 10_000}}, new double[][] {{300, 0}, {0, 600}}, EpochOffsets.SHRINKAGE);

        assertThat(fit.rate()).containsExactly(new double[] {0.03, 0.06}, offset(1e-6));
    }

    /// A floor of 2 % is all that connects the arms; the fit still ends at the top of the likelihood, where every margin
    /// is met.
    @Test
    void fit_sharesNextToNothing_stillConverges() {
        double[][] exposures = {{9800, 200}, {200, 9800}};
        double[][] conversions = {{300, 4}, {19, 900}};
        EpochOffsets fit = EpochOffsets.fit(exposures, conversions, 0);

        for (int epoch = 0; epoch < 2; epoch++) {
            double wanted = exposures[epoch][0] * fit.rate()[0] + exposures[epoch][1] * fit.rate()[1];
            assertThat(fit.index()[epoch] * wanted)
                    .isCloseTo(conversions[epoch][0] + conversions[epoch][1], within(1e-5));
        }
    }

    private static double gap(EpochOffsets fit) {
        return Math.log(fit.rate()[0] / fit.rate()[1]);
    }

    /// Standard error of the logarithm of the ratio of two rates: given the conversions of an epoch, those of the first
    /// arm are binomial.
    private static double error(double[][] exposures, double[][] conversions) {
        double information = 0;
        for (int epoch = 0; epoch < exposures.length; epoch++) {
            double share = exposures[epoch][0] / (exposures[epoch][0] + exposures[epoch][1]);
            information += (conversions[epoch][0] + conversions[epoch][1]) * share * (1 - share);
        }
        return 1 / Math.sqrt(information);
    }

    private static double[][] pooled(double[][] rows) {
        double[] sums = new double[2];
        for (double[] row : rows) {
            sums[0] += row[0];
            sums[1] += row[1];
        }
        return new double[][] {sums};
    }

    private static double[] conversions(RandomGenerator random, double[] exposures, double rate) {
        return Arrays.stream(exposures)
                .map(trials -> BinomialDistribution.of((int) trials, rate)
                        .createSampler(random::nextLong)
                        .sample())
                .toArray();
    }

    private static void check(Golden golden, String field, double[] actual) {
        new Golden(
                        golden.name() + " " + field,
                        golden.inputs(),
                        golden.expected().required(field),
                        golden.abs(),
                        golden.rel())
                .check(actual);
    }

    private static double[][] table(JsonNode rows) {
        double[][] table = new double[rows.size()][];
        for (int row = 0; row < table.length; row++) {
            table[row] = Golden.numbers(rows.get(row));
        }
        return table;
    }
}
