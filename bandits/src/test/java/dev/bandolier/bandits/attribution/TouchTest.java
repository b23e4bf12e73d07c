package dev.bandolier.bandits.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Touch.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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

        Found found = TOUCH.last(List.of(decision), NOON.plus(after));

        assertThat(found).isEqualTo(belongs ? new Found.Belongs(decision) : new Found.OutsideWindow(decision));
        assertThat(TOUCH.within(decision, NOON.plus(after))).isEqualTo(belongs);
    }

    @Test
    void conversion_ofAUnitWithoutDecisions_belongsToNone() {
        assertThat(TOUCH.last(List.of(), NOON)).isEqualTo(new Found.NoDecision());
    }

    @Test
    void conversion_afterSeveralDecisions_belongsToTheLastBeforeIt() {
        Decision first = decision(NOON, 0);
        Decision second = decision(NOON.plusSeconds(60), 1);
        Decision third = decision(NOON.plusSeconds(120), 2);
        List<Decision> shuffled = List.of(second, third, first);

        assertThat(TOUCH.last(shuffled, NOON.plusSeconds(59))).isEqualTo(new Found.Belongs(first));
        assertThat(TOUCH.last(shuffled, NOON.plusSeconds(60))).isEqualTo(new Found.Belongs(second));
        assertThat(TOUCH.last(shuffled, NOON.plusSeconds(600))).isEqualTo(new Found.Belongs(third));
        assertThat(TOUCH.last(shuffled, NOON.minusSeconds(5))).isEqualTo(new Found.Belongs(first));
    }

    @Test
    void conversion_thatSeemsToPrecedeItsDecision_belongsToItThoughAnEarlierOneIsLongOver() {
        Decision old = decision(NOON.minus(Duration.ofDays(3)), 0);
        Decision fresh = decision(NOON.plusSeconds(5), 1);

        assertThat(TOUCH.last(List.of(fresh, old), NOON)).isEqualTo(new Found.Belongs(fresh));
        assertThat(TOUCH.last(List.of(fresh, old), NOON.minus(Duration.ofHours(1))))
                .isEqualTo(new Found.OutsideWindow(old));
    }

    @Test
    void conversion_ofDecisionsInTheSameMillisecond_belongsToTheLaterOccasion() {
        Decision first = decision(NOON, 0);
        Decision second = decision(NOON, 1);

        assertThat(TOUCH.last(List.of(second, first), NOON)).isEqualTo(new Found.Belongs(second));
        assertThat(TOUCH.last(List.of(first, second), NOON)).isEqualTo(new Found.Belongs(second));
    }

    @Test
    void conversion_afterSeveralDecisions_belongsToTheFirstWhoseWindowItLiesIn() {
        Decision first = decision(NOON, 0);
        Decision second = decision(NOON.plusSeconds(3600), 1);
        List<Decision> shuffled = List.of(second, first);

        assertThat(TOUCH.first(shuffled, NOON.plusSeconds(7200))).isEqualTo(new Found.Belongs(first));
        assertThat(TOUCH.first(shuffled, NOON.plusSeconds(7201))).isEqualTo(new Found.Belongs(second));
        assertThat(TOUCH.first(shuffled, NOON.plusSeconds(10_801))).isEqualTo(new Found.OutsideWindow(second));
        assertThat(TOUCH.first(shuffled, NOON.minusSeconds(600))).isEqualTo(new Found.Belongs(first));
        assertThat(TOUCH.first(List.of(), NOON)).isEqualTo(new Found.NoDecision());
    }

    @Test
    void touch_givenOnlyTheDecisionsAround_findsWhatItFindsAmongAll() {
        Random random = new Random(5);
        for (int run = 0; run < 5_000; run++) {
            List<Decision> all = new ArrayList<>();
            for (int i = 0; i < random.nextInt(6); i++) {
                all.add(decision(NOON.plusSeconds(random.nextInt(30) * 600L), i));
            }
            Instant at = NOON.plusSeconds(random.nextInt(-3, 45) * 600L);
            List<Decision> around = around(all, at);

            assertThat(TOUCH.last(around, at)).isEqualTo(TOUCH.last(all, at));
            assertThat(TOUCH.first(around, at)).isEqualTo(TOUCH.first(all, at));
        }
    }

    /// The last at or before, the first after, and the first whose window is open.
    private static List<Decision> around(List<Decision> all, Instant at) {
        List<Decision> sorted = all.stream()
                .sorted(Comparator.comparing(Decision::at).thenComparing(Decision::occasion))
                .toList();
        return Stream.of(
                        sorted.reversed().stream().filter(each -> !each.at().isAfter(at)),
                        sorted.stream().filter(each -> each.at().isAfter(at)),
                        sorted.stream().filter(each -> !each.at().isBefore(at.minus(TOUCH.window()))))
                .flatMap(some -> some.limit(1))
                .distinct()
                .toList();
    }

    private static Decision decision(Instant at, long occasion) {
        return new Decision(1, new UnitKey(1, 2), occasion, "a", 0.5, 1, "", false, at);
    }
}
