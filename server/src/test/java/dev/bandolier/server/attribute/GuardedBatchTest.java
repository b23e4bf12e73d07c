package dev.bandolier.server.attribute;

import static dev.bandolier.server.attribute.Batches.CAP;
import static dev.bandolier.server.attribute.Batches.CREDITS_MAX;
import static dev.bandolier.server.attribute.Batches.DECISION;
import static dev.bandolier.server.attribute.Batches.EUROS;
import static dev.bandolier.server.attribute.Batches.NOON;
import static dev.bandolier.server.attribute.Batches.WATCHING;
import static dev.bandolier.server.attribute.Batches.batch;
import static dev.bandolier.server.attribute.Batches.conversion;
import static dev.bandolier.server.attribute.Batches.decision;
import static dev.bandolier.server.attribute.Batches.experiment;
import static dev.bandolier.server.attribute.Batches.name;
import static dev.bandolier.server.attribute.Batches.ofObjectives;
import static dev.bandolier.server.attribute.Batches.order;
import static dev.bandolier.server.attribute.Batches.reversal;
import static dev.bandolier.server.attribute.Batches.sum;
import static dev.bandolier.server.attribute.Batches.tally;
import static dev.bandolier.server.attribute.Batches.valued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.Tally;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a batch makes of conversions whose metric guardrails watch.
final class GuardedBatchTest {

    @Test
    void event_ofAGuardedMetric_isOneOfItsOwnAndWorthNothing() {
        Batch batch = batch(List.of(WATCHING), List.of(decision(WATCHING, 0)));

        batch.attribute(order("o", 100));
        batch.attribute(conversion("left", "unsubscribe", Optional.empty(), NOON));
        batch.attribute(valued("left again", "unsubscribe", 70, "USD"));

        assertThat(batch.outcomes().values()).containsOnly(Outcome.CREDITED);
        assertThat(sum(batch, "unsubscribe").conversions()).isEqualTo(1);
        assertThat(sum(batch, "unsubscribe").orders()).isEqualTo(2);
        assertThat(sum(batch, "unsubscribe").raw()).isZero();
        assertThat(ofObjectives(batch)).isEqualTo(tally(1, 1, 100));
        assertThat(batch.rewards().subList(1, 3))
                .allSatisfy(each -> assertThat(each.delayTo()).isEmpty());
    }

    @Test
    void event_ofAGuardedMetric_countsWithinTheWindowOfTheObjectiveAlone() {
        Batch batch = batch(List.of(WATCHING), List.of(decision(WATCHING, 0)));

        batch.attribute(conversion("late", "unsubscribe", Optional.empty(), NOON.plus(Duration.ofDays(8))));

        assertThat(batch.outcomes()).containsEntry(name("late"), Outcome.OUTSIDE_WINDOW);
        assertThat(batch.rewards()).isEmpty();
    }

    @Test
    void event_takenBack_isTakenBackInItsMetricAlone() {
        Batch batch = batch(List.of(WATCHING), List.of(decision(WATCHING, 0)));

        batch.attribute(order("o", 100));
        batch.attribute(conversion("left", "unsubscribe", Optional.empty(), NOON));
        batch.attribute(reversal("came back", "left", "unsubscribe", Optional.empty()));

        assertThat(sum(batch, "unsubscribe")).isEqualTo(Tally.ZERO);
        assertThat(ofObjectives(batch)).isEqualTo(tally(1, 1, 100));
        assertThat(batch.rewards()).hasSize(3);
    }

    @Test
    void refund_whoseMetricIsGuarded_takesBackAndCountsAsItsEvent() {
        Batch batch = batch(List.of(WATCHING, EUROS), List.of(decision(WATCHING, 0), DECISION));

        batch.attribute(order("o", 100));
        batch.attribute(reversal("part", "o", "refund", Optional.of(40L)));

        assertThat(batch.outcomes()).containsEntry(name("part"), Outcome.CREDITED);
        assertThat(sum(batch, "refund")).isEqualTo(tally(1, 1, 0));
        assertThat(sum(batch, EUROS)).isEqualTo(tally(1, 1, 60));
        assertThat(ofObjectives(batch)).isEqualTo(tally(1, 1, 60).plus(tally(1, 1, 60)));
        assertThat(batch.rewards())
                .filteredOn(each -> each.account().metric().isPresent())
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.account().decision().experiment()).isEqualTo(WATCHING.id());
                    assertThat(each.credit().reverses()).isEmpty();
                });
    }

    @Test
    void refund_takenBack_wasNoRefundAndItsOrderStaysTakenBack() {
        Batch batch = batch(List.of(WATCHING), List.of(decision(WATCHING, 0)));

        batch.attribute(order("o", 100));
        batch.attribute(reversal("r", "o", "refund", Optional.empty()));
        batch.attribute(reversal("mistaken", "r", "purchase", Optional.empty()));

        assertThat(batch.outcomes().values()).containsOnly(Outcome.CREDITED);
        assertThat(sum(batch)).isEqualTo(Tally.ZERO);
        assertThat(batch.rewards()).hasSize(4);
    }

    @Test
    void refund_ofRevenueInAnotherCurrency_takesNothingBackAndCountsAsItsEvent() {
        Experiment dollars = experiment(
                7, Objective.Kind.REVENUE, Stickiness.UNIT, Optional.of("USD"), Optional.of(CAP), "refund", "error");
        Batch batch = batch(List.of(dollars), List.of(decision(dollars, 0)));

        batch.attribute(valued("o", "purchase", 100, "USD"));
        batch.attribute(reversal("r", "o", "refund", Optional.of(100L)));
        batch.attribute(conversion("no value", "error", Optional.empty(), NOON));

        assertThat(ofObjectives(batch)).isEqualTo(tally(1, 1, 100));
        assertThat(sum(batch, "refund")).isEqualTo(tally(1, 1, 0));
        assertThat(sum(batch, "error")).isEqualTo(tally(1, 1, 0));
    }

    @Test
    void events_beyondTheLimit_areCountedMetricByMetric() {
        Batch batch = batch(List.of(WATCHING), List.of(decision(WATCHING, 0)));

        for (int i = 0; i < CREDITS_MAX; i++) {
            batch.attribute(order("o" + i, 1));
            batch.attribute(conversion("left" + i, "unsubscribe", Optional.empty(), NOON));
        }
        batch.attribute(conversion("left", "unsubscribe", Optional.empty(), NOON));

        assertThat(batch.outcomes()).containsEntry(name("left"), Outcome.TOO_MANY);
        assertThat(batch.rewards()).hasSize(2 * CREDITS_MAX);
    }
}
