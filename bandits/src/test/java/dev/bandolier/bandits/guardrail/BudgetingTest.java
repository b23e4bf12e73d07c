package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bandolier.bandits.Allocation;
import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Budgets against reference numbers, against what follows from their definition, and what may be served under them.
final class BudgetingTest {

    private static final double[] CERTAINTIES = {0.5, 0.51, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999};

    private static final Allocation EVEN = Allocation.of(0.25, 0.25, 0.25, 0.25);

    @ParameterizedTest
    @MethodSource("shortfalls")
    void expected_ofOneUnitOfAnArm_isItsGoldenShortfall(Golden golden) {
        List<Posterior> beliefs = new ArrayList<>();
        golden.inputs().required("arms").forEach(arm -> beliefs.add(beta(Golden.numbers(arm))));

        golden.check(losses(beliefs));
    }

    static Stream<Golden> shortfalls() {
        return Golden.startingWith("shortfall_vs_first_");
    }

    @Test
    void expected_ofRevenue_isTheGoldenShortfall() {
        Golden golden = Golden.named("hurdle_p_best");
        List<Posterior> beliefs = new ArrayList<>();
        for (JsonNode arm : golden.inputs().required("params")) {
            double[] numbers = Golden.numbers(arm);
            beliefs.add(new RevenuePosterior(beta(numbers), new OrderValuePosterior(numbers[2], numbers[3])));
        }

        golden.check("shortfall_vs_first", losses(beliefs));
    }

    /// What each arm's single unit is expected to lose, control first.
    private static double[] losses(List<Posterior> beliefs) {
        double[] losses = new double[beliefs.size()];
        double[] onControl = new double[losses.length];
        onControl[0] = 1;
        for (int arm = 0; arm < losses.length; arm++) {
            List<Outlay> arms = new ArrayList<>();
            for (int i = 0; i < losses.length; i++) {
                arms.add(new Outlay(beliefs.get(i), i == arm ? 1 : 0, 0));
            }
            losses[arm] = budgeting(allowance(1, 0.5), arms, 0, Allocation.of(onControl), 0)
                    .spending(OptionalDouble.of(0))
                    .expected();
        }
        return losses;
    }

    @Test
    void held_withMoreCertainty_isNeverLessAndAtLeastTheExpectation() {
        for (List<Outlay> arms : List.of(early(), late(), counts(), revenue())) {
            double before = 0;
            for (double certainty : CERTAINTIES) {
                Guard.Spending spending = budgeting(allowance(50, certainty), arms, 0, even(arms), 500)
                        .spending(OptionalDouble.of(0));

                assertThat(spending.held()).isGreaterThanOrEqualTo(before).isGreaterThanOrEqualTo(spending.expected());
                before = spending.held();
            }
        }
    }

    /// With 50,000 units of each arm beliefs are normal: z is 1.96 for the arm and 3.2 for control, which is looked at
    /// all the time.
    @Test
    void held_withMuchEvidence_isTheNormalBound() {
        List<Outlay> arms = List.of(outlay(2_500, 50_000), outlay(2_450, 50_000));
        double above = 3.2 * Math.sqrt(0.05 * 0.95 / 50_000);
        double below = 1.96 * Math.sqrt(0.049 * 0.951 / 50_000);

        double held = budgeting(allowance(50, 0.95), arms, 0, Allocation.uniform(2), 500)
                .spending(OptionalDouble.of(0))
                .held();

        assertThat(held).isCloseTo(50_000 * (0.001 + Math.hypot(above, below)), within(3.0));
    }

    @Test
    void rate_atAnyCertainty_spendsExactlyWhatIsLeft() {
        for (double certainty : CERTAINTIES) {
            List<Outlay> arms = early();
            Guard.Spending before =
                    budgeting(allowance(1_000, certainty), arms, 0, EVEN, 1).spending(OptionalDouble.of(0));
            double budget = before.held() * 1.1;
            double rate = budgeting(allowance(budget, certainty), arms, 0, EVEN, 5_000)
                    .rate();
            List<Outlay> after = arms.stream()
                    .map(arm -> new Outlay(arm.posterior(), arm.exposures() + 5_000 * rate * 0.25, 0))
                    .toList();

            assertThat(rate).isStrictlyBetween(0.0, 1.0);
            assertThat(budgeting(allowance(budget, certainty), after, 0, EVEN, 1)
                            .spending(OptionalDouble.of(0))
                            .held())
                    .isCloseTo(budget, within(1e-9 * budget));
        }
    }

