package dev.bandolier.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.guardrail.Lots;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackedTermsTest {

    @Test
    void terms_packedAndUnpacked_areWhatTheyWere() {
        Terms terms = new Terms(
                new Lots(
                        0.05,
                        Map.of("a", 0.25, "b", 0.75, "c", 0.0),
                        Map.of("mobile", Map.of("a", 0.5, "b", 0.5, "c", 0.0))),
                Map.of("a", 0.04, "b", 0.05),
                Map.of("mobile", Map.of("a", 0.01, "b", 0.02, "c", 3.0), "desktop", Map.of("a", 7.0)));

        assertThat(PackedTerms.of(terms).terms()).isEqualTo(terms);
    }

    @Test
    void terms_withoutSegments_areWhatTheyWere() {
        Terms terms = new Terms(new Lots(0, Map.of("a", 1.0), Map.of()), Map.of("a", 0.5), Map.of());

        assertThat(PackedTerms.of(terms).terms()).isEqualTo(terms);
    }

    /// 10,000 versions of 5 arms and 10 segments are to fit several times into what a node keeps, 64 MB.
    @Test
    void bytes_ofManySegments_areAboutEightPerNumber() {
        Map<String, Double> arms = Map.of("a", 0.1, "b", 0.2, "c", 0.3, "d", 0.2, "e", 0.2);
        Map<String, Map<String, Double>> segments = new HashMap<>();
        for (int i = 0; i < 10; i++) {
            segments.put("s" + i, arms);
        }

        assertThat(PackedTerms.of(new Terms(new Lots(0, arms, segments), arms, segments))
                        .bytes())
                .isBetween(111 * 8, 1_100);
    }
}
