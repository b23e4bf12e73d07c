package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.ledger.RefusalTable.Refused;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// What strangers have refused leaves room for what the owner of a source has to mend.
final class SampleTest {

    private final Sample sample = new Sample();

    @Test
    void note_afterStrangersSentALot_keepsWhatTheOwnerHasToMend() {
        for (int i = 0; i < 100; i++) {
            for (String reason : new String[] {"signature-missing", "signature-wrong", "stale"}) {
                sample.note(refused("shop", reason, i));
            }
        }
        Refused own = refused("shop", "field:unit", 1);
        sample.note(own);

        assertThat(sample.drained()).hasSize(3 * Sample.OF_REASON_MAX + 1).endsWith(own);
        assertThat(sample.drained()).isEmpty();
    }

    @Test
    void sample_ofManySourcesAndReasons_isBounded() {
        for (int source = 0; source < 50; source++) {
            for (int reason = 0; reason < 50; reason++) {
                sample.note(refused("shop-" + source, "field:" + reason, 1));
            }
        }

        assertThat(sample.drained())
                .hasSize(Sample.MAX)
                .filteredOn(each -> each.source().equals("shop-0"))
                .hasSize(Sample.OF_SOURCE_MAX);
    }

    private static Refused refused(String source, String reason, int number) {
        return new Refused(source, Instant.EPOCH.plusSeconds(number), reason, "", "", "", "");
    }
}
