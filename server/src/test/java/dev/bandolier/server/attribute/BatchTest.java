package dev.bandolier.server.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.Uniform;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which conversion of a batch earns what, for which decision.
final class BatchTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UnitKey UNIT = new UnitKey(1, 2);
    private static final Experiment EUROS = experiment(1, Stickiness.UNIT, Optional.of("EUR"));
    private static final Experiment DOLLARS = experiment(2, Stickiness.UNIT, Optional.of("USD"));
    private static final Experiment REQUESTS = experiment(3, Stickiness.NONE, Optional.empty());
    private static final Experiment UNCAPPED = experiment(4, Stickiness.UNIT, Optional.of("EUR"), Optional.empty());
    private static final Decision DECISION = decision(EUROS, 0);
    private static final int CREDITS_MAX = 3;
    private static final long CAP = 1_000_000;
    private static final Experiment REVENUE =
            experiment(6, Objective.Kind.REVENUE, Stickiness.UNIT, Optional.of("USD"), Optional.of(CAP));

    @Test
    void order_ofAUnit_isCreditedToItsDecisionWhereTheDecisionCounts() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        batch.attribute(order("o", 4_990));

        assertThat(batch.outcomes()).containsExactly(Map.entry(name("o"), Outcome.CREDITED));
        Reward reward = batch.rewards().getFirst();
        assertThat(reward.decision()).isEqualTo(DECISION.key());
        assertThat(reward.cell().arm()).isEqualTo("b");
        assertThat(reward.cell().version()).isEqualTo(7);
        assertThat(reward.cell().bucket()).isEqualTo(EUROS.bucketOf(NOON));
        assertThat(reward.change().conversions()).isEqualTo(1);
        assertThat(reward.change().value()).isEqualTo(4_990);
    }

    @Test
    void orders_ofOneUnitInOneBatch_convertItOnce() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        batch.attribute(order("o1", 100));
        batch.attribute(order("o2", 200));

        assertThat(sum(batch).conversions()).isEqualTo(1);
        assertThat(sum(batch).orders()).isEqualTo(2);
        assertThat(sum(batch).value()).isEqualTo(300);
    }

    @Test
    void refund_inTheSameBatch_takesBackWhatItsOrderGave() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        batch.attribute(order("o", 100));
        batch.attribute(refund("r", "o", Optional.empty()));

        assertThat(batch.outcomes()).containsEntry(name("r"), Outcome.CREDITED);
        assertThat(sum(batch)).isEqualTo(Tally.ZERO);
    }

    @Test
    void order_heardOf_movesItsUnitIntoTheBinOfItsArrivalAndARefundOut() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));
        int heard = DelayBins.of(Duration.ofDays(7)).binOf(Duration.ofSeconds(6));

        batch.attribute(order("first", 100));
        batch.attribute(order("second", 100));
        batch.attribute(refund("r1", "first", Optional.empty()));
        batch.attribute(refund("r2", "second", Optional.empty()));

        assertThat(batch.rewards())
                .extracting(Reward::delayFrom)
                .containsExactly(
                        OptionalInt.empty(), OptionalInt.of(heard), OptionalInt.of(heard), OptionalInt.of(heard));
        assertThat(batch.rewards())
                .extracting(Reward::delayTo)
                .containsExactly(
                        OptionalInt.of(heard), OptionalInt.of(heard), OptionalInt.of(heard), OptionalInt.empty());
    }

    @Test
    void order_aboveTheCap_countsTheCapAndWithoutACapAllOfIt() {
        Batch capped = batch(List.of(EUROS), List.of(DECISION));
        Batch free = batch(List.of(UNCAPPED), List.of(decision(UNCAPPED, 0)));

        capped.attribute(order("o", 3 * CAP));
        free.attribute(order("o", 3 * CAP));

        assertThat(sum(capped).value()).isEqualTo(CAP);
        assertThat(sum(capped).raw()).isEqualTo(3 * CAP);
        assertThat(sum(free).value()).isEqualTo(3 * CAP);
    }

    @Test
    void refund_beforeItsOrder_waitsAndOfNothingIsSaidSo() {
        Batch batch = batch(List.of(EUROS), List.of());

        batch.attribute(refund("r1", "later", Optional.empty()));
        batch.attribute(order("nobody's", 100));
        batch.attribute(refund("r2", "nobody's", Optional.empty()));

        assertThat(batch.outcomes())
                .containsEntry(name("r1"), Outcome.WAITING)
                .containsEntry(name("nobody's"), Outcome.NO_DECISION)
                .containsEntry(name("r2"), Outcome.NOTHING_TO_REVERSE);
        assertThat(batch.rewards()).isEmpty();
    }

    @Test
    void order_thatBelongsNowhere_saysWhy() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        batch.attribute(conversion("late", "purchase", Optional.empty(), NOON.plus(Duration.ofDays(8))));
        batch.attribute(conversion("other", "click", Optional.empty(), NOON));

        assertThat(batch.outcomes())
                .containsEntry(name("late"), Outcome.OUTSIDE_WINDOW)
                .containsEntry(name("other"), Outcome.NO_EXPERIMENT);
    }

    @Test
    void order_inTwoExperiments_countsInBothAndItsValueInItsCurrency() {
        Batch batch = batch(List.of(EUROS, DOLLARS), List.of(DECISION, decision(DOLLARS, 0)));

        batch.attribute(order("o", 100));
        batch.attribute(refund("part", "o", Optional.of(40L)));

        assertThat(sum(batch, EUROS)).isEqualTo(tally(1, 1, 60));
        assertThat(sum(batch, DOLLARS)).isEqualTo(tally(1, 1, 0));
    }

    @Test
    void order_ofAUnitDrawnAgain_earnsNothing() {
        Batch batch = batch(List.of(EUROS), List.of(decision(EUROS, 1)));

        batch.attribute(order("o", 100));
        batch.attribute(refund("r", "o", Optional.empty()));

        assertThat(batch.outcomes())
                .containsEntry(name("o"), Outcome.CREDITED)
                .containsEntry(name("r"), Outcome.NOTHING_TO_REVERSE);
        assertThat(batch.rewards()).isEmpty();
    }

    @Test
    void order_ofADrawPerRequest_isCreditedByTokenAlone() {
        Decision request = decision(REQUESTS, Decision.REQUESTS_FROM + 5);
        Batch batch = batch(List.of(REQUESTS), List.of(request));

        batch.attribute(order("by unit", 100));
        batch.attribute(conversion("by token", "purchase", Optional.of(request.key()), NOON));

        assertThat(batch.outcomes())
                .containsEntry(name("by unit"), Outcome.NO_DECISION)
                .containsEntry(name("by token"), Outcome.CREDITED);
        assertThat(batch.rewards()).hasSize(1);
    }

    @Test
    void orders_beyondTheLimitOfADecision_areRefused() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        for (int i = 0; i <= CREDITS_MAX; i++) {
            batch.attribute(order("o" + i, 1));
        }

        assertThat(batch.outcomes()).containsEntry(name("o" + CREDITS_MAX), Outcome.TOO_MANY);
        assertThat(batch.rewards()).hasSize(CREDITS_MAX);
    }

    @Test
    void order_thatRevenueCannotValue_isNotCreditedToIt() {
        Batch batch = batch(List.of(REVENUE), List.of(decision(REVENUE, 0)));

        batch.attribute(conversion("no value", "purchase", Optional.empty(), NOON));
        batch.attribute(order("euros", 100));
        batch.attribute(refund("r", "euros", Optional.empty()));

        assertThat(batch.outcomes())
                .containsEntry(name("no value"), Outcome.NO_VALUE)
                .containsEntry(name("euros"), Outcome.NO_VALUE)
                .containsEntry(name("r"), Outcome.NOTHING_TO_REVERSE);
        assertThat(batch.rewards()).isEmpty();
    }

    @Test
    void order_thatOnlyConversionsCanUse_countsThereAlone() {
        Batch batch = batch(List.of(REVENUE, EUROS), List.of(decision(REVENUE, 0), DECISION));

        batch.attribute(conversion("no value", "purchase", Optional.empty(), NOON));
        batch.attribute(refund("r", "no value", Optional.empty()));

        assertThat(batch.outcomes()).containsEntry(name("no value"), Outcome.CREDITED);
        assertThat(batch.rewards())
                .extracting(each -> each.decision().experiment())
                .containsExactly(EUROS.id(), EUROS.id());
        assertThat(sum(batch)).isEqualTo(Tally.ZERO);
    }

    @Test
    void order_ofRevenueInItsCurrency_isCreditedAlsoIfItWasFree() {
        Experiment euros = experiment(5, Objective.Kind.REVENUE, Stickiness.UNIT, Optional.of("EUR"), Optional.of(CAP));
        Batch batch = batch(List.of(euros), List.of(decision(euros, 0)));

        batch.attribute(order("paid", 100));
        batch.attribute(order("free", 0));

        assertThat(batch.outcomes().values()).containsOnly(Outcome.CREDITED);
        assertThat(sum(batch).orders()).isEqualTo(2);
    }

    private static Batch batch(List<Experiment> experiments, List<Decision> decisions) {
        Map<Long, Experiment> byId =
                experiments.stream().collect(Collectors.toMap(Experiment::id, Function.identity()));
        Map<Decision.Key, Decision> byKey =
                decisions.stream().collect(Collectors.toMap(Decision::key, Function.identity()));
        List<Decision> standing = decisions.stream()
                .filter(each -> each.occasion() < Decision.REQUESTS_FROM)
                .toList();
        return new Batch(
                new Batch.Read(
                        metric -> metric.equals("purchase") ? experiments : List.of(),
                        byId::get,
                        Map.of(UNIT, standing),
                        byKey,
                        Map.of(),
                        Set.of(),
                        Map.<Decision.Key, Earnings>of()),
                Duration.ofMinutes(10),
                CREDITS_MAX);
    }

    private static Experiment experiment(long id, Stickiness sticky, Optional<String> currency) {
        return experiment(id, sticky, currency, Optional.of(CAP));
    }

    private static Experiment experiment(long id, Stickiness sticky, Optional<String> currency, Optional<Long> cap) {
        return experiment(id, Objective.Kind.CONVERSION, sticky, currency, cap);
    }

    private static Experiment experiment(
            long id, Objective.Kind kind, Stickiness sticky, Optional<String> currency, Optional<Long> cap) {
        List<Arm> arms = List.of(new Arm("a", true, "{}", Arm.Status.LIVE), new Arm("b", false, "{}", Arm.Status.LIVE));
        Objective objective =
                new Objective("purchase", kind, Duration.ofDays(7), Optional.empty(), currency, 0.02, cap);
        Definition definition = new Definition(
                "e" + id,
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
                0);
        return new Experiment(id, 1, Experiment.State.RUNNING, 1, 2, NOON, definition);
    }

    private static Decision decision(Experiment experiment, long occasion) {
        return new Decision(experiment.id(), UNIT, occasion, "b", 0.5, 7, "", false, NOON);
    }

    private static Conversion order(String id, long value) {
        return new Conversion(
                "api",
                id,
                "purchase",
                Optional.of(UNIT),
                Optional.empty(),
                Optional.of(value),
                Optional.of("EUR"),
                NOON.plusSeconds(5),
                NOON.plusSeconds(6),
                Optional.empty());
    }

    private static Conversion refund(String id, String reverses, Optional<Long> value) {
        return new Conversion(
                "api",
                id,
                "purchase",
                Optional.empty(),
                Optional.empty(),
                value,
                value.map(each -> "EUR"),
                NOON.plusSeconds(7),
                NOON.plusSeconds(8),
                Optional.of(reverses));
    }

    private static Conversion conversion(String id, String metric, Optional<Decision.Key> decision, Instant at) {
        return new Conversion(
                "api",
                id,
                metric,
                Optional.of(UNIT),
                decision,
                Optional.empty(),
                Optional.empty(),
                at,
                at,
                Optional.empty());
    }

    private static Name name(String id) {
        return new Name("api", id);
    }

    private static Tally sum(Batch batch) {
        return sum(batch.rewards().stream());
    }

    private static Tally sum(Batch batch, Experiment experiment) {
        return sum(batch.rewards().stream().filter(each -> each.decision().experiment() == experiment.id()));
    }

    private static Tally sum(Stream<Reward> rewards) {
        return rewards.map(Reward::change).reduce(Tally.ZERO, Tally::plus);
    }

    private static Tally tally(long conversions, long orders, long value) {
        Tally expected = new Earnings(
                        List.of(new Earnings.Credit("x", "x", Optional.of(value), Optional.empty(), NOON)))
                .tally(CAP);
        assertThat(List.of(expected.conversions(), expected.orders())).isEqualTo(List.of(conversions, orders));
        return expected;
    }
}
