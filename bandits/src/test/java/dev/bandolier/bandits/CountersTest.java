package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bandolier.bandits.Counters.Cell;
import dev.bandolier.bandits.Counters.Delay;
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

        assertThat(one.plus(two)).isEqualTo(two.plus(one)).isEqualTo(oneByOne(changes));
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

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void plus_changesAndTheirOpposites_leaveNoTrace(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Change> changes = changes(random);
        Counters before = oneByOne(changes(random)).plusDelays(delays(random));
        Map<Delay, Long> delays = delays(random);
        Counters between = before.plusDelays(delays);
        for (Change change : changes) {
            between = between.plus(Map.of(change.cell(), change.tally()));
        }
        Map<Delay, Long> opposites = new HashMap<>();
        delays.forEach((delay, conversions) -> opposites.put(delay, -conversions));
        Counters after = between.plusDelays(opposites);
        for (Change change : changes) {
            after = after.plus(Map.of(change.cell(), Tally.ZERO.minus(change.tally())));
        }

        assertThat(after).isEqualTo(before).hasSameHashCodeAs(before);
        assertThat(after.totals()).isEqualTo(before.totals());
        after.slices().forEach((bucket, slice) -> {
            assertThat(slice.drawn().values()).doesNotContain(Tally.ZERO);
            assertThat(slice.delays().values()).doesNotContain(0L);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void slices_ofAllBuckets_addUpToTheTotals(long seed) {
        Counters counters = oneByOne(changes(new SplittableRandom(seed)));
        Map<Counters.Group, Tally> sums = new HashMap<>();
        counters.slices()
                .values()
                .forEach(slice -> slice.drawn().forEach((group, tally) -> sums.merge(group, tally, Tally::plus)));
        sums.values().removeIf(Tally.ZERO::equals);

        assertThat(counters.totals()).isEqualTo(sums);
    }

    @Test
    void plusDelays_ofOneBucketAndBin_addsUpAndForgetsZero() {
        Delay early = new Delay(Instant.EPOCH, 3);
        Delay late = new Delay(Instant.EPOCH.plusSeconds(3600), 3);
        Counters counters = Counters.EMPTY
                .plusDelays(Map.of(early, 2L, late, 1L))
                .plusDelays(Map.of(early, 1L, late, -1L))
                .plusDelays(Map.of(late, 0L));

        assertThat(counters.delays()).containsExactly(Map.entry(early, 3L));
        assertThat(counters).isNotEqualTo(Counters.EMPTY);
        assertThat(counters.all()).isEqualTo(Tally.ZERO);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void coarsened_beforeOrAfterChanges_isTheSame(long seed) {
        List<Change> changes = changes(new SplittableRandom(seed));
        Instant hour = Instant.EPOCH.plusSeconds(7200);
        Counters early = oneByOne(changes.subList(0, 70)).coarsened(hour.plusSeconds(1800));
        for (Change change : changes.subList(70, changes.size())) {
            early = early.plus(Map.of(change.cell(), change.tally()));
        }
        Counters late = oneByOne(changes).coarsened(hour);

        assertThat(early).isEqualTo(late);
        assertThat(early.totals()).isEqualTo(oneByOne(changes).totals());
        assertThat(early.slices().headMap(hour).keySet())
                .allSatisfy(bucket -> assertThat(bucket.getEpochSecond() % 3600).isZero());
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
        before.plus(before);

        assertThat(before.drawn("a")).isEqualTo(Tally.exposed(1));
        assertThat(Counters.EMPTY.slices()).isEmpty();
    }

    @Test
    void tally_sumBeyondLong_isRefused() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Tally.exposed(Long.MAX_VALUE).plus(Tally.exposed(1)));
    }

    @Test
    void tally_squares_areExactBeyondLong() {
        BigInteger square = BigInteger.valueOf(Long.MAX_VALUE).pow(2);
        Tally tally = new Tally(1, 1, 1, 1, Long.MAX_VALUE, square, 0, square);

        assertThat(tally.plus(new Tally(0, 0, 0, 0, -1, BigInteger.ONE, 0, BigInteger.ONE))
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

    private static Map<Delay, Long> delays(RandomGenerator random) {
        Map<Delay, Long> delays = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            Instant bucket = Instant.ofEpochSecond(1800L * random.nextInt(6));
            delays.merge(new Delay(bucket, random.nextInt(64)), random.nextLong(-2, 5), Long::sum);
        }
        return delays;
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
            Instant bucket = Instant.ofEpochSecond(1800L * random.nextInt(6));
            String arm = random.nextBoolean() ? "a" : "b";
            Cell cell = new Cell(
                    random.nextBoolean() ? "" : "mobile", random.nextInt(1, 4), arm, random.nextInt(10) == 0, bucket);
            long value = random.nextLong(-10_000, 10_000);
            BigInteger square = BigInteger.valueOf(value).pow(2);
            changes.add(new Change(
                    cell,
                    random.nextBoolean()
                            ? Tally.exposed(1)
                            : new Tally(0, random.nextInt(-1, 2), 1, random.nextInt(4), value, square, value, square)));
        }
        return changes;
    }
}
