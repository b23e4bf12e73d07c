package dev.bandolier.server.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is in memory is what is in use, and no more.
final class CopiesTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Map<Counters.Cell, Tally> CHANGE =
            Map.of(new Counters.Cell("", 1, "a", false, NOON), Tally.exposed(3));

    private final Copies copies = new Copies();
    private final List<Long> read = new ArrayList<>();

    @Test
    void of_askedTwice_isReadOnceAndKeptUpToDate() {
        assertThat(ask(1, NOON)).isEqualTo(Counters.EMPTY);
        copies.change(1, before -> before.plus(CHANGE));
        copies.change(2, before -> before.plus(CHANGE));

        assertThat(ask(1, NOON).drawn("a")).isEqualTo(Tally.exposed(3));
        assertThat(read).containsExactly(1L);
        assertThat(copies.experiments())
                .as("what was never asked for is not copied")
                .containsExactly(1L);
    }

    @Test
    void keep_experimentThatIsGone_dropsItsCopy() {
        ask(1, NOON);
        ask(2, NOON);

        copies.keep(Set.of(2L, 3L), NOON);

        assertThat(copies.experiments()).containsExactly(2L);
    }

    @Test
    void keep_experimentThatNobodyAsksFor_dropsItAfterTheLimit() {
        ask(1, NOON);
        ask(2, NOON);
        ask(2, NOON.plusSeconds(10));
        Instant limit = NOON.plus(Copies.IDLE_MAX);

        copies.keep(Set.of(1L, 2L), limit);
        assertThat(copies.experiments()).containsExactlyInAnyOrder(1L, 2L);
        copies.keep(Set.of(1L, 2L), limit.plusSeconds(1));
        assertThat(copies.experiments()).containsExactly(2L);

        ask(1, limit);
        assertThat(read).as("read again when it is asked for").containsExactly(1L, 2L, 1L);
    }

    @Test
    void forget_afterARollback_readsEverythingAgain() {
        ask(1, NOON);
        copies.forget();
        ask(1, NOON);

        assertThat(read).containsExactly(1L, 1L);
    }

    @Test
    void of_manyBuckets_holdsThoseThatAreMatureByTheHour() {
        Map<Counters.Cell, Tally> cells = new HashMap<>();
        for (int i = 0; i <= Copies.BUCKETS_MAX; i++) {
            cells.put(new Counters.Cell("", 0, "a", false, NOON.plusSeconds(i)), Tally.exposed(1));
        }
        Instant mature = NOON.plusSeconds(7200);
        Counters all = Counters.EMPTY.plus(cells);

        assertThat(copies.of(1, mature, NOON, id -> all)).isEqualTo(all);
        Counters held = copies.of(1, mature, mature, id -> Counters.EMPTY);
        assertThat(held.slices()).hasSize(1);
        assertThat(held.drawn("a")).isEqualTo(Tally.exposed(Copies.BUCKETS_MAX + 1));
    }

    private Counters ask(long experiment, Instant now) {
        return copies.of(experiment, now, now, id -> {
            read.add(id);
            return Counters.EMPTY;
        });
    }
}
