package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BoundsTest {

    @ParameterizedTest
    @MethodSource("golden")
    void project_golden_agrees(Golden golden) {
        double[] shares = golden.inputList("p");
        Bounds bounds = Bounds.of(
                each(golden.inputs().required("floor"), shares.length),
                each(golden.inputs().required("ceiling"), shares.length));
        golden.check(bounds.project(Allocation.of(shares)).probabilities());
    }

    @Test
    void project_armsOfProbabilityZero_getTheirFloor() {
        Allocation projected = Bounds.floor(0.02, 4).project(Allocation.of(0, 0.75, 0.25, 0));

        assertThat(projected.probabilities()).containsExactly(new double[] {0.02, 0.72, 0.24, 0.02}, within(1e-12));
        assertThat(projected.probability(0)).isEqualTo(0.02);
    }

    @Test
    void project_armOfProbabilityZeroWithoutFloor_staysZero() {
        Bounds bounds = Bounds.of(new double[] {0, 0.1, 0}, new double[] {1, 1, 1});

        assertThat(bounds.project(Allocation.of(1, 0, 0)).probabilities())
                .containsExactly(new double[] {0.9, 0.1, 0}, within(1e-12));
    }

    @Test
    void project_everythingAboveTheCeilings_goesToArmsOfProbabilityZero() {
        Bounds bounds = Bounds.of(new double[] {0, 0, 0}, new double[] {0.6, 1, 1});

        assertThat(bounds.project(Allocation.of(1, 0, 0)).probabilities())
                .containsExactly(new double[] {0.6, 0.2, 0.2}, within(1e-12));
    }

    @Test
    void project_alreadyWithin_returnsTheSame() {
        Allocation allocation = Allocation.of(0.5, 0.3, 0.2);

        assertThat(Bounds.floor(0.2, 3).project(allocation)).isSameAs(allocation);
    }

    @Test
    void project_floorsThatLeaveNoChoice_returnsTheFloors() {
        assertThat(Bounds.floor(0.1, 10)
                        .project(Allocation.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                        .probabilities())
                .containsExactly(Allocation.uniform(10).probabilities(), within(1e-15));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void project_anyAllocationAndBounds_staysWithinAndSumsToOne(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int arms = random.nextInt(1, 101);
        double[] weights = new double[arms];
        double[] floors = new double[arms];
        double[] ceilings = new double[arms];
        for (int i = 0; i < arms; i++) {
            weights[i] = random.nextInt(3) == 0 ? 0 : Math.exp(-random.nextDouble(0, 300));
            floors[i] = random.nextBoolean() ? 0 : random.nextDouble() / arms;
            ceilings[i] = Math.max(floors[i], random.nextBoolean() ? 1 : Math.min(1, random.nextDouble(1, 3) / arms));
        }
        weights[random.nextInt(arms)] = 1;
        double[] shares = Bounds.of(floors, ceilings)
                .project(Allocation.proportional(weights))
                .probabilities();

        for (int i = 0; i < arms; i++) {
            assertThat(shares[i]).isBetween(floors[i], ceilings[i]);
        }
        assertThat(Arrays.stream(shares).sum()).isCloseTo(1, within(1e-12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void project_floorsAlone_keepsProportionsAboveThem(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        double[] weights = random.doubles(5).toArray();
        Allocation before = Allocation.proportional(weights);
        Allocation after = Bounds.floor(0.1, 5).project(before);

        double scale = Double.NaN;
        for (int i = 0; i < 5; i++) {
            if (after.probability(i) > 0.1) {
                double here = after.probability(i) / before.probability(i);
                assertThat(here).isCloseTo(Double.isNaN(scale) ? here : scale, within(1e-12));
                scale = here;
            }
        }
    }

    @Test
    void shrinkExcess_golden_agrees() {
        Golden golden = Golden.named("floor_shrink_excess");

        golden.check(Bounds.shrinkExcess(Allocation.of(golden.inputList("p")), golden.input("floor"))
                .probabilities());
    }

    @Test
    void shrinkExcess_severalArmsAboveTheFloor_takesMoreFromTheLeader() {
        Allocation wanted = Allocation.of(0.6, 0.4, 0);
        Allocation shrunk = Bounds.shrinkExcess(wanted, 0.1);

        assertThat(shrunk.probabilities()).containsExactly(new double[] {0.5375, 0.3625, 0.1}, within(1e-15));
        assertThat(Bounds.floor(0.1, 3).project(wanted).probabilities())
                .containsExactly(new double[] {0.54, 0.36, 0.1}, within(1e-12));
    }

    @Test
    void shrinkExcess_floorsThatLeaveNoChoice_returnsTheFloors() {
        assertThat(Bounds.shrinkExcess(Allocation.uniform(4), 0.25)).isEqualTo(Allocation.uniform(4));
        assertThatIllegalArgumentException().isThrownBy(() -> Bounds.shrinkExcess(Allocation.uniform(4), 0.3));
    }

    @Test
    void of_floorsAboveOne_refusesWithTheNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.floor(0.25, 5))
                .withMessageContaining("0.25, 0.25")
                .withMessageContaining("sum to 1.25, more than 1");
    }

    @Test
    void of_ceilingsBelowOne_refusesWithTheNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.of(new double[2], new double[] {0.5, 0.25}))
                .withMessageContaining("[0.5, 0.25] sum to 0.75, less than 1");
    }

    @Test
    void of_floorAboveCeiling_refusesNamingTheArm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.of(new double[] {0, 0.6}, new double[] {1, 0.5}))
                .withMessageContaining("floor 0.6 and ceiling 0.5 of arm 1");
    }

    @Test
    void of_floorNotANumber_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.floor(Double.NaN, 2))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.floor(-0.1, 2))
                .withMessageContaining("-0.1");
    }

    @Test
    void of_differentLengths_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.of(new double[2], new double[3]))
                .withMessageContaining("2 floors and 3 ceilings");
    }

    @Test
    void project_otherNumberOfArms_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bounds.floor(0.1, 3).project(Allocation.uniform(2)))
                .withMessageContaining("3");
    }

    static Stream<Golden> golden() {
        return Golden.startingWith("project_");
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    private static double[] each(JsonNode bound, int arms) {
        if (bound.isArray()) {
            return Golden.numbers(bound);
        }
        double[] same = new double[arms];
        Arrays.fill(same, bound.asDouble());
        return same;
    }
}
