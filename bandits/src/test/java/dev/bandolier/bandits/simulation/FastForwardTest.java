package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class FastForwardTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration PAST = Duration.ofDays(21);
    private static final Duration RACE = Duration.ofSeconds(60);

    private final AtomicReference<Instant> real = new AtomicReference<>(NOW);
    private final FastForward clock = new FastForward(real::get, PAST, RACE);

    @Test
    void clock_beforeTheRace_runsInThePastAtThePaceOfTheRealOne() {
        assertThat(clock.instant()).isEqualTo(NOW.minus(PAST));
        clock.begin(NOW.plusSeconds(5));
        pass(Duration.ofSeconds(5));

        assertThat(clock.instant()).isEqualTo(NOW.plusSeconds(5).minus(PAST));
        assertThat(clock.behind()).isEqualTo(PAST);
    }

    @Test
    void clock_afterTheRace_isTheRealOne() {
        clock.begin(NOW);
        pass(RACE);
        assertThat(clock.instant()).isEqualTo(real.get());

        pass(Duration.ofHours(1));
        assertThat(clock.instant()).isEqualTo(real.get());
        assertThat(clock.haste()).isZero();
    }

    @Test
    void clock_inEveryMillisecondOfTheRace_goesForwardAtLeastAsFastAsTheRealOne() {
        clock.begin(NOW);
        Instant before = clock.instant();
        for (long millis = 0; millis < RACE.plusSeconds(1).toMillis(); millis++) {
            pass(Duration.ofMillis(1));
            Instant after = clock.instant();
            assertThat(Duration.between(before, after)).isGreaterThanOrEqualTo(Duration.ofMillis(1));
            before = after;
        }
    }

    /// Three weeks within a minute, a quarter of which is the landing: 21 days / 52.5 s = 9.6 hours a second at most.
    @Test
    void clock_untilTheLanding_runsAtOnePaceThatFollowsFromTheNumbers() {
        clock.begin(NOW);
        pass(Duration.ofSeconds(10));
        Duration first = clock.behind();
        pass(Duration.ofSeconds(30));

        assertThat(clock.haste()).isEqualTo(1);
        assertThat(first.minus(clock.behind()).toMinutes()).isCloseTo(30 * 576, within(1L));
    }

    /// Half way through the landing of 15 s a quarter of its 3 days is left, at half the pace.
    @Test
    void clock_inTheLanding_slowsDownEvenly() {
        clock.begin(NOW);
        pass(Duration.ofMillis(52_500));

        assertThat(clock.behind().toMinutes()).isCloseTo(3 * 24 * 60 / 4, within(1L));
        assertThat(clock.haste()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void clocks_ofTheSameNumbers_sayTheSame() {
        FastForward other = new FastForward(real::get, PAST, RACE).begin(NOW.plusSeconds(2));
        clock.begin(NOW.plusSeconds(2));
        for (int second = 0; second < 70; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(other.instant()).isEqualTo(clock.instant());
        }
    }

    @Test
    void clock_withoutPast_isTheRealOneAtOnce() {
        FastForward none = new FastForward(real::get, Duration.ZERO, RACE);

        assertThat(none.instant()).isEqualTo(NOW);
        assertThat(none.behind()).isZero();
    }

    @Test
    void race_thatBegunOnce_cannotBeginAgain() {
        clock.begin(NOW);
        assertThatIllegalStateException().isThrownBy(() -> clock.begin(NOW.plusSeconds(1)));
    }

    @Test
    void past_thatIsToTakeNoTime_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FastForward(real::get, PAST, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new FastForward(real::get, PAST.negated(), RACE));
    }

    private void pass(Duration time) {
        real.updateAndGet(before -> before.plus(time));
    }
}