    @Test
    void rate_inExpectation_isWhatIsLeftOverWhatTheHourLoses() {
        Guard.Spending spending =
                budgeting(allowance(30, 0.5), early(), 0, EVEN, 10_000).spending(OptionalDouble.of(77));

        assertThat(spending.held()).isEqualTo(spending.expected());
        assertThat(spending.rate()).isCloseTo((30 - spending.held()) / spending.next(), within(1e-12));
        assertThat(spending.rate()).isStrictlyBetween(0.0, 1.0);
        assertThat(spending.ceiling()).hasValue(77);
        assertThat(spending.allowed()).isEqualTo(30);
    }

    @Test
    void rate_whereTheDayIsSpent_isThatOfTheDay() {
        List<Outlay> arms =
                List.of(new Outlay(posterior(50, 1_000), 1_000, 1_000), new Outlay(posterior(20, 1_000), 1_000, 500));
        Budgeting budgeting =
                budgeting(new Allowance(1_000, OptionalDouble.of(15), 0.5), arms, 0, Allocation.uniform(2), 1_000);

        assertThat(budgeting.daily()).isTrue();
        assertThat(budgeting.exhausted()).isTrue();
        assertThat(budgeting.spending(OptionalDouble.of(0)).today())
                .isCloseTo(budgeting.spending(OptionalDouble.of(0)).held() / 2, within(1e-9));
        assertThat(budgeting.served(0, Allocation.uniform(2))).isEqualTo(Allocation.of(1, 0));
    }

    @Test
    void served_withEnoughLeft_isWhatWasProposed() {
        Budgeting budgeting = budgeting(allowance(10_000, 0.95), early(), 0, EVEN, 500);

        assertThat(budgeting.rate()).isEqualTo(1);
        assertThat(budgeting.exhausted()).isFalse();
        assertThat(budgeting.served(0, EVEN)).isSameAs(EVEN);
    }

    /// An hour of much traffic may cost many times a small budget before anything is known: exploring begins small.
    @Test
    void served_ofMuchTrafficBeforeTheFirstOutcome_startsSmallButStarts() {
        List<Outlay> arms = List.of(outlay(0, 0), outlay(0, 0));
        Budgeting budgeting = budgeting(allowance(20, 0.95), arms, 0, Allocation.uniform(2), 1e6);

        assertThat(budgeting.rate()).isStrictlyBetween(0.0, 0.05);
        assertThat(budgeting.exhausted()).isFalse();
        assertThat(budgeting.served(0, Allocation.uniform(2)).probability(1)).isEqualTo(budgeting.rate() / 2);
    }

    @Test
    void served_inExpectationWhenExhausted_keepsControlAndWhatIsRatherBetter() {
        List<Outlay> arms = List.of(outlay(50, 1_000), outlay(20, 1_000), outlay(52, 1_000), outlay(30, 1_000));
        Budgeting budgeting = budgeting(allowance(20, 0.5), arms, 0, EVEN, 500);

        assertThat(budgeting.exhausted()).isTrue();
        assertThat(budgeting.served(0, EVEN)).isEqualTo(Allocation.of(0.75, 0, 0.25, 0));
    }

    @Test
    void served_withCertaintyWhenExhausted_keepsOnlyWhatIsCertainlyNoWorse() {
        List<Outlay> arms = List.of(outlay(500, 10_000), outlay(20, 1_000), outlay(52, 1_000), outlay(700, 10_000));
        Budgeting budgeting = budgeting(allowance(20, 0.95), arms, 0, EVEN, 500);

        assertThat(budgeting.exhausted()).isTrue();
        assertThat(budgeting.served(0, EVEN)).isEqualTo(Allocation.of(0.75, 0, 0, 0.25));
    }

