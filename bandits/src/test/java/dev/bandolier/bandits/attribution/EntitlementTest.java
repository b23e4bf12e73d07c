package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Crediting.Orders;
import dev.bandolier.bandits.Crediting.Touching;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Objective.Kind;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Earnings.Credit;
import dev.bandolier.bandits.attribution.Entitlement.Answer;
import dev.bandolier.bandits.attribution.Entitlement.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which decision of an experiment earns a conversion, with what, or why none does.
final class EntitlementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UnitKey UNIT = new UnitKey(1, 2);
    private static final Duration DAY = Duration.ofDays(1);
    private static final long DRAW = Decision.REQUESTS_FROM;
    private static final Crediting RATED = new Crediting(
            Touching.TOKEN, Orders.EVERY, DAY, false, Map.of("USD", new BigDecimal("0.92"), "JPY", BigDecimal.TEN));

    @Test
    void order_withoutAToken_belongsToTheDecisionOfItsUnit() {
        Decision own = decision(1, 0, NOON);
        Entitlement entitlement = sticky(Kind.CONVERSION, Crediting.DEFAULT);

        assertThat(earning(entitlement, order(NOON), own, decision(2, 0, NOON))).isEqualTo(own);
        assertThat(reason(entitlement, order(NOON), decision(2, 0, NOON))).isEqualTo(Reason.NO_DECISION);
        assertThat(reason(entitlement, order(NOON.plus(DAY).plusSeconds(1)), own))
                .isEqualTo(Reason.OUTSIDE_WINDOW);
    }

    @Test
    void order_thatArrivesLate_countsUntilTheGraceHasEnded() {
        Decision own = decision(1, 0, NOON);
        Entitlement entitlement = sticky(Kind.CONVERSION, RATED);
        Conversion inTime = order("EUR", 5L, NOON, NOON.plus(DAY).plus(DAY), Optional.empty());
        Conversion late = order("EUR", 5L, NOON, NOON.plus(DAY).plus(DAY).plusMillis(1), Optional.empty());

        assertThat(earning(entitlement, inTime, own)).isEqualTo(own);
        assertThat(reason(entitlement, late, own)).isEqualTo(Reason.TOO_LATE);
    }

    @Test
    void order_ofAUnitThatIsDrawnForAgainAndAgain_belongsAsTheOwnerChose() {
        Decision first = decision(1, DRAW, NOON);
        Decision second = decision(1, DRAW + 1, NOON.plusSeconds(60));
        Conversion order = order(NOON.plusSeconds(90));

        assertThat(earning(draws(Touching.FIRST), order, second, first)).isEqualTo(first);
        assertThat(earning(draws(Touching.LAST), order, second, first)).isEqualTo(second);
        assertThat(reason(draws(Touching.TOKEN), order, second, first)).isEqualTo(Reason.NEEDS_TOKEN);
    }

    @Test
    void token_namesTheDecisionWhateverTheOwnerChose() {
        Decision first = decision(1, DRAW, NOON);
        Decision second = decision(1, DRAW + 1, NOON.plusSeconds(60));
        for (Touching touch : Touching.values()) {
            Answer answer = draws(touch).of(named(first), Optional.of(first), List.of(first, second));

            assertThat(((Answer.Earns) answer).decision()).isEqualTo(first);
            assertThat(draws(touch).of(named(first), Optional.empty(), List.of(first)))
                    .isEqualTo(new Answer.Misses(Reason.NO_DECISION));
        }
    }

    @Test
    void token_ofAnotherExperiment_countsWhereTheOwnerSaysSo() {
        Decision own = decision(1, 0, NOON);
        Decision other = decision(2, DRAW, NOON);
        Entitlement crossing =
                sticky(Kind.CONVERSION, new Crediting(Touching.TOKEN, Orders.EVERY, DAY, true, Map.of()));
        Entitlement alone = sticky(Kind.CONVERSION, Crediting.DEFAULT);

        assertThat(((Answer.Earns) crossing.of(named(other), Optional.of(other), List.of(own))).decision())
                .isEqualTo(own);
        assertThat(alone.of(named(other), Optional.of(other), List.of(own)))
                .isEqualTo(new Answer.Misses(Reason.OTHER_EXPERIMENT));
        assertThat(List.of(crossing.byUnit(named(other)), alone.byUnit(named(other)), crossing.byUnit(named(own))))
                .containsExactly(true, false, false);
    }

    @Test
    void revenue_ofAValueItCannotTell_isNotEarnedAndElsewhereTheOrderCounts() {
        Decision own = decision(1, 0, NOON);
        Conversion pounds = order("GBP", 500L, NOON, NOON, Optional.empty());
        Conversion none = order("EUR", null, NOON, NOON, Optional.empty());
        Conversion beyond = order("JPY", Conversion.VALUE_MAX, NOON, NOON, Optional.empty());

        assertThat(reason(sticky(Kind.REVENUE, RATED), pounds, own)).isEqualTo(Reason.WRONG_CURRENCY);
        assertThat(reason(sticky(Kind.REVENUE, RATED), beyond, own)).isEqualTo(Reason.WRONG_CURRENCY);
        assertThat(reason(sticky(Kind.REVENUE, RATED), none, own)).isEqualTo(Reason.NO_VALUE);
        Entitlement counting = sticky(Kind.CONVERSION, RATED);
        Credit order = credit(counting, pounds, own);
        assertThat(order.exchange().orElseThrow().worth(500)).isZero();
        // What nobody can exchange is taken back in its own currency, and in no other.
        assertThat(part(counting, order, "GBP", 500L)).isEqualTo("500");
        assertThat(part(counting, order, "EUR", 500L)).isEqualTo("nobody knows");
    }

    @Test
    void reversal_isCountedInTheCurrencyOfItsOrder() {
        Decision own = decision(1, 0, NOON);
        Entitlement entitlement = sticky(Kind.REVENUE, RATED);
        Credit dollars = credit(entitlement, order("USD", 1_000L, NOON, NOON, Optional.empty()), own);
        Credit euros = credit(entitlement, order("EUR", 1_000L, NOON, NOON, Optional.empty()), own);

        assertThat(part(entitlement, dollars, "USD", 333L)).isEqualTo("333");
        assertThat(part(entitlement, dollars, "EUR", 92L)).isEqualTo("100");
        assertThat(part(entitlement, euros, "USD", 100L)).isEqualTo("92");
        assertThat(part(entitlement, euros, "EUR", 100L)).isEqualTo("100");
        assertThat(part(entitlement, euros, "GBP", 100L)).isEqualTo("nobody knows");
        assertThat(part(entitlement, euros, "GBP", null)).isEqualTo("all");
        assertThat(part(sticky(Kind.REVENUE, Crediting.DEFAULT), dollars, "USD", 333L))
                .as("where the rate is gone since")
                .isEqualTo("333");
    }

    private static String part(Entitlement entitlement, Credit of, String currency, Long value) {
        return entitlement
                .reversal(order(currency, value, NOON, NOON, Optional.of("o")), of)
                .map(credit -> credit.amount().map(String::valueOf).orElse("all"))
                .orElse("nobody knows");
    }

    private static Credit credit(Entitlement entitlement, Conversion order, Decision own) {
        return ((Answer.Earns) entitlement.of(order, Optional.empty(), List.of(own))).credit();
    }

    private static Decision earning(Entitlement entitlement, Conversion order, Decision... ofUnit) {
        return ((Answer.Earns) entitlement.of(order, Optional.empty(), List.of(ofUnit))).decision();
    }

    private static Reason reason(Entitlement entitlement, Conversion order, Decision... ofUnit) {
        return ((Answer.Misses) entitlement.of(order, Optional.empty(), List.of(ofUnit))).reason();
    }

    private static Conversion order(Instant at) {
        return order("EUR", 4_990L, at, at, Optional.empty());
    }

    private static Conversion order(
            String currency, Long value, Instant at, Instant receivedAt, Optional<String> reverses) {
        return new Conversion(
                "api",
                "id",
                "purchase",
                Optional.of(UNIT),
                Optional.empty(),
                Optional.ofNullable(value),
                Optional.of(currency),
                at,
                receivedAt,
                reverses);
    }

    private static Conversion named(Decision decision) {
        Instant at = NOON.plusSeconds(90);
        return new Conversion(
                "api",
                "id",
                "purchase",
                Optional.of(UNIT),
                Optional.of(decision.key()),
                Optional.empty(),
                Optional.empty(),
                at,
                at,
                Optional.empty());
    }

    private static Decision decision(long experiment, long occasion, Instant at) {
        return new Decision(experiment, UNIT, occasion, "b", 0.5, 1, "", false, at);
    }

    private static Entitlement sticky(Kind kind, Crediting crediting) {
        return entitlement(Stickiness.UNIT, kind, crediting);
    }

    private static Entitlement draws(Touching touch) {
        return entitlement(Stickiness.NONE, Kind.CONVERSION, new Crediting(touch, Orders.EVERY, DAY, false, Map.of()));
    }

    private static Entitlement entitlement(Stickiness sticky, Kind kind, Crediting crediting) {
        List<Arm> arms = List.of(new Arm("a", true, "{}", Arm.Status.LIVE), new Arm("b", false, "{}", Arm.Status.LIVE));
        Objective objective = new Objective(
                "purchase", kind, DAY, Optional.empty(), Optional.of("EUR"), 0.02, Optional.empty(), crediting);
        Definition definition = new Definition(
                "e",
                "E",
                "visitor",
                sticky,
                arms,
                objective,
                new Uniform(),
                new Prior.UnitSuccess(),
                new Limits(0, 1, 0, 1, 0),
                Drift.DEFAULT,
                Optional.empty(),
                0,
                Guardrails.NONE);
        Experiment experiment = new Experiment(1, 1, Experiment.State.RUNNING, 1, 2, NOON, definition);
        return new Entitlement(experiment, Duration.ofMinutes(10));
    }
}
