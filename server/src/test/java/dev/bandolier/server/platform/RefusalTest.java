package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What owners are told about refusals.
final class RefusalTest {

    /// More bytes would not let more events in: both causes have the same code, so the words must serve both.
    @Test
    void fix_ofWhatIsTooLarge_servesManyEventsAndLongBodies() {
        assertThat(Refusal.TOO_LARGE.fix())
                .contains(Integer.toString(Dialects.EVENTS_MAX))
                .contains("BANDOLIER_BODY_BYTES_MAX");
    }
}
