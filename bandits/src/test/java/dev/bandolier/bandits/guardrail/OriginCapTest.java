package dev.bandolier.bandits.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class OriginCapTest {

    @Test
    void of_shortHistory_isTheOwnersNumber() {
        assertThat(OriginCap.of(3, Map.of())).isEqualTo(3);
        assertThat(OriginCap.of(3, Map.of(50L, 999L))).isEqualTo(3);
        assertThat(OriginCap.of(3, Map.of(50L, 1000L))).isEqualTo(50);
    }

    /// The one in a thousand is beyond it; two are not.
    @Test
    void of_longHistory_isWhatOneInAThousandExceeds() {
        assertThat(OriginCap.of(3, Map.of(1L, 900L, 7L, 99L, 400L, 1L))).isEqualTo(7);
        assertThat(OriginCap.of(3, Map.of(1L, 900L, 7L, 98L, 400L, 2L))).isEqualTo(400);
    }

    @Test
    void of_quietHistory_isTheOwnersNumber() {
        assertThat(OriginCap.of(3, Map.of(1L, 100_000L, 2L, 50L))).isEqualTo(3);
    }

    @Test
    void of_negativeDays_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OriginCap.of(3, Map.of(1L, -4L)))
                .withMessageContaining("-4");
    }
}
