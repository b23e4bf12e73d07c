package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AllocationTest {

    private static final double LAST_FRACTION = Math.nextDown(1.0);

    @Test
    void armAt_fraction_isTheFirstWhoseCumulativeExceedsIt() {
        Allocation allocation = Allocation.of(0.25, 0.5, 0.25);

        assertThat(allocation.armAt(0)).isEqualTo(0);
        assertThat(allocation.armAt(Math.nextDown(0.25))).isEqualTo(0);
        assertThat(allocation.armAt(0.25)).isEqualTo(1);
        assertThat(allocation.armAt(Math.nextDown(0.75))).isEqualTo(1);
        assertThat(allocation.armAt(0.75)).isEqualTo(2);
        assertThat(allocation.armAt(LAST_FRACTION)).isEqualTo(2);
    }

    @Test
    void armAt_armsOfProbabilityZero_areNeverDrawn() {
        Allocation allocation = Allocation.of(0, 0.5, 0, 0.5, 0);

        assertThat(allocation.armAt(0)).isEqualTo(1);
        assertThat(allocation.armAt(0.5)).isEqualTo(3);
        assertThat(allocation.armAt(LAST_FRACTION)).isEqualTo(3);
    }

    @Test
    void armAt_sumShortOfOneByRounding_fallsToTheLastPositiveArm() {
        double tenth = 0.1;
        Allocation allocation =
                Allocation.of(tenth, tenth, tenth, tenth, tenth, tenth, tenth, tenth, tenth, tenth - 1e-13, 0);

        assertThat(allocation.armAt(LAST_FRACTION)).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN, Double.POSITIVE_INFINITY})
    void armAt_notAFraction_refusesNamingIt(double fraction) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.uniform(2).armAt(fraction))
                .withMessageContaining("fraction " + fraction);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void armAt_evenlySpacedFractions_meetEveryProbability(long seed) {
        Allocation allocation = random(new SplittableRandom(seed));
        int points = 20_000;
        int[] drawn = new int[allocation.arms()];
        for (int i = 0; i < points; i++) {
            drawn[allocation.armAt((i + 0.5) / points)]++;
        }

        for (int arm = 0; arm < drawn.length; arm++) {
            assertThat((double) drawn[arm] / points).isCloseTo(allocation.probability(arm), within(1.01 / points));
        }
    }

    @Test
    void among_someEligible_keepsTheirProportions() {
        assertThat(Allocation.of(0.5, 0.2, 0.3)
                        .among(new boolean[] {true, false, true})
                        .probabilities())
                .containsExactly(new double[] {0.625, 0, 0.375}, within(1e-15));
    }

    @Test
    void among_allEligible_isItself() {
        Allocation allocation = Allocation.of(0.5, 0.2, 0.3);

        assertThat(allocation.among(new boolean[] {true, true, true})).isSameAs(allocation);
    }

    @Test
    void among_eligibleArmsOfProbabilityZero_shareEqually() {
        assertThat(Allocation.of(1, 0, 0).among(new boolean[] {false, true, true}))
                .isEqualTo(Allocation.of(0, 0.5, 0.5));
    }

    @Test
    void among_noneEligible_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.uniform(3).among(new boolean[3]))
                .withMessageContaining("none of 3 arms");
    }

    @Test
    void among_anotherNumberOfArms_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.uniform(3).among(new boolean[2]))
                .withMessageContaining("2 entries of eligibility for 3 arms");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void among_anyEligible_sumsToOneOverThem(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Allocation allocation = random(random);
        boolean[] eligible = new boolean[allocation.arms()];
        for (int i = 0; i < eligible.length; i++) {
            eligible[i] = random.nextBoolean();
        }
        eligible[random.nextInt(eligible.length)] = true;
        Allocation among = allocation.among(eligible);

        for (int i = 0; i < eligible.length; i++) {
            assertThat(eligible[i] || among.probability(i) == 0).isTrue();
        }
        assertThat(Arrays.stream(among.probabilities()).sum()).isCloseTo(1, within(1e-12));
        assertThat(eligible[among.armAt(random.nextDouble())]).isTrue();
    }

    @Test
    void of_sumNotOne_refusesWithTheSum() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(0.5, 0.25))
                .withMessageContaining("sum to 0.75, not 1");
        assertThatIllegalArgumentException().isThrownBy(Allocation::of).withMessageContaining("sum to 0.0");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, Double.NaN})
    void of_notAProbability_refusesNamingIt(double probability) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.of(probability, 1.5))
                .withMessageContaining("probability " + probability);
    }

    @Test
    void proportional_badWeights_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.proportional(1, -2))
                .withMessageContaining("-2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.proportional(0, 0))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.proportional(1, Double.POSITIVE_INFINITY))
                .withMessageContaining("Infinity");
    }

    @Test
    void highest_ties_shareEqually() {
        assertThat(Allocation.highest(1, 3, 3)).isEqualTo(Allocation.of(0, 0.5, 0.5));
        assertThat(Allocation.highest(Double.POSITIVE_INFINITY, 3)).isEqualTo(Allocation.of(1, 0));
        assertThat(Allocation.highest(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .isEqualTo(Allocation.uniform(2));
    }

    @Test
    void highest_nothingToRank_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.highest(1, Double.NaN))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException().isThrownBy(Allocation::highest).withMessageContaining("0 arms");
    }

    @Test
    void distance_otherAllocation_isHalfTheSumOfDifferences() {
        assertThat(Allocation.of(0.5, 0.5).distance(Allocation.of(0.25, 0.75))).isEqualTo(0.25);
        assertThat(Allocation.of(1, 0).distance(Allocation.of(0, 1))).isOne();
    }

    @Test
    void distance_anotherNumberOfArms_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Allocation.uniform(2).distance(Allocation.uniform(3)))
                .withMessageContaining("2 arms and one over 3");
    }

    @Test
    void equals_sameProbabilities_isEqual() {
        assertThat(Allocation.of(0.5, 0.5)).isEqualTo(Allocation.uniform(2)).hasSameHashCodeAs(Allocation.uniform(2));
        assertThat(Allocation.of(0.25, 0.75)).isNotEqualTo(Allocation.uniform(2));
    }

    @Test
    void of_arrayChangedLater_keepsItsOwn() {
        double[] given = {0.5, 0.5};
        Allocation allocation = Allocation.of(given);
        given[0] = 7;
        allocation.probabilities()[1] = 7;

        assertThat(allocation).isEqualTo(Allocation.uniform(2));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    private static Allocation random(RandomGenerator random) {
        double[] weights = new double[random.nextInt(1, 30)];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4) == 0 ? 0 : random.nextDouble();
        }
        weights[random.nextInt(weights.length)] = 1;
        return Allocation.proportional(weights);
    }
}
