package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every policy, with made-up arms of a hundred seeds each.
final class PoliciesTest {

    private static final int SEEDS = 100;

    /// Rounding, and for quadrature a grid that depends on nothing but a sum in another order.
    private static final double SAME = 1e-12;

    @Test
    void policies_everyKind_isTested() {
        assertThat(policies().<Class<?>>map(Policy::getClass).toList()).contains(Policy.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_anyArms_sumsToOne(Policy policy) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            double sum = 0;
            for (double share : allocation(policy, Contenders.random(random)).probabilities()) {
                assertThat(share).as("seed %d", seed).isBetween(0.0, 1.0);
                sum += share;
            }
            assertThat(sum).as("seed %d", seed).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_armsRelabelled_permutesTheShares(Policy policy) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            List<Contender> arms = Contenders.random(random);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < arms.size(); i++) {
                order.add(random.nextInt(i + 1), i);
            }
            Allocation shares = allocation(policy, arms);
            Allocation relabelled =
                    allocation(policy, order.stream().map(arms::get).toList());

            for (int i = 0; i < arms.size(); i++) {
                assertThat(relabelled.probability(i))
                        .as("seed %d", seed)
                        .isCloseTo(shares.probability(order.get(i)), within(SAME));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_thenBounds_respectsFloorsAndCeilings(Policy policy) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            List<Contender> arms = Contenders.random(random);
            double[] floors = new double[arms.size()];
            double[] ceilings = new double[arms.size()];
            for (int i = 0; i < floors.length; i++) {
                floors[i] = random.nextDouble() / floors.length;
                ceilings[i] = random.nextDouble(1.0 / floors.length, 1);
            }
            Allocation served = Bounds.of(floors, ceilings).project(allocation(policy, arms));

            for (int i = 0; i < floors.length; i++) {
                assertThat(served.probability(i)).as("seed %d", seed).isBetween(floors[i], ceilings[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_oneArm_getsEverything(Policy policy) {
        assertThat(policy.allocate(List.of(Contenders.counted("arm-0", 20, 3)), 20))
                .isEqualTo(Allocation.of(1));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_noArm_refuses(Policy policy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.allocate(List.of(), 0))
                .withMessageContaining("0 arms");
    }

    static Stream<Policy> policies() {
        return Stream.of(
                new Thompson(),
                TopTwo.even(),
                EpsilonGreedy.fixed(0.1),
                EpsilonGreedy.decayingFor(5, 0.05),
                Softmax.pooled(),
                Softmax.fixed(0.01),
                new BayesUcb(),
                new KlUcb(0),
                new Ucb1(),
                new FixedSplit(Map.of("arm-0", 0.5, "arm-1", 0.3, "arm-4", 0.2)),
                new Uniform());
    }

    private static Allocation allocation(Policy policy, List<Contender> arms) {
        return policy.allocate(
                arms, Math.round(arms.stream().mapToDouble(Contender::trials).sum()));
    }
}
