package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.report.LiveHistory.Event;
import org.junit.jupiter.api.Test;

/// What is kept of the live feed for readers that come back.
final class LiveHistoryTest {

    @Test
    void add_moreEventsThanFit_dropsTheOldest() {
        LiveHistory history = new LiveHistory(2, 1_000_000);
        for (int i = 1; i <= 3; i++) {
            history.add(event(i, 10));
        }

        assertThat(history.after("1")).isEmpty();
        assertThat(history.after("2"))
                .hasValueSatisfying(events -> assertThat(events).containsExactly(event(3, 10)));
        assertThat(history.after("3"))
                .hasValueSatisfying(events -> assertThat(events).isEmpty());
        assertThat(history.after("4")).isEmpty();
    }

    @Test
    void add_moreBytesThanFit_dropsTheOldest() {
        LiveHistory history = new LiveHistory(100, 1_000);
        for (int i = 1; i <= 4; i++) {
            history.add(event(i, 400));
        }
        assertThat(history.after("2")).isEmpty();
        assertThat(history.after("3")).isPresent();

        history.add(event(5, 2_000));
        assertThat(history.after("4")).as("nothing of what came before").isEmpty();
        assertThat(history.after("5")).as("nor itself").isEmpty();

        history.add(event(6, 10));
        assertThat(history.after("6")).as("there is room again").isPresent();
    }

    @Test
    void add_textBeyondAscii_countsAsOnTheWire() {
        LiveHistory history = new LiveHistory(100, 100);
        history.add(new Event("1", "é".repeat(60)));

        assertThat(history.after("1")).isEmpty();
    }

    private static Event event(int id, int length) {
        return new Event(Integer.toString(id), "x".repeat(length));
    }
}
