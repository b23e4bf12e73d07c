package dev.bandolier.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TideTest {

    /// A Thursday.
    private static final Instant DAY = Instant.parse("2026-11-19T00:00:00Z");

    @Test
    void evening_isBusierThanTheNight_andWeekendsThanWeekdays() {
        Instant evening = DAY.plus(Duration.ofHours(19));

        assertThat(Tide.visits(evening)).isGreaterThan(5 * Tide.visits(DAY.plus(Duration.ofHours(7))));
        assertThat(Tide.visits(evening.plus(Duration.ofDays(2)))).isGreaterThan(Tide.visits(evening));
        assertThat(Tide.mood(evening.plus(Duration.ofDays(2)))).isGreaterThan(Tide.mood(evening));
    }

    @Test
    void weekday_hasTheMeanNumberOfVisitors() {
        double mean = IntStream.range(0, 24 * 60)
                .mapToDouble(minute -> Tide.visits(DAY.plus(Duration.ofMinutes(minute))))
                .average()
                .orElseThrow();

        assertThat(mean).isCloseTo(1, within(1e-6));
    }
}
