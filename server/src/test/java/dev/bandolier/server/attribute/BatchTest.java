package dev.bandolier.server.attribute;

import static dev.bandolier.server.attribute.Batches.CAP;
import static dev.bandolier.server.attribute.Batches.CREDITS_MAX;
import static dev.bandolier.server.attribute.Batches.DECISION;
import static dev.bandolier.server.attribute.Batches.DOLLARS;
import static dev.bandolier.server.attribute.Batches.EUROS;
import static dev.bandolier.server.attribute.Batches.NOON;
import static dev.bandolier.server.attribute.Batches.REQUESTS;
import static dev.bandolier.server.attribute.Batches.REVENUE;
import static dev.bandolier.server.attribute.Batches.UNCAPPED;
import static dev.bandolier.server.attribute.Batches.batch;
import static dev.bandolier.server.attribute.Batches.conversion;
import static dev.bandolier.server.attribute.Batches.decision;
import static dev.bandolier.server.attribute.Batches.experiment;
import static dev.bandolier.server.attribute.Batches.name;
import static dev.bandolier.server.attribute.Batches.order;
import static dev.bandolier.server.attribute.Batches.refund;
import static dev.bandolier.server.attribute.Batches.sum;
import static dev.bandolier.server.attribute.Batches.tally;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Which conversion of a batch earns what, for which decision.
final class BatchTest {

    @Test
    void order_ofAUnit_isCreditedToItsDecisionWhereTheDecisionCounts() {
        Batch batch = batch(List.of(EUROS), List.of(DECISION));

        batch.attribute(order("o", 4_990));

        assertThat(batch.outcomes()).containsExactly(Map.entry(name("o"), Outcome.CREDITED));
        Reward reward = batch.rewards().getFirst();
        assertThat(reward.account()).isEqualTo(new Reward.Account(DECISION.key(), Optional.empty()));
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
                .containsEntry(name("euros"), Outcome.WRONG_CURRENCY)
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
                .extracting(each -> each.account().decision().experiment())
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
}
