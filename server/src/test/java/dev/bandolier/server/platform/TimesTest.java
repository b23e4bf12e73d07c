package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Times as platforms write them.
final class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "1795255200, 2026-11-21T10:00:00Z",
        "1795255200.25, 2026-11-21T10:00:00.250Z",
        "1795255200250, 2026-11-21T10:00:00.250Z",
        "100000000, 1973-03-03T09:46:40Z",
        "2026-11-21T11:00:00+01:00, 2026-11-21T10:00:00Z"
    })
    void text_thatIsATime_isIt(String text, Instant time) {
        assertThat(Times.of(new Payload.Text(text))).contains(time);
    }

    /// Read as seconds, a date in digits would be a day of 1970, and outside of every window.
    @ParameterizedTest
    @ValueSource(strings = {"20261121", "2026", "0", "99999999", "202611211000000", "2026-11-21", "1e9", "-100000000"})
    void text_thatMayBeSomethingElse_isNoTime(String text) {
        assertThat(Times.of(new Payload.Text(text))).isEmpty();
    }
}