    @Test
    void held_ofAnArmThatIsCertainlyBetter_isNothing() {
        List<Outlay> arms = List.of(outlay(500, 10_000), outlay(700, 10_000));

        assertThat(budgeting(allowance(20, 0.95), arms, 0, Allocation.uniform(2), 500)
                        .spending(OptionalDouble.of(0))
                        .held())
                .isLessThan(1e-3);
    }

    @Test
    void of_armsInAnotherOrder_isTheSame() {
        List<Outlay> arms = early();
        List<Outlay> turned = List.of(arms.get(2), arms.get(3), arms.get(0), arms.get(1));
        Guard.Spending one =
                budgeting(allowance(90, 0.95), arms, 0, EVEN, 5_000).spending(OptionalDouble.of(0));
        Guard.Spending other =
                budgeting(allowance(90, 0.95), turned, 2, EVEN, 5_000).spending(OptionalDouble.of(0));

        assertThat(other.held()).isCloseTo(one.held(), within(1e-9));
        assertThat(other.rate()).isCloseTo(one.rate(), within(1e-9));
    }

    @Test
    void throttled_atARate_givesTheRestToControl() {
        Allocation throttled = Budgeting.throttled(Allocation.of(0.2, 0.5, 0.3), 0.1, 0);

        assertThat(throttled.probability(0)).isCloseTo(0.92, within(1e-12));
        assertThat(throttled.probability(1)).isCloseTo(0.05, within(1e-12));
        assertThat(throttled.probability(2)).isCloseTo(0.03, within(1e-12));
        assertThat(Budgeting.throttled(EVEN, 1, 0)).isEqualTo(EVEN);
        assertThat(Budgeting.throttled(EVEN, 0, 3)).isEqualTo(Allocation.of(0, 0, 0, 1));
    }

    @Test
    void of_nonsense_isRefused() {
        Allowance allowance = allowance(1, 0.5);
        Allocation shares = Allocation.uniform(2);
        assertThatIllegalArgumentException().isThrownBy(() -> budgeting(allowance, early(), 0, shares, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> budgeting(allowance, early(), 4, EVEN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> budgeting(allowance, early(), 0, EVEN, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> Budgeting.throttled(shares, 1.1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Outlay(posterior(0, 0), -1, 0));
    }

    /// Few units, arms worse, equal and better.
    private static Budgeting budgeting(
            Allowance allowance, List<Outlay> arms, int control, Allocation proposed, double next) {
        return Budgeting.of(allowance, List.of(new Crowd(arms, proposed, next)), control);
    }

    private static List<Outlay> early() {
        return List.of(outlay(20, 400), outlay(10, 400), outlay(20, 400), outlay(25, 400));
    }

    private static List<Outlay> late() {
        return List.of(outlay(2_000, 40_000), outlay(100, 3_000), outlay(450, 10_000), outlay(480, 8_000));
    }

    private static List<Outlay> counts() {
        return List.of(new Outlay(new GammaPosterior(30, 10), 10, 0), new Outlay(new GammaPosterior(200, 100), 100, 0));
    }

    private static List<Outlay> revenue() {
        return List.of(
                new Outlay(new RevenuePosterior(posterior(50, 1_000), new OrderValuePosterior(60, 3_000)), 1_000, 0),
                new Outlay(new RevenuePosterior(posterior(40, 1_000), new OrderValuePosterior(50, 2_500)), 1_000, 0));
    }

    private static Allocation even(List<Outlay> arms) {
        return Allocation.uniform(arms.size());
    }

    private static Outlay outlay(double conversions, double units) {
        return new Outlay(posterior(conversions, units), units, 0);
    }

    private static BetaPosterior posterior(double conversions, double units) {
        return BetaPosterior.unitSuccess(0.05).after(conversions, units);
    }

    private static BetaPosterior beta(double[] shapes) {
        return new BetaPosterior(shapes[0], shapes[1]);
    }

    private static Allowance allowance(double total, double certainty) {
        return new Allowance(total, OptionalDouble.empty(), certainty);
    }
}
