package dev.bandolier.server.attribute;

import static dev.bandolier.server.attribute.Batches.ORIGIN;
import static dev.bandolier.server.attribute.Batches.UNCAPPED;
import static dev.bandolier.server.attribute.Batches.WATCHING;
import static dev.bandolier.server.attribute.Batches.batch;
import static dev.bandolier.server.attribute.Batches.byOrigin;
import static dev.bandolier.server.attribute.Batches.decision;
import static dev.bandolier.server.attribute.Batches.name;
import static dev.bandolier.server.attribute.Batches.order;
import static dev.bandolier.server.attribute.Batches.refund;
import static dev.bandolier.server.attribute.Batches.reversal;
import static dev.bandolier.server.attribute.Batches.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What weighs nothing is on record all the same.
final class WeightlessBatchTest {

    @Test
    void order_beyondTheCapOfItsOrigin_weighsNothingAndNorDoesItsRefund() {
        Batch batch = batch(List.of(UNCAPPED), List.of(decision(UNCAPPED, 0)));

        for (int i = 1; i <= 3; i++) {
            batch.attribute(byOrigin(ORIGIN, order("o" + i, 100)));
        }
        batch.attribute(refund("r", "o3", Optional.empty()));

        assertThat(batch.outcomes())
                .containsEntry(name("o2"), Outcome.CREDITED)
                .containsEntry(name("o3"), Outcome.CAPPED)
                .containsEntry(name("r"), Outcome.NOTHING_TO_REVERSE);
        assertThat(sum(batch).orders()).isEqualTo(2);
        Reward last = batch.rewards().getLast();
        assertThat(last.change()).isEqualTo(Tally.ZERO);
        assertThat(last.settling()).isEqualTo(new Reward.Settling(0, true, true, Optional.of(ORIGIN)));
        assertThat(last.cell().arm()).isEqualTo("b");
    }

    @Test
    void order_underQuarantine_isOnRecordAndItsRefundTakesNothing() {
        Batch batch = batch(
                List.of(WATCHING),
                List.of(decision(WATCHING, 0)),
                conversion -> conversion.origin().isPresent());

        batch.attribute(byOrigin(ORIGIN, order("o", 100)));
        batch.attribute(reversal("r", "o", "refund", Optional.empty()));

        assertThat(batch.outcomes())
                .containsEntry(name("o"), Outcome.QUARANTINED)
                .containsEntry(name("r"), Outcome.CREDITED);
        assertThat(batch.rewards())
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.change()).isEqualTo(Tally.ZERO));
        // The event "refund" of an order that was none did not happen; the reversal waits for a release.
        assertThat(batch.rewards()).extracting(each -> each.settling().voided()).containsExactly(true, false, true);
    }
}
