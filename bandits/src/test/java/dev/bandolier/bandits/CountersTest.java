package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bandolier.bandits.Counters.Cell;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CountersTest {

    /// One change to one cell.
    private record Change(Cell cell, Tally tally) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plus_changesInAnyOrder_givesEqualCounters(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Change> changes = changes(random);
        List<Change> shuffled = new ArrayList<>();
        for (Change change : changes) {
            shuffled.add(random.nextInt(shuffled.size() + 1), change);
        }

        assertThat(oneByOne(shuffled)).isEqualTo(oneByOne(changes));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plus_changesInAnyBatches_givesEqualCounters(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Change> changes = changes(random);
        Counters batched = Counters.EMPTY;
        for (int from = 0; from < changes.size(); ) {
            int to = Math.min(changes.size(), from + random.nextInt(1, 40));
            batched = batched.plus(merged(changes.subList(from, to)));
            from = to;
        }

        assertThat(batched).isEqualTo(oneByOne(changes));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plus_countersOfTwoNodes_giveEqualCounters(long seed) {
        List<Change> changes = changes(new SplittableRandom(seed));
        Counters one = oneByOne(changes.subList(0, 70));
        Counters two = oneByOne(changes.subList(70, changes.size()));

        assertThat(one.plus(two.cells())).isEqualTo(two.plus(one.cells())).isEqualTo(oneByOne(changes));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void totals_drawnAndHeldOut_areAllThereIs(long seed) {
        List<Change> changes = changes(new SplittableRandom(seed));
        Counters counters = oneByOne(changes);
        Tally all = Tally.ZERO;
        for (Change change : changes) {
            all = all.plus(change.tally());
        }

        assertThat(counters.drawn("a").plus(counters.drawn("b")).plus(counters.heldOut()))
                .isEqualTo(all);
    }

    @Test
    void drawn_holdout_isLeftOut() {
        Counters counters = Counters.EMPTY.plus(Map.of(
                new Cell("", 1, "a", false, Instant.EPOCH), Tally.exposed(5),
                new Cell("", 2, "a", false, Instant.EPOCH), Tally.exposed(2),
                new Cell("", 1, "a", true, Instant.EPOCH), Tally.exposed(11)));

        assertThat(counters.drawn("a")).isEqualTo(Tally.exposed(7));
        assertThat(counters.drawn("b")).isEqualTo(Tally.ZERO);
        assertThat(counters.heldOut()).isEqualTo(Tally.exposed(11));
    }

    @Test
    void plus_changes_leavesTheOriginalAlone() {
        Counters before = Counters.EMPTY.plus(Map.of(new Cell("", 1, "a", false, Instant.EPOCH), Tally.exposed(1)));
        before.plus(before.cells());

        assertThat(before.drawn("a")).isEqualTo(Tally.exposed(1));
        assertThat(Counters.EMPTY.cells()).isEmpty();
    }

    @Test
    void tally_sumBeyondLong_isRefused() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Tally.exposed(Long.MAX_VALUE).plus(Tally.exposed(1)));
    }

    @Test
    void tally_squares_areExactBeyondLong() {
        BigInteger square = BigInteger.valueOf(Long.MAX_VALUE).pow(2);
        Tally tally = new Tally(1, 1, 1, Long.MAX_VALUE, square, 0, square);

        assertThat(tally.plus(new Tally(0, 0, 0, -1, BigInteger.ONE, 0, BigInteger.ONE))
                        .valueSq())
                .isEqualTo(square.add(BigInteger.ONE));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    private static Counters oneByOne(List<Change> changes) {
        Counters counters = Counters.EMPTY;
        for (Change change : changes) {
            counters = counters.plus(Map.of(change.cell(), change.tally()));
        }
        return counters;
    }

    private static Map<Cell, Tally> merged(List<Change> changes) {
        Map<Cell, Tally> merged = new HashMap<>();
        for (Change change : changes) {
            merged.merge(change.cell(), change.tally(), Tally::plus);
        }
        return merged;
    }

    /// Exposures, orders and refunds over a few cells.
    private static List<Change> changes(RandomGenerator random) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Instant bucket = Instant.ofEpochSecond(3600L * random.nextInt(3));
            String arm = random.nextBoolean() ? "a" : "b";
            Cell cell = new Cell("", random.nextInt(1, 4), arm, random.nextInt(10) == 0, bucket);
            long value = random.nextLong(-10_000, 10_000);
            BigInteger square = BigInteger.valueOf(value).pow(2);
            changes.add(new Change(
                    cell,
                    random.nextBoolean()
                            ? Tally.exposed(1)
                            : new Tally(0, random.nextInt(-1, 2), 1, value, square, value, square)));
        }
        return changes;
    }
}
