package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.commons.numbers.gamma.LogBeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ThompsonTest {

    private static final Policy THOMPSON = new Thompson();

    @ParameterizedTest
    @MethodSource("golden")
    void allocate_golden_agrees(Golden golden) {
        List<BetaPosterior> arms = new ArrayList<>();
        for (JsonNode arm : golden.inputs().required("arms")) {
            arms.add(new BetaPosterior(arm.get(0).asDouble(), arm.get(1).asDouble()));
        }
        golden.check(shares(arms));
    }

    @Test
    void allocate_twoArmsInGolden_agreesWithClosedForm() {
        Golden golden = Golden.named("p_b_beats_a_closed_form");
        double[] shares = shares(List.of(
                new BetaPosterior(golden.input("alphaA"), golden.input("betaA")),
                new BetaPosterior(golden.input("alphaB"), golden.input("betaB"))));
        golden.check(shares[1]);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allocate_twoArms_agreesWithClosedForm(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        BetaPosterior a = arm(random);
        BetaPosterior b = new BetaPosterior(random.nextInt(1, 200), random.nextInt(1, 5000));

        assertThat(shares(List.of(a, b))[1]).isCloseTo(secondBeatsFirst(a, b), within(1e-9));
    }

    @Test
    void allocate_oneArm_getsEverything() {
        assertThat(shares(List.of(new BetaPosterior(3, 100)))).containsExactly(1.0);
    }

    @Test
    void allocate_hundredEqualArms_sharesEqually() {
        assertThat(shares(Collections.nCopies(100, new BetaPosterior(1, 49))))
                .containsExactly(Allocation.uniform(100).probabilities(), within(1e-10));
    }

    @Test
    void allocate_noArm_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> THOMPSON.allocate(List.of(), 0))
                .withMessageContaining("0 arms");
    }

    @Test
    void allocate_hopelessArm_getsNothingMeasurable() {
        double[] shares = shares(List.of(new BetaPosterior(1, 1e6), new BetaPosterior(5e5, 5e5)));

        assertThat(shares[0]).isBetween(0.0, 1e-15);
        assertThat(shares[1]).isCloseTo(1, within(1e-15));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allocate_armsRelabelled_permutesTheShares(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<BetaPosterior> arms = arms(random);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            order.add(random.nextInt(i + 1), i);
        }
        double[] shares = shares(arms);
        double[] relabelled = shares(order.stream().map(arms::get).toList());

        for (int i = 0; i < shares.length; i++) {
            assertThat(relabelled[i]).isCloseTo(shares[order.get(i)], within(1e-12));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allocate_oneMoreConversion_neverLowersTheShare(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<BetaPosterior> arms = arms(random);
        int lucky = random.nextInt(arms.size());
        double before = shares(arms)[lucky];
        arms.set(lucky, arms.get(lucky).after(1, 1));

        assertThat(shares(arms)[lucky]).isGreaterThanOrEqualTo(before - 1e-13);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allocate_anyArms_sumsToOne(long seed) {
        double sum = 0;
        for (double share : shares(arms(new SplittableRandom(seed)))) {
            assertThat(share).isBetween(0.0, 1.0);
            sum += share;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    /// Shapes over thirteen orders of magnitude: the quadrature refuses its own result when it does not sum to 1.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allocate_extremeArms_stillSumsToOne(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        for (int round = 0; round < 10; round++) {
            List<BetaPosterior> arms = new ArrayList<>();
            int count = random.nextInt(1, 30);
            for (int i = 0; i < count; i++) {
                double alpha = Math.pow(10, random.nextDouble(-3, 10));
                arms.add(new BetaPosterior(alpha, Math.pow(10, random.nextDouble(-3, 10))));
            }
            assertThatNoException().as("%s", arms).isThrownBy(() -> shares(arms));
        }
    }

    /// 200,000 draws, each arm within 4.5 standard errors: false alarm of a new seed in 1 of 50,000 runs.
    @Test
    void allocate_threeArms_agreesWithCountedDraws() {
        int[][] shapes = {{3, 40}, {5, 60}, {2, 20}};
        double[] shares = shares(List.of(new BetaPosterior(3, 40), new BetaPosterior(5, 60), new BetaPosterior(2, 20)));
        RandomGenerator random = new SplittableRandom(20_261_121);
        int draws = 200_000;
        int[] won = new int[shapes.length];
        for (int n = 0; n < draws; n++) {
            won[highest(shapes, random)]++;
        }

        for (int i = 0; i < won.length; i++) {
            double error = Math.sqrt(shares[i] * (1 - shares[i]) / draws);
            assertThat((double) won[i] / draws).isCloseTo(shares[i], within(4.5 * error));
        }
    }

    static Stream<Golden> golden() {
        return Golden.startingWith("p_best_").filter(golden -> !golden.name().startsWith("p_best_normals"));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    private static double[] shares(List<BetaPosterior> arms) {
        return THOMPSON.allocate(Contenders.believed(arms), 0).probabilities();
    }

    /// Two to twelve arms whose evidence differs by up to five orders of magnitude.
    private static List<BetaPosterior> arms(RandomGenerator random) {
        List<BetaPosterior> arms = new ArrayList<>();
        int count = random.nextInt(2, 13);
        for (int i = 0; i < count; i++) {
            arms.add(arm(random));
        }
        return arms;
    }

    private static BetaPosterior arm(RandomGenerator random) {
        double exposures = Math.pow(10, random.nextDouble(0, 5));
        return BetaPosterior.unitSuccess(0.05).after(exposures * random.nextDouble(0.03, 0.07), exposures);
    }

    /// Evan Miller's sum for an integer first shape of the second arm, in logarithms.
    private static double secondBeatsFirst(BetaPosterior a, BetaPosterior b) {
        double sum = 0;
        for (int i = 0; i < b.alpha(); i++) {
            sum += Math.exp(LogBeta.value(a.alpha() + i, a.beta() + b.beta())
                    - Math.log(b.beta() + i)
                    - LogBeta.value(1 + i, b.beta())
                    - LogBeta.value(a.alpha(), a.beta()));
        }
        return sum;
    }

    /// The arm with the highest of one draw from each: Beta variables with integer shapes from sums of exponential
    /// ones.
    private static int highest(int[][] shapes, RandomGenerator random) {
        int best = 0;
        double top = -1;
        for (int arm = 0; arm < shapes.length; arm++) {
            double successes = erlang(shapes[arm][0], random);
            double rate = successes / (successes + erlang(shapes[arm][1], random));
            if (rate > top) {
                top = rate;
                best = arm;
            }
        }
        return best;
    }

    private static double erlang(int shape, RandomGenerator random) {
        double sum = 0;
        for (int i = 0; i < shape; i++) {
            sum += random.nextExponential();
        }
        return sum;
    }
}
