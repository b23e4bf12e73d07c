package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.DelayBins;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.guardrail.FeedWatch;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A shop whose feed is forecast and watched every ten minutes: some 4 conversions each, 80 % more or fewer over the day,
/// rates that swing by 30 % over the day, delays of 3 hours on average.
final class FeedSimulationTest {

    private static final Duration TEN = Duration.ofMinutes(10);
    private static final Instant ARMED = Tale.START.plus(Tale.WINDOW);

    /// Seed 41: two weeks are watched. The bound allows 0.02 false trips a week; a run is to show none.
    @ParameterizedTest
    @ValueSource(longs = 41)
    void watch_soundFeed_neverTrips(long seed) {
        Shop shop = new Shop(seed);
        shop.until(ARMED);
        assertThat(shop.forecasts).isZero();
        shop.until(ARMED.plus(Duration.ofDays(14)));

        assertThat(shop.forecasts).isEqualTo(14 * 24 * 6);
        assertThat(shop.trips).isEmpty();
        assertThat(shop.expected / shop.heard).isBetween(0.9, 1.1);
    }

    /// Seed 43: the feed is dead for two days, and what it missed is lost. It takes about 33 forecast conversions, and up
    /// to an interval of 9 more; the forecast does not fall while it is dead.
    @Test
    void watch_feedDiesForTwoDays_tripsAndRecovers() {
        Shop shop = new Shop(43);
        Instant died = ARMED.plus(Duration.ofHours(58));
        Instant back = died.plus(Duration.ofDays(2));
        shop.until(died);
        double before = shop.expected;
        shop.dead = true;
        shop.until(back);

        assertThat(shop.trips).hasSize(1);
        FeedWatch.Trip trip = shop.trips.getFirst();
        assertThat(trip.inflated()).isFalse();
        assertThat(trip.expected()).isBetween(25.0, 45.0);
        assertThat(Duration.between(died, trip.began()).abs()).isLessThanOrEqualTo(TEN.multipliedBy(3));
        assertThat(shop.watch.tripped()).isTrue();
        assertThat(shop.watch.control(back)).isTrue();
        assertThat(shop.expected - before).isBetween(2 * 24 * 6 * 4 * 0.85, 2 * 24 * 6 * 4 * 1.15);

        shop.dead = false;
        shop.until(back.plus(Duration.ofHours(4)));
        assertThat(shop.watch.tripped()).isFalse();
        shop.until(back.plus(Duration.ofDays(5)));
        assertThat(shop.trips).hasSize(1);
    }

    /// Seed 44: the feed is dead for six hours and then delivers at once what it missed.
    @Test
    void watch_backlogIsDelivered_tripsOnce() {
        Shop shop = new Shop(44);
        Instant died = ARMED.plus(Duration.ofHours(57));
        shop.until(died);
        shop.late = true;
        shop.until(died.plus(Duration.ofHours(6)));
        assertThat(shop.watch.tripped()).isTrue();

        shop.late = false;
        shop.until(died.plus(Duration.ofHours(12)));
        assertThat(shop.watch.tripped()).isFalse();
        shop.until(died.plus(Duration.ofDays(3)));
        assertThat(shop.trips).hasSize(1);
    }

    /// Seeds 45 and 46: each conversion comes in eight times, as other units'. All of the seeds 45 to 74 were seen to pass, so
    /// that fewer than one in ten seeds fails.
    @ParameterizedTest
    @ValueSource(longs = {45, 46})
    void watch_replayedFeed_tripsAsInflatedAndRecovers(long seed) {
        Shop shop = new Shop(seed);
        Instant began = ARMED.plus(Duration.ofHours(57));
        shop.until(began);
        shop.times = 8;
        shop.until(began.plus(Duration.ofHours(12)));
        assertThat(shop.trips).hasSize(1);
        assertThat(shop.trips.getFirst().inflated()).isTrue();
        assertThat(shop.watch.tripped()).isTrue();

        shop.times = 1;
        shop.until(began.plus(Duration.ofHours(24)));
        assertThat(shop.watch.tripped()).isFalse();
        assertThat(shop.trips).hasSize(1);
    }

