package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EpsilonGreedyTest {

    @Test
    void allocate_golden_agrees() {
        Golden golden = Golden.named("epsilon_greedy");
        List<Contender> arms = Contenders.withMeans(golden.inputList("means"));
        golden.check(EpsilonGreedy.fixed(golden.input("epsilon"))
                .allocate(arms, 1_000_000)
                .probabilities());
    }

    @Test
    void epsilon_golden_agrees() {
        Golden golden = Golden.named("epsilon_decay");
        EpsilonGreedy policy =
                EpsilonGreedy.decaying(golden.input("eps0"), golden.input("eps_min"), golden.input("half"));
        golden.check(Arrays.stream(golden.inputList("N"))
                .map(n -> policy.epsilon((long) n))
                .toArray());
    }

    @Test
    void allocate_allMeansEqual_sharesEqually() {
        List<Contender> arms = Contenders.withMeans(0.5, 0.5, 0.5);

        assertThat(EpsilonGreedy.fixed(0).allocate(arms, 0)).isEqualTo(Allocation.uniform(3));
    }

    @Test
    void allocate_epsilonZero_givesTheLeaderEverything() {
        List<Contender> arms = Contenders.withMeans(0.1, 0.2);

        assertThat(EpsilonGreedy.fixed(0).allocate(arms, 7)).isEqualTo(Allocation.of(0, 1));
    }

    @Test
    void fixed_anyExposures_keepsEpsilon() {
        assertThat(EpsilonGreedy.fixed(0.1).epsilon(0)).isEqualTo(0.1);
        assertThat(EpsilonGreedy.fixed(0.1).epsilon(Long.MAX_VALUE)).isEqualTo(0.1);
    }

    @Test
    void decayingFor_fiftyConversionsPerArm_hasHalved() {
        EpsilonGreedy policy = EpsilonGreedy.decayingFor(4, 0.02);

        assertThat(policy).isEqualTo(EpsilonGreedy.decaying(1, 0.02, 10_000));
        assertThat(policy.epsilon(10_000)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 0, 10, epsilon 1.5",
        "-0.1, 0, 10, epsilon -0.1",
        "NaN, 0, 10, epsilon NaN",
        "0.1, 0.2, 10, least epsilon 0.2",
        "0.1, -0.2, 10, least epsilon -0.2",
        "0.1, 0, 0, halving 0.0",
        "0.1, 0, NaN, halving NaN",
    })
    void constructor_outOfRange_refusesNamingIt(double start, double least, double halving, String named) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EpsilonGreedy(start, least, halving))
                .withMessageStartingWith(named);
    }

    @Test
    void epsilon_negativeExposures_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpsilonGreedy.fixed(0.1).epsilon(-1))
                .withMessageContaining("-1");
    }

    @Test
    void allocate_noArm_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpsilonGreedy.fixed(0.1).allocate(List.of(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Uniform().allocate(List.of(), 0));
    }

    @Test
    void uniform_anyPosteriors_sharesEqually() {
        List<Contender> arms = Contenders.withMeans(0.1, 0.2);

        assertThat(new Uniform().allocate(arms, 5)).isEqualTo(Allocation.of(0.5, 0.5));
    }
}
