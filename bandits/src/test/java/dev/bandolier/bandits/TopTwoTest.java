package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopTwoTest {

    @ParameterizedTest
    @MethodSource("golden")
    void spread_golden_agrees(Golden golden) {
        Allocation best = Allocation.of(golden.inputList("p_best"));

        golden.check(new TopTwo(golden.input("beta")).spread(best).probabilities());
    }

    @Test
    void allocate_twoArms_isUniform() {
        List<Contender> arms = List.of(Contenders.counted("worse", 5000, 200), Contenders.counted("better", 5000, 300));

        assertThat(TopTwo.even().allocate(arms, 10_000).probabilities())
                .containsExactly(new double[] {0.5, 0.5}, within(1e-9));
    }

    @Test
    void allocate_betaOne_isThompson() {
        List<Contender> arms = Contenders.random(new SplittableRandom(3));

        assertThat(new TopTwo(1).allocate(arms, 0).probabilities())
                .containsExactly(new Thompson().allocate(arms, 0).probabilities(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-300, 1e-17, 1e-12, 1e-9, 2e-9, 1e-6})
    void spread_twoArmsHoweverCertain_isUniform(double doubt) {
        assertThat(TopTwo.even().spread(Allocation.of(1 - doubt, doubt)).probabilities())
                .containsExactly(new double[] {0.5, 0.5}, within(1e-7));
    }

    @Test
    void spread_certainLeader_getsBetaAndTheOthersShareTheRest() {
        assertThat(new TopTwo(0.4).spread(Allocation.of(0, 1, 0)).probabilities())
                .containsExactly(new double[] {0.3, 0.4, 0.3}, within(1e-8));
        assertThat(new TopTwo(0.4)
                        .spread(Allocation.of(2e-12, 1 - 3e-12, 1e-12))
                        .probabilities())
                .containsExactly(new double[] {0.4, 0.4, 0.2}, within(1e-3));
    }

    /// 200,000 units, each share within 4.5 standard errors: false alarm of a new seed in 1 of 50,000 runs.
    @Test
    void spread_threeArms_agreesWithCountedDraws() {
        Allocation best = Allocation.of(0.8, 0.15, 0.05);
        double[] shares = new TopTwo(0.3).spread(best).probabilities();
        RandomGenerator random = new SplittableRandom(71);
        int draws = 200_000;
        int[] drawn = new int[shares.length];
        for (int n = 0; n < draws; n++) {
            int first = best.armAt(random.nextDouble());
            drawn[random.nextDouble() < 0.3 ? first : another(best, first, random)]++;
        }

        for (int i = 0; i < shares.length; i++) {
            double error = Math.sqrt(shares[i] * (1 - shares[i]) / draws);
            assertThat((double) drawn[i] / draws).isCloseTo(shares[i], within(4.5 * error));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.5, 1.5, Double.NaN})
    void constructor_outOfRange_refusesNamingIt(double beta) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TopTwo(beta)).withMessageContaining("beta " + beta);
    }

    static Stream<Golden> golden() {
        return Golden.startingWith("top_two_");
    }

    private static int another(Allocation best, int first, RandomGenerator random) {
        int second = first;
        while (second == first) {
            second = best.armAt(random.nextDouble());
        }
        return second;
    }
}
