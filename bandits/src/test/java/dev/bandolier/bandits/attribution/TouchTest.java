package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Touch.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which decision a conversion belongs to, by time alone.
final class TouchTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Touch TOUCH = new Touch(Duration.ofHours(2), Duration.ofMinutes(10));

    @ParameterizedTest
    @CsvSource({
        "PT0S, true",
        "PT2H, true",
        "PT2H0.001S, false",
        "P8D, false",
        "PT-10M, true",
        "PT-10M-0.001S, false",
        "P-1D, false"
    })
    void conversion_soLongAfterItsDecision_belongsWithinWindowAndTolerance(Duration after, boolean belongs) {
        Decision decision = decision(NOON, 0);

        Found found = TOUCH.find(List.of(decision), NOON.plus(after));

        assertThat(found).isEqualTo(belongs ? new Found.Belongs(decision) : new Found.OutsideWindow(decision));
        assertThat(TOUCH.within(decision, NOON.plus(after))).isEqualTo(belongs);
    }

    @Test
    void conversion_ofAUnitWithoutDecisions_belongsToNone() {
        assertThat(TOUCH.find(List.of(), NOON)).isEqualTo(new Found.NoDecision());
    }

    @Test
    void conversion_afterSeveralDecisions_belongsToTheLastBeforeIt() {
        Decision first = decision(NOON, 0);
        Decision second = decision(NOON.plusSeconds(60), 1);
        Decision third = decision(NOON.plusSeconds(120), 2);
        List<Decision> shuffled = List.of(second, third, first);

        assertThat(TOUCH.find(shuffled, NOON.plusSeconds(59))).isEqualTo(new Found.Belongs(first));
        assertThat(TOUCH.find(shuffled, NOON.plusSeconds(60))).isEqualTo(new Found.Belongs(second));
        assertThat(TOUCH.find(shuffled, NOON.plusSeconds(600))).isEqualTo(new Found.Belongs(third));
        assertThat(TOUCH.find(shuffled, NOON.minusSeconds(5))).isEqualTo(new Found.Belongs(first));
    }

    @Test
    void conversion_ofDecisionsInTheSameMillisecond_belongsToTheLaterOccasion() {
        Decision first = decision(NOON, 0);
        Decision second = decision(NOON, 1);

        assertThat(TOUCH.find(List.of(second, first), NOON)).isEqualTo(new Found.Belongs(second));
        assertThat(TOUCH.find(List.of(first, second), NOON)).isEqualTo(new Found.Belongs(second));
    }

    private static Decision decision(Instant at, long occasion) {
        return new Decision(1, new UnitKey(1, 2), occasion, "a", 0.5, 1, "", false, at);
    }
}