    /// The shop, its ledger and its watch.
    private static final class Shop {

        private record Coming(Instant exposed, String arm) {}

        private final SplittableRandom random;
        private final Experiment experiment = Tale.begin("a", "b").experiment();
        private final DelayBins bins = DelayBins.of(Tale.WINDOW);
        private final TreeMap<Instant, List<Coming>> coming = new TreeMap<>();
        private final List<FeedWatch.Trip> trips = new ArrayList<>();
        private Counters counters = Counters.EMPTY;
        private FeedWatch watch = FeedWatch.START;
        private Instant now = Tale.START;
        private boolean dead;
        private boolean late;
        private int times = 1;
        private int forecasts;
        private double expected;
        private double heard;

        Shop(long seed) {
            random = new SplittableRandom(seed);
        }

        void until(Instant end) {
            while (now.isBefore(end)) {
                step(now.plus(TEN));
            }
        }

        private void step(Instant to) {
            Map<Counters.Cell, Tally> changes = expose();
            long observed = hear(to, changes);
            counters = counters.plus(changes);
            Instant asOf = watch.began().orElse(now);
            OptionalDouble forecast = FeedForecast.expected(experiment, counters, asOf, now, to);
            if (forecast.isPresent()) {
                boolean before = watch.tripped();
                watch = watch.plus(now, to, observed, forecast.getAsDouble());
                watch.trip().filter(trip -> !before).ifPresent(trips::add);
                forecasts++;
                expected += forecast.getAsDouble();
                heard += observed;
            }
            now = to;
        }

        private Map<Counters.Cell, Tally> expose() {
            double day = 2 * Math.PI * now.getEpochSecond() / 86_400;
            double share = 0.5 + 0.4 * Math.sin(day / 11);
            int units = (int) (100 * (1 + 0.8 * Math.sin(day)) + 5 * random.nextGaussian());
            Map<Counters.Cell, Tally> changes = new HashMap<>();
            for (int unit = 0; unit < units; unit++) {
                String arm = random.nextDouble() < share ? "a" : "b";
                Instant at = now.plusMillis(random.nextLong(TEN.toMillis()));
                double rate = (arm.equals("a") ? 0.03 : 0.05) * (1 + 0.3 * Math.cos(day));
                changes.merge(cell(at, arm), Tally.exposed(1), Tally::plus);
                if (random.nextDouble() < rate) {
                    Instant arrival = at.plusMillis((long) (-Math.log(random.nextDouble()) * 10_800_000));
                    coming.computeIfAbsent(arrival, time -> new ArrayList<>()).add(new Coming(at, arm));
                }
            }
            return changes;
        }

        private long hear(Instant to, Map<Counters.Cell, Tally> changes) {
            long observed = 0;
            Map<Counters.Delay, Long> delays = new HashMap<>();
            while (!late && !coming.isEmpty() && coming.firstKey().isBefore(to)) {
                for (Coming each : coming.pollFirstEntry().getValue()) {
                    int copies = dead ? 0 : times;
                    observed += copies;
                    int bin = bins.binOf(Duration.between(each.exposed(), to));
                    if (copies > 0) {
                        changes.merge(cell(each.exposed(), each.arm()), converted(copies), Tally::plus);
                        Instant bucket = experiment.bucketOf(each.exposed());
                        delays.merge(new Counters.Delay(bucket, bin), (long) copies, Long::sum);
                    }
                }
            }
            counters = counters.plusDelays(delays);
            return observed;
        }

        private Counters.Cell cell(Instant at, String arm) {
            return new Counters.Cell(Segments.OTHER, 1, arm, false, experiment.bucketOf(at));
        }

        private static Tally converted(long units) {
            return new Tally(0, units, units, units, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
        }
    }
}
