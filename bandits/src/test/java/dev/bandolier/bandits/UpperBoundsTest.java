package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.numeric.Bernoulli;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The policies that serve the arm with the highest upper bound: [BayesUcb], [KlUcb], [Ucb1].
final class UpperBoundsTest {

    private static final Contender OFTEN = Contenders.counted("often", 9000, 450);
    private static final Contender SELDOM = Contenders.counted("seldom", 100, 5);
    private static final Contender NEVER = Contenders.counted("never", 0, 0);

    @ParameterizedTest
    @MethodSource("klUcbGolden")
    void klUcb_golden_agrees(Golden golden) {
        golden.check(new KlUcb(golden.input("c")).index(counted(golden), (long) golden.input("t")));
    }

    @ParameterizedTest
    @MethodSource("ucb1Golden")
    void ucb1_golden_agrees(Golden golden) {
        golden.check(new Ucb1().index(counted(golden), (long) golden.input("t")));
    }

    @ParameterizedTest
    @MethodSource("bayesUcbGolden")
    void bayesUcb_golden_agrees(Golden golden) {
        JsonNode prior = golden.inputs().required("prior");
        double trials = golden.input("n");
        double reward = golden.input("S");
        BetaPosterior posterior =
                new BetaPosterior(prior.get(0).asDouble(), prior.get(1).asDouble()).after(reward, trials);

        golden.check(new BayesUcb().index(new Contender("a", posterior, trials, reward), (long) golden.input("t")));
    }

    @Test
    void klUcb_weightOnTheIteratedLogarithm_spendsExactlyThat() {
        double index = new KlUcb(3).index(OFTEN, 10_000);
        double spent = OFTEN.trials() * Bernoulli.kl(OFTEN.average(), index);

        assertThat(spent).isCloseTo(Math.log(10_000) + 3 * Math.log(Math.log(10_000)), within(1e-9));
    }

    @Test
    void klUcb_beforeTheIteratedLogarithmIsPositive_isTheMean() {
        assertThat(new KlUcb(3).index(SELDOM, 1)).isEqualTo(SELDOM.average());
        assertThat(new KlUcb(3).index(SELDOM, 0)).isEqualTo(SELDOM.average());
    }

    @Test
    void klUcb_moreConversionsThanExposures_isOne() {
        assertThat(new KlUcb(0).index(Contenders.counted("ahead", 3, 5), 100)).isOne();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_sameMean_servesTheArmThatIsLessKnown(Policy policy) {
        assertThat(policy.allocate(List.of(OFTEN, SELDOM), 9100)).isEqualTo(Allocation.of(0, 1));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_ties_shareEqually(Policy policy) {
        assertThat(policy.allocate(List.of(SELDOM, OFTEN, SELDOM), 9200)).isEqualTo(Allocation.of(0.5, 0, 0.5));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void allocate_nothingExposed_sharesEqually(Policy policy) {
        assertThat(policy.allocate(List.of(NEVER, NEVER, NEVER), 0)).isEqualTo(Allocation.uniform(3));
    }

    @ParameterizedTest
    @MethodSource("withoutPrior")
    void allocate_armsWithoutTrials_comeFirst(Policy policy) {
        assertThat(policy.allocate(List.of(NEVER, OFTEN, NEVER), 9000)).isEqualTo(Allocation.of(0.5, 0, 0.5));
    }

    /// What is served for (1 - K f) e_argmax + f (`methods.md` 3.3).
    @ParameterizedTest
    @MethodSource("policies")
    void allocate_withinAFloor_givesTheLeaderWhatTheFloorsLeave(Policy policy) {
        Allocation served =
                Bounds.floor(0.02, 4).project(policy.allocate(List.of(OFTEN, OFTEN, SELDOM, OFTEN), 27_100));

        assertThat(served.probabilities()).containsExactly(new double[] {0.02, 0.02, 0.94, 0.02}, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void klUcb_notAWeight_refusesNamingIt(double c) {
        assertThatIllegalArgumentException().isThrownBy(() -> new KlUcb(c)).withMessageContaining("c " + c);
    }

    static Stream<Golden> klUcbGolden() {
        return Golden.startingWith("klucb_");
    }

    static Stream<Golden> ucb1Golden() {
        return Golden.startingWith("ucb1_");
    }

    static Stream<Golden> bayesUcbGolden() {
        return Golden.startingWith("bayesucb_");
    }

    static Stream<Policy> policies() {
        return Stream.concat(Stream.of(new BayesUcb()), withoutPrior());
    }

    static Stream<Policy> withoutPrior() {
        return Stream.of(new KlUcb(0), new KlUcb(3), new Ucb1());
    }

    private static Contender counted(Golden golden) {
        return Contenders.counted("a", golden.input("n"), golden.input("n") * golden.input("mean"));
    }
}
