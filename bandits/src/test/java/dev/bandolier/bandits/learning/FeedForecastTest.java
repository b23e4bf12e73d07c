package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Tally;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/// Worlds without chance: so many units per hour, evenly, of which so many convert, after exponential delays.
final class FeedForecastTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final double PER_HOUR = 60_000;
    private static final Instant NOW = Tale.START.plus(Duration.ofDays(14)).plus(Duration.ofMinutes(25));
    private static final Experiment EXPERIMENT = Tale.begin("a", "b").experiment();

    @Test
    void expected_steadyTraffic_isExposuresTimesRate() {
        Counters counters = new World().counters(NOW);

        assertThat(forecast(counters, NOW, NOW.minus(HOUR), NOW)).isCloseTo(PER_HOUR * 0.05, withinPercentage(1.0));
        assertThat(forecast(counters, NOW, NOW.minus(MINUTE), NOW)).isCloseTo(1000 * 0.05, withinPercentage(2.0));
    }

    /// Minutes of delay in buckets of an hour: what arrives comes from the units of the last minutes.
    @Test
    void expected_delaysShorterThanABucket_isExposuresTimesRate() {
        World world = new World();
        world.meanDelay = Duration.ofMinutes(4);
        Counters counters = world.counters(NOW);

        assertThat(forecast(counters, NOW, NOW.minus(MINUTE), NOW)).isCloseTo(1000 * 0.05, withinPercentage(4.0));
    }

    @Test
    void expected_lastExposuresAnHourAgo_isTheRestOfTheirDelays() {
        World world = new World();
        world.traffic = time -> time.isBefore(NOW.minus(HOUR)) ? 1 : 0;
        Counters counters = world.counters(NOW);

        double wanted = PER_HOUR * 0.05 * Math.exp(-0.5);
        assertThat(forecast(counters, NOW, NOW.minusSeconds(600), NOW)).isCloseTo(wanted / 6, withinPercentage(8.0));
    }

    /// Six hours without conversions, told by what was known when they began.
    @Test
    void expected_outage_isNotLearnedFrom() {
        Instant began = NOW.minus(Duration.ofHours(6));
        World world = new World();
        world.feed = time -> time.isBefore(began) ? 1 : 0;
        Counters counters = world.counters(NOW);

        assertThat(forecast(counters, began, NOW.minus(HOUR), NOW)).isCloseTo(PER_HOUR * 0.05, withinPercentage(1.5));
        assertThat(forecast(counters, NOW, NOW.minus(HOUR), NOW)).isLessThan(PER_HOUR * 0.05 * 0.97);
    }

    /// Every conversion comes in thirty times for a day and a half: most of all that was heard in two weeks.
    @Test
    void expected_inflation_isNotLearnedFrom() {
        Instant began = NOW.minus(Duration.ofHours(36));
        World world = new World();
        world.feed = time -> time.isBefore(began) ? 1 : 30;
        world.rate = 0.01;
        Counters counters = world.counters(NOW);

        assertThat(forecast(counters, began, NOW.minus(HOUR), NOW)).isCloseTo(PER_HOUR * 0.01, withinPercentage(12.0));
        assertThat(forecast(counters, NOW, NOW.minus(HOUR), NOW)).isGreaterThan(PER_HOUR * 0.01 * 3);
    }

    /// The arm that converts three times as often gets nearly all units of the last day.
    @Test
    void expected_allocationMoves_followsTheRateOfTheArm() {
        World world = new World();
        Instant moved = NOW.minus(Duration.ofDays(1));
        world.other = 3;
        world.shareOfOther = time -> time.isBefore(moved) ? 0.1 : 0.9;
        Counters counters = world.counters(NOW);

        assertThat(forecast(counters, NOW, NOW.minus(HOUR), NOW))
                .isCloseTo(PER_HOUR * 0.05 * (0.1 + 0.9 * 3), withinPercentage(2.0));
    }

    /// Two units of the other arm have not converted yet; then it gets half of all.
    @Test
    void expected_armOfFewUnits_isTakenToBeLikeTheOthers() {
        World world = new World();
        Instant moved = NOW.minusSeconds(1500);
        world.other = 0;
        world.shareOfOther = time -> time.isBefore(moved) ? 0 : 0.5;
        Counters counters = world.counters(NOW);

        assertThat(forecast(counters, moved, NOW.minus(MINUTE), NOW)).isCloseTo(50, withinPercentage(3.0));
    }

    @Test
    void expected_holdout_countsAsControl() {
        World world = new World();
        world.shareOfOther = time -> 0;
        Map<Counters.Cell, Tally> drawn = world.cells(NOW);
        drawn.keySet().removeIf(cell -> cell.arm().equals("b"));
        Map<Counters.Cell, Tally> held = new HashMap<>();
        drawn.forEach((cell, tally) ->
                held.put(new Counters.Cell(cell.segment(), cell.version(), "a", true, cell.bucket()), tally));
        double alone = forecast(Counters.EMPTY.plus(drawn), NOW, NOW.minus(HOUR), NOW);

        assertThat(forecast(Counters.EMPTY.plus(drawn).plus(held), NOW, NOW.minus(HOUR), NOW))
                .isCloseTo(2 * alone, withinPercentage(0.1));
    }

    @Test
    void expected_youngerThanTheWindow_isEmpty() {
        Counters counters = new World().counters(NOW);
        Instant week = Tale.START.plus(Tale.WINDOW);

        assertThat(FeedForecast.expected(EXPERIMENT, counters, week.minusSeconds(1), NOW.minus(MINUTE), NOW))
                .isEmpty();
        assertThat(FeedForecast.expected(EXPERIMENT, counters, week, NOW.minus(MINUTE), NOW))
                .isPresent();
        assertThat(FeedForecast.expected(EXPERIMENT, Counters.EMPTY, NOW, NOW.minus(MINUTE), NOW))
                .isEmpty();
    }

    @Test
    void expected_fewerThanThirtyIntervals_isEmpty() {
        Counters counters = new World().counters(NOW);

        assertThat(FeedForecast.expected(EXPERIMENT, counters, NOW, NOW.minus(HOUR.multipliedBy(12)), NOW))
                .isEmpty();
        assertThat(FeedForecast.expected(EXPERIMENT, counters, NOW, NOW.minus(HOUR.multipliedBy(11)), NOW))
                .isPresent();
    }

    @Test
    void expected_fewerThanAHundredConversions_isEmpty() {
        assertThat(few(99)).isEmpty();
        assertThat(few(100)).isPresent();
    }

    /// Conversions fell to a fifth for good, three days ago; a person said so half a day later.
    @Test
    void expected_thawedByHand_learnsFromWhatCameSince() {
        World world = new World();
        Instant fell = NOW.minus(Duration.ofDays(3));
        world.feed = time -> time.isBefore(fell) ? 1 : 0.2;
        Counters counters = world.counters(NOW);

        assertThat(FeedForecast.expected(thawed(fell.plus(Duration.ofHours(12))), counters, NOW, NOW.minus(HOUR), NOW)
                        .orElseThrow())
                .isCloseTo(PER_HOUR * 0.05 * 0.2, withinPercentage(2.0));
        assertThat(forecast(counters, NOW, NOW.minus(HOUR), NOW)).isGreaterThan(PER_HOUR * 0.05 * 0.6);
        assertThat(FeedForecast.expected(thawed(NOW.minus(MINUTE)), counters, NOW, NOW.minus(MINUTE), NOW))
                .isEmpty();
    }

    private static Experiment thawed(Instant at) {
        Experiment e = EXPERIMENT;
        return new Experiment(
                e.id(),
                e.revision(),
                e.state(),
                e.salt(),
                e.holdoutSalt(),
                e.createdAt(),
                e.definition().withGuardrails(Guardrails.DEFAULT.thawed(at)));
    }

    private static OptionalDouble few(long conversions) {
        Counters counters = Tale.begin("a", "b")
                .exposed(Duration.ZERO, "a", 10_000, conversions)
                .counters();
        return FeedForecast.expected(EXPERIMENT, counters, NOW, NOW.minus(MINUTE), NOW);
    }

    private static double forecast(Counters counters, Instant asOf, Instant from, Instant to) {
        return FeedForecast.expected(EXPERIMENT, counters, asOf, from, to).orElseThrow();
    }

    /// What would be counted if nothing were left to chance.
    private static final class World {

        private static final int DELAYS = 400;
        private static final int SPREAD = 12;

        private ToDoubleFunction<Instant> traffic = time -> 1;
        private ToDoubleFunction<Instant> feed = time -> 1;
        private ToDoubleFunction<Instant> shareOfOther = time -> 0.5;
        private double rate = 0.05;
        private double other = 1;
        private Duration meanDelay = Duration.ofHours(2);
        private final Map<Counters.Delay, Double> delays = new HashMap<>();

        Counters counters(Instant now) {
            Counters counters = Counters.EMPTY.plus(cells(now));
            Map<Counters.Delay, Long> counts = new HashMap<>();
            delays.forEach((delay, count) -> counts.put(delay, Math.round(count)));
            return counters.plusDelays(counts);
        }

        Map<Counters.Cell, Tally> cells(Instant now) {
            Map<Counters.Cell, Tally> cells = new HashMap<>();
            for (Instant bucket = Tale.START; bucket.isBefore(now); bucket = bucket.plus(HOUR)) {
                double[] exposed = new double[2];
                double[] converted = new double[2];
                for (int part = 0; part < SPREAD; part++) {
                    Instant at = bucket.plusSeconds(3600 / SPREAD * part + 1800 / SPREAD);
                    if (at.isBefore(now)) {
                        double units = PER_HOUR / SPREAD * traffic.applyAsDouble(at);
                        double share = shareOfOther.applyAsDouble(at);
                        double heard = heard(bucket, at, now, units * rate * (1 - share + share * other));
                        exposed[0] += units * (1 - share);
                        exposed[1] += units * share;
                        converted[0] += heard * (1 - share) / (1 - share + share * other);
                        converted[1] += heard * share * other / (1 - share + share * other);
                    }
                }
                cells.put(cell("a", bucket), tally(exposed[0], converted[0]));
                cells.put(cell("b", bucket), tally(exposed[1], converted[1]));
            }
            return cells;
        }

        private double heard(Instant bucket, Instant at, Instant now, double conversions) {
            DelayBins bins = DelayBins.of(Tale.WINDOW);
            double sum = 0;
            for (int i = 0; i < DELAYS; i++) {
                double seconds = -Math.log1p(-(i + 0.5) / DELAYS) * meanDelay.toSeconds();
                Instant arrival = at.plusNanos((long) (seconds * 1e9));
                if (!arrival.isAfter(now)) {
                    double count = conversions / DELAYS * feed.applyAsDouble(arrival);
                    delays.merge(new Counters.Delay(bucket, bins.binOf(seconds)), count, Double::sum);
                    sum += count;
                }
            }
            return sum;
        }

        private static Counters.Cell cell(String arm, Instant bucket) {
            return new Counters.Cell(Segments.OTHER, 1, arm, false, bucket);
        }

        private static Tally tally(double exposures, double conversions) {
            long count = Math.round(conversions);
            return new Tally(Math.round(exposures), count, count, count, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
        }
    }
}
