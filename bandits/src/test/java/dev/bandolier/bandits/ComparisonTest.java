package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The decision panel against reference numbers and against what is known in closed form.
final class ComparisonTest {

    @ParameterizedTest
    @MethodSource("best")
    void best_golden_agrees(Golden golden) {
        golden.check(rates(golden).best());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void expectedLoss_golden_agrees(Golden golden) {
        golden.check(rates(golden).expectedLoss());
    }

    @ParameterizedTest
    @MethodSource("shortfalls")
    void shortfall_golden_agrees(Golden golden) {
        golden.check(shortfalls(rates(golden), golden.inputs().required("arms").size()));
    }

    @ParameterizedTest
    @MethodSource("remaining")
    void remainingQuantile_golden_agrees(Golden golden) {
        Comparison arms = rates(golden);

        golden.check("best", arms.leader());
        golden.check("pvr", arms.remainingQuantile(golden.input("q")));
    }

    @Test
    void liftQuantile_golden_agrees() {
        Golden golden = Golden.named("lift_credible_interval");
        Comparison arms = Comparison.of(List.of(
                beta(golden.inputs().required("control")), beta(golden.inputs().required("arm"))));

        golden.check(Arrays.stream(golden.inputList("q"))
                .map(p -> arms.liftQuantile(1, 0, p))
                .toArray());
    }

    @Test
    void above_closedFormInGolden_agrees() {
        Golden golden = Golden.named("p_b_beats_a_closed_form");
        Comparison arms = Comparison.of(List.of(
                new BetaPosterior(golden.input("alphaA"), golden.input("betaA")),
                new BetaPosterior(golden.input("alphaB"), golden.input("betaB"))));

        golden.check(arms.above(1, 0));
        golden.check(1 - arms.above(0, 1));
    }

    @Test
    void revenue_golden_agrees() {
        Golden golden = Golden.named("hurdle_p_best");
        List<RevenuePosterior> posteriors = new ArrayList<>();
        for (JsonNode arm : golden.inputs().required("params")) {
            double[] numbers = Golden.numbers(arm);
            posteriors.add(new RevenuePosterior(
                    new BetaPosterior(numbers[0], numbers[1]), new OrderValuePosterior(numbers[2], numbers[3])));
        }
        Comparison arms = Comparison.of(posteriors);

        golden.check("p_best", arms.best());
        golden.check("expected_loss", arms.expectedLoss());
        golden.check("shortfall_vs_first", shortfalls(arms, posteriors.size()));
    }

    @ParameterizedTest
    @MethodSource("countPairs")
    void above_counts_agreesWithGolden(Golden golden) {
        Comparison arms = Comparison.of(List.of(
                new GammaPosterior(golden.input("shape1"), golden.input("rate1")),
                new GammaPosterior(golden.input("shape2"), golden.input("rate2"))));

        golden.check(arms.above(0, 1));
    }

    /// The ratio of two Gamma variables of shape 1 is Pareto: P(X/Y <= r) = r / (r + rate_x / rate_y).
    @ParameterizedTest
    @CsvSource({"0.001, 1", "0.025, 1", "0.5, 3", "0.975, 0.1", "0.9999, 40"})
    void liftQuantile_twoExponentials_agreesWithTheClosedForm(double p, double rate) {
        Comparison arms = Comparison.of(List.of(new GammaPosterior(1, rate), new GammaPosterior(1, 1)));
        double ratio = p / (1 - p) / rate;

        assertThat(arms.liftQuantile(0, 1, p)).isCloseTo(ratio - 1, within(1e-8 * ratio));
    }

    /// Two flat rates: P(X/Y <= r) is r/2 up to 1, and 1 - 1/(2r) beyond; a multiplied rate has to leave its scale.
    @ParameterizedTest
    @CsvSource({"0.001", "0.025", "0.3", "0.7", "0.975", "0.999"})
    void liftQuantile_twoFlatRates_agreesWithTheClosedForm(double p) {
        Comparison arms = Comparison.of(List.of(new BetaPosterior(1, 1), new BetaPosterior(1, 1)));
        double ratio = p < 0.5 ? 2 * p : 1 / (2 * (1 - p));

        assertThat(arms.liftQuantile(0, 1, p)).isCloseTo(ratio - 1, within(1e-8 * ratio));
    }

    /// The lift of rates that are nearly 1, much of whose mass is within 1e-13 of 1.
    @Test
    void liftQuantile_ratesNearOne_mirrorsWhenSwapped() {
        Comparison arms = Comparison.of(List.of(new BetaPosterior(1, 0.1), new BetaPosterior(20, 0.3)));

        for (double p : new double[] {0.05, 0.2, 0.5, 0.9}) {
            double lift = arms.liftQuantile(0, 1, p);
            assertThat(1 / (1 + arms.liftQuantile(1, 0, 1 - p))).isCloseTo(1 + lift, within(1e-7));
        }
    }

    @Test
    void liftQuantile_scaledRevenue_isShifted() {
        RevenuePosterior small = revenue(4, 300, 8, 160);
        RevenuePosterior same = revenue(4, 300, 8, 320);

        assertThat(1 + Comparison.of(List.of(same, small)).liftQuantile(0, 1, 0.5))
                .isCloseTo(2, within(1e-9));
    }

    @Test
    void remainingQuantile_clearLeader_isZero() {
        Comparison arms = Comparison.of(List.of(new BetaPosterior(100, 900), new BetaPosterior(300, 700)));

        assertThat(arms.leader()).isOne();
        assertThat(arms.remainingQuantile(0.95)).isZero();
        assertThat(arms.expectedLoss()[1]).isLessThan(1e-12);
    }

    @Test
    void oneArm_everything_isCertain() {
        for (Posterior posterior : List.of(new BetaPosterior(1, 49), new GammaPosterior(3, 7), revenue(1, 49, 4, 90))) {
            Comparison arm = Comparison.of(List.of(posterior));

            assertThat(arm.best()).containsExactly(1);
            assertThat(arm.expectedMax()).isCloseTo(posterior.mean(), within(1e-9 * posterior.mean()));
            assertThat(arm.above(0, 0)).isZero();
            assertThat(arm.shortfall(0, 0)).isZero();
            assertThat(arm.liftQuantile(0, 0, 0.5)).isZero();
            assertThat(arm.remainingQuantile(0.95)).isZero();
        }
    }

    @Test
    void hundredEqualArms_ofEachKind_shareEqually() {
        for (Posterior posterior : List.of(new BetaPosterior(1, 49), new GammaPosterior(1, 3), revenue(1, 49, 4, 90))) {
            assertThat(Comparison.of(Collections.nCopies(100, posterior)).best())
                    .containsExactly(Allocation.uniform(100).probabilities(), within(1e-9));
        }
    }

    @Test
    void of_kindsMixed_refusesNamingBoth() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of(new BetaPosterior(1, 1), new GammaPosterior(2, 3))))
                .withMessageContainingAll("GammaPosterior[shape=2.0", "BetaPosterior[alpha=1.0");
    }

    @Test
    void of_noArm_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Comparison.of(List.of()))
                .withMessageContaining("0 arms");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-0.1", "NaN"})
    void quantiles_probabilityOutOfRange_refuseNamingIt(double p) {
        Comparison arms = Comparison.of(List.of(new BetaPosterior(1, 1), new BetaPosterior(2, 3)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> arms.liftQuantile(0, 1, p))
                .withMessageContaining(Double.toString(p));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arms.remainingQuantile(p))
                .withMessageContaining(Double.toString(p));
    }

    static Stream<Golden> best() {
        return Golden.startingWith("p_best_").filter(golden -> !golden.name().startsWith("p_best_normals"));
    }

    static Stream<Golden> losses() {
        return Golden.startingWith("expected_loss_");
    }

    static Stream<Golden> shortfalls() {
        return Golden.startingWith("shortfall_");
    }

    static Stream<Golden> remaining() {
        return Golden.startingWith("pvr_q95_");
    }

    static Stream<Golden> countPairs() {
        return Golden.startingWith("gamma_prob_greater_");
    }

    private static Comparison rates(Golden golden) {
        List<BetaPosterior> arms = new ArrayList<>();
        golden.inputs().required("arms").forEach(arm -> arms.add(beta(arm)));
        return Comparison.of(arms);
    }

    private static BetaPosterior beta(JsonNode arm) {
        return new BetaPosterior(arm.get(0).asDouble(), arm.get(1).asDouble());
    }

    private static RevenuePosterior revenue(double alpha, double beta, double shape, double scale) {
        return new RevenuePosterior(new BetaPosterior(alpha, beta), new OrderValuePosterior(shape, scale));
    }

    private static double[] shortfalls(Comparison arms, int count) {
        return IntStream.range(0, count)
                .mapToDouble(arm -> arms.shortfall(arm, 0))
                .toArray();
    }
}
