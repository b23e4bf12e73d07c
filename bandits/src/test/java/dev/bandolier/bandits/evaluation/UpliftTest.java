package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UpliftTest {

    private static final double PRECISION = 1e-12;

    /// By hand: 1, 2, 3 and 6 have the mean 3 and the variance 14 / 3; 1 and 3 the mean 2 and the variance 2.
    private static final Uplift SMALL = Uplift.of(new Sums(4, 12, 50), new Sums(2, 4, 10));

    @Test
    void difference_fewUnits_isThatOfTheMeansWithWelchsError() {
        assertThat(SMALL.difference().value()).isCloseTo(1, within(PRECISION));
        assertThat(SMALL.difference().error()).isCloseTo(Math.sqrt(14.0 / 3 / 4 + 2.0 / 2), within(PRECISION));
    }

    @Test
    void relative_fewUnits_hasTheErrorOfTheRatio() {
        assertThat(SMALL.relative().value()).isCloseTo(0.5, within(PRECISION));
        assertThat(SMALL.relative().error())
                .isCloseTo(1.5 * Math.sqrt(14.0 / 3 / 4 / 9 + 2.0 / 2 / 4), within(PRECISION));
    }

    /// Everybody earns 10 during a sale in which nobody is held out, 2 afterwards: nothing was gained by choosing.
    @Test
    void estimates_seasonBeforeTheHoldout_isLeftOutOfBothSides() {
        Uplift uplift = new Uplift(List.of(
                new Uplift.Split(new Sums(1000, 10_000, 110_000), Sums.NONE),
                new Uplift.Split(new Sums(400, 800, 2_000), new Sums(100, 200, 500))));

        assertThat(uplift.difference().value()).isZero();
        assertThat(uplift.relative().value()).isZero();
        assertThat(uplift.relative())
                .isEqualTo(Uplift.of(new Sums(400, 800, 2_000), new Sums(100, 200, 500))
                        .relative());
    }

    /// The same sale with a tenth held out and half of those after it: pooled, the drawn would look better by 2.9.
    /// By hand: weights of 1000 and 500 units; variances of 10 each unit in the sale and of 1 after it.
    @Test
    void estimates_otherShareOfTheHoldout_areComparedShareByShare() {
        Uplift uplift = new Uplift(List.of(
                new Uplift.Split(ofVariance(900, 11, 10), ofVariance(100, 10, 10)),
                new Uplift.Split(ofVariance(250, 2, 1), ofVariance(250, 2, 1))));

        double first = 10.0 / 900 * 4 / 9 + 1.0 / 250 / 9;
        double second = 10.0 / 100 * 4 / 9 + 1.0 / 250 / 9;
        double base = 22.0 / 3;
        double ratio = 24.0 / 22;
        assertThat(uplift.drawnMean()).isCloseTo(8, within(PRECISION));
        assertThat(uplift.heldOutMean()).isCloseTo(base, within(PRECISION));
        assertThat(uplift.difference().value()).isCloseTo(2.0 / 3, within(PRECISION));
        assertThat(uplift.difference().error()).isCloseTo(Math.sqrt(first + second), within(PRECISION));
        assertThat(uplift.relative().value()).isCloseTo(ratio - 1, within(PRECISION));
        assertThat(uplift.relative().error())
                .isCloseTo(Math.sqrt(first + ratio * ratio * second) / base, within(PRECISION));
        assertThat(uplift.spread()).isCloseTo((1.0 / 900 + 1.0 / 100) * 4 / 9 + (2.0 / 250) / 9, within(PRECISION));
    }

    /// A part whose holdout has not earned anything yet does not make the whole more certain than it is.
    @Test
    void difference_partWithoutEarnings_hasTheVarianceOfAll() {
        Uplift.Split some = new Uplift.Split(new Sums(100, 50, 50), new Sums(100, 40, 40));
        Uplift uplift = new Uplift(List.of(some, new Uplift.Split(new Sums(100, 50, 50), new Sums(10, 0, 0))));

        double heldOut = 40.0 * (1 - 40.0 / 110) / 109;
        double drawn = 0.25 * 100 / 99 / 100;
        double own = 0.24 * 100 / 99 / 100;
        double variance = (200.0 * 200 * (drawn + own) + 110.0 * 110 * (drawn + heldOut / 10)) / (310.0 * 310);
        assertThat(uplift.difference().error()).isCloseTo(Math.sqrt(variance), within(PRECISION));
    }

    @Test
    void estimates_nothingComparable_areUnknown() {
        Uplift none = new Uplift(List.of());

        assertThat(none.difference()).isEqualTo(Estimate.UNKNOWN);
        assertThat(none.relative()).isEqualTo(Estimate.UNKNOWN);
        assertThat(none.heldOutMean()).isNaN();
    }

    @Test
    void estimates_groupThatEarnedNothing_areUnknown() {
        Uplift silent = Uplift.of(new Sums(190, 6, 6), new Sums(10, 0, 0));

        assertThat(silent.difference()).isEqualTo(Estimate.UNKNOWN);
        assertThat(silent.relative()).isEqualTo(Estimate.UNKNOWN);
        assertThat(Uplift.of(Sums.NONE, new Sums(10, 1, 1)).difference()).isEqualTo(Estimate.UNKNOWN);
    }

    @Test
    void relative_holdoutThatEarnedLessThanNothing_isUnknown() {
        Uplift refunded = Uplift.of(new Sums(10, 5, 9), new Sums(10, -5, 9));

        assertThat(refunded.relative()).isEqualTo(Estimate.UNKNOWN);
        assertThat(refunded.difference().value()).isCloseTo(1, within(PRECISION));
    }

    private static Sums ofVariance(long units, double mean, double variance) {
        return new Sums(units, units * mean, (units - 1) * variance + units * mean * mean);
    }
}
