package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Limits.LiveArm;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LimitsTest {

    private static final LiveArm CONTROL = new LiveArm(true, false);
    private static final LiveArm ARM = new LiveArm(false, false);
    private static final LiveArm JOINED = new LiveArm(false, true);

    private static final Limits LIMITS = new Limits(0.02, 0.8, 0.05, 0.1, 100);

    @Test
    void bounds_leaderThatTakesAll_leavesFloorsAndControlFloor() {
        assertThat(served(Limits.defaults(4, false), List.of(CONTROL, ARM, ARM, ARM), 0, 1, 0, 0))
                .containsExactly(new double[] {0.05, 0.91, 0.02, 0.02}, within(1e-12));
    }

    @Test
    void bounds_leaderAboveTheCeiling_leavesTheRestToTheOthers() {
        assertThat(served(LIMITS, List.of(CONTROL, ARM, ARM, ARM), 0.02, 0.9, 0.04, 0.04))
                .containsExactly(new double[] {0.05, 0.8, 0.075, 0.075}, within(1e-12));
    }

    @Test
    void bounds_holdoutInPlaceOfControl_controlHasTheFloorOfAll() {
        assertThat(served(Limits.defaults(4, true), List.of(CONTROL, ARM, ARM, ARM), 0, 1, 0, 0))
                .containsExactly(new double[] {0.02, 0.94, 0.02, 0.02}, within(1e-12));
    }

    @Test
    void bounds_armThatJoined_isCappedUntilItIsKnown() {
        assertThat(served(LIMITS, List.of(CONTROL, ARM, JOINED), 0.2, 0.4, 0.4))
                .containsExactly(new double[] {0.3, 0.6, 0.1}, within(1e-12));
        assertThat(served(LIMITS, List.of(CONTROL, ARM, ARM), 0.2, 0.4, 0.4)).containsExactly(0.2, 0.4, 0.4);
    }

    @Test
    void bounds_floorAboveTheNewArmCeiling_isItsCeiling() {
        Limits limits = new Limits(0.15, 1, 0, 0.1, 0);

        assertThat(served(limits, List.of(CONTROL, ARM, JOINED), 0.3, 0.3, 0.4))
                .containsExactly(new double[] {0.425, 0.425, 0.15}, within(1e-12));
    }

    @Test
    void bounds_allArmsNew_haveTheOrdinaryCeiling() {
        LiveArm control = new LiveArm(true, true);

        assertThat(served(LIMITS, List.of(control, JOINED, JOINED), 0.1, 0.9, 0))
                .containsExactly(new double[] {0.18, 0.8, 0.02}, within(1e-12));
    }

    @Test
    void bounds_ceilingsBelowOne_giveWayForKnownArms() {
        assertThat(served(LIMITS, List.of(CONTROL, JOINED), 0.1, 0.9))
                .containsExactly(new double[] {0.9, 0.1}, within(1e-12));
        assertThat(served(LIMITS, List.of(ARM), 1)).containsExactly(1.0);
        assertThat(served(LIMITS, List.of(JOINED), 1)).containsExactly(1.0);
    }

    @Test
    void bounds_floorsAboveOne_shrinkInProportion() {
        Limits limits = new Limits(0.3, 1, 0.6, 0.1, 0);

        assertThat(served(limits, List.of(CONTROL, ARM, ARM, ARM, JOINED), 0.2, 0.2, 0.2, 0.2, 0.2))
                .containsExactly(new double[] {0.6 / 1.8, 0.3 / 1.8, 0.3 / 1.8, 0.3 / 1.8, 0.3 / 1.8}, within(1e-12));
    }

    /// Whatever the limits and whichever arms are live, there is something to serve.
    @Test
    void bounds_anyLimitsAndLiveArms_neverContradict() {
        for (int seed = 0; seed < 2000; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            double ceiling = 1 - random.nextDouble();
            Limits limits =
                    new Limits(share(random, ceiling), ceiling, share(random, ceiling), 1 - random.nextDouble(), 0);
            List<LiveArm> arms = Stream.generate(() -> new LiveArm(random.nextInt(5) == 0, random.nextBoolean()))
                    .limit(random.nextInt(1, 101))
                    .toList();
            assertThatNoException()
                    .as("seed %d: %s, %s", seed, limits, arms)
                    .isThrownBy(() -> limits.bounds(arms).project(Allocation.uniform(arms.size())));
        }
    }

    @Test
    void bounds_defaultsOfAHundredArms_leaveMostToThePolicy() {
        double[] shares = new double[100];
        shares[50] = 1;

        assertThat(served(Limits.defaults(100, false), Collections.nCopies(100, ARM), shares)[50])
                .isCloseTo(0.802, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 1, 0, 0.1, 0, floor -0.1",
        "0.5, 0.4, 0, 0.1, 0, floor 0.5 is not between 0 and 0.4",
        "0, 1.1, 0, 0.1, 0, ceiling 1.1",
        "0, 0, 0, 0.1, 0, ceiling of 0",
        "0, 0.4, 0.5, 0.1, 0, control floor 0.5",
        "0, 1, 0, NaN, 0, new-arm ceiling NaN",
        "0, 1, 0, 0, 0, ceiling of 0",
        "0, 1, 0, 0.1, -1, warm-up of -1",
    })
    void constructor_outOfRange_refusesNamingIt(
            double floor, double ceiling, double controlFloor, double newArmCeiling, int warmUp, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limits(floor, ceiling, controlFloor, newArmCeiling, warmUp))
                .withMessageContaining(named);
    }

    private static double[] served(Limits limits, List<LiveArm> arms, double... shares) {
        return limits.bounds(arms).project(Allocation.of(shares)).probabilities();
    }

    private static double share(RandomGenerator random, double most) {
        return random.nextInt(4) == 0 ? most : random.nextDouble() * most / 10;
    }
}
