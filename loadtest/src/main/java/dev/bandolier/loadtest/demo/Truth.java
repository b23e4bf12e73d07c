package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What the shop is really like, which the server does not know: who converts, how much they spend, and when.
final class Truth {

    /// The rates of the hero by arm, before the mood of the day.
    static final World HERO = new World(List.of(0.078, 0.092, 0.104, 0.064), Duration.ofHours(7));

    /// The rates of the checkout.
    static final World CHECKOUT = new World(List.of(0.50, 0.53, 0.20), Duration.ofSeconds(10));

    /// Rates and mean order values of the offers on one device.
    ///
    /// @param world rates, before the mood of the day
    /// @param means mean value of an order by arm, in cents
    record Shelf(World world, List<Integer> means) {}

    /// The offers by device: free shipping sells on phones, bundles on desks.
    static final Map<String, Shelf> OFFERS = Map.of(
            Programme.MOBILE,
            new Shelf(new World(List.of(0.080, 0.116, 0.064), Duration.ofHours(9)), List.of(4_700, 4_900, 5_600)),
            Programme.DESKTOP,
            new Shelf(new World(List.of(0.084, 0.080, 0.110), Duration.ofHours(9)), List.of(5_200, 5_000, 6_900)));

    /// Share of conversions that happen within minutes, in the same visit.
    private static final double AT_ONCE = 0.65;

    private static final double AT_ONCE_MINUTES = 4;

    private static final double MILLIS_PER_MINUTE = 60_000;

    /// Within the windows of the experiments: a later conversion belongs to none.
    private static final Duration LATEST = Duration.ofHours(40);

    /// Sigma of the logarithm of an order's value.
    private static final double VALUE_SIGMA = 0.4;

    private Truth() {}

    /// Whether somebody who sees this arm at this time converts.
    static boolean converts(World world, int arm, Instant at, RandomGenerator random) {
        return random.nextDouble() < Math.min(1, world.rates().get(arm) * Tide.mood(at));
    }

    /// How long it takes: most decide in the same visit, the others come back.
    static Duration delay(World world, RandomGenerator random) {
        if (random.nextDouble() < AT_ONCE) {
            return Duration.ofMillis(Math.round(MILLIS_PER_MINUTE * AT_ONCE_MINUTES * random.nextExponential()));
        }
        Duration later = world.delay(random);
        return later.compareTo(LATEST) < 0 ? later : LATEST;
    }

    /// The value of an order, in cents: log-normal.
    static long value(Shelf shelf, int arm, RandomGenerator random) {
        double logarithm = VALUE_SIGMA * random.nextGaussian() - VALUE_SIGMA * VALUE_SIGMA / 2;
        return Math.round(shelf.means().get(arm) * Math.exp(logarithm));
    }
}
