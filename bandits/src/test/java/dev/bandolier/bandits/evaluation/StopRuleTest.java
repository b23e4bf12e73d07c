package dev.bandolier.bandits.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.GammaPosterior;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.OrderValuePosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.RevenuePosterior;
import dev.bandolier.bandits.evaluation.StopRule.Advice;
import dev.bandolier.bandits.evaluation.StopRule.Check;
import dev.bandolier.bandits.evaluation.StopRule.Condition;
import dev.bandolier.bandits.evaluation.StopRule.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StopRuleTest {

    private static final Posterior CONTROL = rate(3000, 100_000);
    private static final Posterior BETTER = rate(3600, 100_000);
    private static final Posterior WORSE = rate(100, 5000);

    /// Three per cent known to a two-thousandth of itself.
    private static final Posterior EXACT = rate(3_000_000, 100_000_000);

    @Test
    void advise_clearWinnerAfterTwoWeeks_isToStop() {
        Advice advice = advise(List.of(CONTROL, WORSE, BETTER), 14, 2);

        assertThat(advice.kind()).isEqualTo(Kind.STOP);
        assertThat(advice.leader()).hasValue(2);
        assertThat(advice.checks()).allMatch(Check::met);
        assertThat(advice.checks()).extracting(Check::condition).containsExactly(Condition.values());
        assertThat(advice.checks()).extracting(Check::needed).containsExactly(14.0, 2.0, 0.01, 0.005);
    }

    @ParameterizedTest
    @CsvSource({"13.99, 2, DAYS", "30, 1, WEEKS"})
    void advise_clearWinnerTooEarly_isToKeepGoing(double days, int weeks, Condition missing) {
        Advice advice = advise(List.of(CONTROL, WORSE, BETTER), days, weeks);

        assertThat(advice.kind()).isEqualTo(Kind.KEEP_GOING);
        assertThat(advice.checks().stream().filter(check -> !check.met()).map(Check::condition))
                .containsExactly(missing);
    }

    @Test
    void advise_winnerThatMayStillBeAnother_isToKeepGoing() {
        Advice advice = advise(List.of(CONTROL, rate(3050, 100_000)), 30, 4);

        assertThat(advice.kind()).isEqualTo(Kind.KEEP_GOING);
        assertThat(advice.leader()).hasValue(1);
        assertThat(check(advice, Condition.REMAINING).met()).isFalse();
    }

    @Test
    void advise_equalArmsKnownExactly_isNoDifference() {
        assertThat(advise(List.of(EXACT, EXACT, EXACT), 20, 2).kind()).isEqualTo(Kind.NO_DIFFERENCE);
        assertThat(advise(List.of(EXACT, EXACT, EXACT), 10, 1).kind()).isEqualTo(Kind.KEEP_GOING);
    }

    @Test
    void advise_equalArmsAndOneThatLoses_isToStop() {
        assertThat(advise(List.of(EXACT, EXACT, WORSE), 20, 2).kind()).isEqualTo(Kind.STOP);
    }

    @Test
    void advise_equalArmsKnownLittle_isToKeepGoing() {
        assertThat(advise(List.of(CONTROL, CONTROL), 60, 8).kind()).isEqualTo(Kind.KEEP_GOING);
    }

    @Test
    void advise_fewerThanTwoArms_isNothingToCompare() {
        for (List<Posterior> live : List.of(List.<Posterior>of(), List.of(CONTROL))) {
            Advice advice = advise(live, 60, 8);

            assertThat(advice.kind()).isEqualTo(Kind.NOTHING_TO_COMPARE);
            assertThat(advice.leader()).isEmpty();
            assertThat(check(advice, Condition.REMAINING).value()).isNaN();
            assertThat(check(advice, Condition.REMAINING).met()).isFalse();
            assertThat(check(advice, Condition.DAYS).met()).isTrue();
        }
    }

    @Test
    void advise_golden_hasItsNumbers() {
        Golden remaining = Golden.named("pvr_q95_two_close");
        Golden loss = Golden.named("expected_loss_two_close");
        Posterior control = new BetaPosterior(51, 951);
        Advice advice = StopRule.DEFAULT.advise(control, List.of(control, new BetaPosterior(61, 941)), 14, 2);

        assertThat(advice.leader()).hasValue(1);
        remaining.check("pvr", check(advice, Condition.REMAINING).value());
        assertThat(check(advice, Condition.EXPECTED_LOSS).value())
                .isCloseTo(loss.expected().get(1).asDouble() / (51 / 1002.0), within(1e-6));
    }

    @Test
    void advise_countsAndRevenue_areJudgedAsRatesAre() {
        assertThat(StopRule.DEFAULT
                        .advise(
                                new GammaPosterior(3000, 100_000),
                                List.of(new GammaPosterior(3000, 100_000), new GammaPosterior(3600, 100_000)),
                                14,
                                2)
                        .kind())
                .isEqualTo(Kind.STOP);
        assertThat(StopRule.DEFAULT
                        .advise(revenue(40), List.of(revenue(40), revenue(60)), 14, 2)
                        .kind())
                .isEqualTo(Kind.STOP);
    }

    @Test
    void weeksSeen_dates_isHowOftenTheRarestWeekdayWas() {
        LocalDate start = LocalDate.of(2026, 11, 4);
        List<LocalDate> fortnight = new ArrayList<>(
                Stream.iterate(start, date -> date.plusDays(1)).limit(14).toList());
        assertThat(StopRule.weeksSeen(fortnight)).isEqualTo(2);
        assertThat(StopRule.weeksSeen(fortnight.subList(0, 13))).isOne();
        assertThat(StopRule.weeksSeen(fortnight.subList(0, 6))).isZero();
        assertThat(StopRule.weeksSeen(List.of())).isZero();
        fortnight.addAll(List.copyOf(fortnight));
        assertThat(StopRule.weeksSeen(fortnight)).isEqualTo(2);
        fortnight.removeIf(start.plusDays(3)::equals);
        assertThat(StopRule.weeksSeen(fortnight)).isOne();
    }

    private static Advice advise(List<Posterior> live, double days, int weeks) {
        return StopRule.DEFAULT.advise(CONTROL, live, days, weeks);
    }

    private static Check check(Advice advice, Condition condition) {
        return advice.checks().stream()
                .filter(each -> each.condition() == condition)
                .findFirst()
                .orElseThrow();
    }

    private static BetaPosterior rate(double conversions, double units) {
        return new BetaPosterior(conversions, units - conversions);
    }

    private static RevenuePosterior revenue(double order) {
        return new RevenuePosterior(
                rate(3000, 100_000), OrderValuePosterior.prior(1, 5, order).after(1, 3000, 3000 * order));
    }
}
