package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.Tally;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.OriginTable;
import dev.bandolier.server.ledger.OriginTable.Day;
import dev.bandolier.server.ledger.OriginTable.Place;
import dev.bandolier.server.ledger.OriginTable.Share;
import dev.bandolier.server.ledger.OriginTable.Suspect;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is counted of origins, and whom it makes suspect.
final class OriginsIT {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
    private static final OriginKey ODD = key(1);
    private static final OriginKey BIG = key(2);
    private static final OriginKey BANNED = key(3);

    @AutoClose
    private static Site site;

    private static Ledger ledger;
    private static OriginTable table;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        site.node();
        ledger = site.ledger();
        table = ledger.origins();
        site.sql().update("insert into quarantines (origin, reason, since) values (?, 'odd', now())", BANNED.uuid());
    }

    @Test
    void counts_ofDays_areTheSumsOfWhatWasAdded() {
        Day today = new Day(1, ODD, TODAY);
        Day yesterday = new Day(1, ODD, TODAY.minusDays(1));
        table.add(ledger.pool(), Map.of(new Place(today, "a"), 2L, new Place(today, "b"), 3L));
        table.add(ledger.pool(), Map.of(new Place(today, "a"), 5L, new Place(yesterday, "a"), 7L));
        table.add(ledger.pool(), Map.of());

        assertThat(table.counts(ledger.pool(), List.of(today, yesterday, new Day(1, BIG, TODAY))))
                .isEqualTo(Map.of(today, 10L, yesterday, 7L));
        assertThat(table.counts(ledger.pool(), List.of())).isEmpty();
    }

    @Test
    void history_isOfTheFourWeeksBefore_withoutQuarantined() {
        Map<Place, Long> orders = new HashMap<>();
        for (int n = 1; n <= 30; n++) {
            orders.put(new Place(new Day(2, BIG, TODAY.minusDays(n)), "a"), 2L);
            orders.put(new Place(new Day(2, BANNED, TODAY.minusDays(n)), "a"), 100L);
        }
        orders.put(new Place(new Day(2, BIG, TODAY.minusDays(1)), "b"), 3L);
        orders.put(new Place(new Day(2, BIG, TODAY), "b"), 90L);
        table.add(ledger.pool(), orders);

        assertThat(table.history(ledger.pool(), 2, TODAY)).isEqualTo(Map.of(2L, 27L, 5L, 1L));
        assertThat(table.history(ledger.pool(), 99, TODAY)).isEmpty();
    }

    @Test
    void suspect_ofAnArm_isWhoReportsMoreOfItThanOfTheOthers() {
        Map<Place, Long> orders = new HashMap<>();
        // An affiliate that brings half of everything, a stranger who reports one arm, many who report once or twice.
        for (String arm : List.of("a", "b", "c")) {
            orders.put(new Place(new Day(3, BIG, TODAY), arm), 100L);
            orders.put(new Place(new Day(3, BIG, TODAY.minusDays(40)), arm), 1_000L);
            orders.put(new Place(new Day(3, BANNED, TODAY), arm), 500L);
            for (int n = 0; n < 50; n++) {
                orders.put(new Place(new Day(3, key(100 + n), TODAY.minusDays(n % 5)), arm), n % 2 + 1L);
            }
        }
        orders.put(new Place(new Day(3, ODD, TODAY), "c"), 15L);
        orders.put(new Place(new Day(3, ODD, TODAY.minusDays(1)), "c"), 5L);
        orders.put(new Place(new Day(3, ODD, TODAY.minusDays(1)), "a"), 1L);
        table.add(ledger.pool(), orders);

        OriginTable.Suspects suspects = table.suspects(ledger.pool(), 3);

        assertThat(suspects.pairs()).isEqualTo(3 * 51 + 2);
        assertThat(suspects.top()).extracting(Suspect::arm).containsExactly("a", "b", "c");
        Suspect odd = suspects.top().getLast();
        assertThat(odd)
                .isEqualTo(new Suspect(
                        "c",
                        ODD,
                        20,
                        195,
                        1,
                        351,
                        List.of(new Share(TODAY.minusDays(1), 5, 6, 20, 51), new Share(TODAY, 15, 15, 130, 360))));
    }

    /// The surplus of each pair, and its days, over again by brute force.
    @Test
    void suspects_ofRandomOrders_areThoseWithTheGreatestSurplus() {
        Random random = new Random(11);
        Map<Place, Long> orders = new HashMap<>();
        for (int n = 0; n < 3_000; n++) {
            Day day = new Day(4, key(1_000 + random.nextInt(40)), TODAY.minusDays(random.nextInt(20)));
            orders.merge(new Place(day, "arm" + random.nextInt(4)), 1L + random.nextInt(5), Long::sum);
        }
        table.add(ledger.pool(), orders);

        OriginTable.Suspects suspects = table.suspects(ledger.pool(), 4);

        assertThat(suspects.top()).hasSize(4);
        assertThat(suspects.pairs()).isEqualTo(4 * 40);
        for (Suspect each : suspects.top()) {
            double most = Double.NEGATIVE_INFINITY;
            for (int n = 0; n < 40; n++) {
                most = Math.max(most, surplus(orders, each.arm(), key(1_000 + n)));
            }
            assertThat(surplus(orders, each.arm(), each.origin())).isEqualTo(most);
            assertThat(each.ofArm()).isEqualTo(sum(orders, each.arm(), each.origin(), null));
            assertThat(each.ofArm() + each.elsewhere()).isEqualTo(sum(orders, null, each.origin(), null));
            assertThat(each.allOfArm()).isEqualTo(sum(orders, each.arm(), null, null));
            assertThat(each.allOfArm() + each.allOthers()).isEqualTo(sum(orders, null, null, null));
            for (Share day : each.days()) {
                assertThat(day)
                        .isEqualTo(new Share(
                                day.day(),
                                sum(orders, each.arm(), each.origin(), day.day()),
                                sum(orders, null, each.origin(), day.day()),
                                sum(orders, each.arm(), null, day.day()),
                                sum(orders, null, null, day.day())));
            }
            assertThat(each.days().stream().mapToLong(Share::both).sum()).isEqualTo(each.ofArm());
        }
        assertThat(table.suspects(ledger.pool(), 98).top()).isEmpty();
    }

    @Test
    void top_ofOrigins_isWhatTheyEarnedAsFarAsItIsCounted() {
        Map<Place, Long> orders = new HashMap<>();
        for (int n = 0; n < 150; n++) {
            orders.put(new Place(new Day(5, key(5_000 + n), TODAY), "a"), n < 2 ? 9L : 1L);
        }
        orders.put(new Place(new Day(5, BANNED, TODAY), "a"), 99L);
        table.add(ledger.pool(), orders);
        reward(1, key(5_000), "a", null, 1, 500);
        reward(2, key(5_000), "a", null, 0, 300);
        reward(3, key(5_001), "b", null, 1, 50);
        reward(4, key(5_001), "b", "refund", 1, 50);
        reward(5, key(5_002), "a", null, 1, 50);
        reward(6, BANNED, "a", null, 1, 50);
        reward(7, null, "a", null, 1, 50);
        site.sql().update("update cursors set rewards = (select max(id) from rewards)");
        reward(8, key(5_000), "a", null, 1, 700);

        OriginTable.Top top = table.top(ledger.pool(), 5, 0.01);

        Instant bucket = Instant.parse("2026-11-21T00:00:00Z");
        assertThat(top.origins()).isEqualTo(2);
        assertThat(top.earned())
                .isEqualTo(Map.of(
                        new Counters.Cell("", 0, "a", false, bucket), tally(1, 2, 800),
                        new Counters.Cell("", 0, "b", false, bucket), tally(1, 1, 50)));
        assertThat(table.top(ledger.pool(), 97, 0.01)).isEqualTo(new OriginTable.Top(Map.of(), 0));
    }

    private static void reward(int event, OriginKey origin, String arm, String metric, int conversions, int value) {
        site.sql().update("""
            insert into rewards (experiment, unit, occasion, source, event_id, segment, version, arm, holdout,
                                 bucket, conversions, orders, orders_sq, value, value_sq, raw, raw_sq,
                                 received_at, happened_at, origin, metric)
            values (5, gen_random_uuid(), 0, 'x', 'e' || ?, '', ?, ?, false, '2026-11-21T00:00:00Z', ?, 1, 1,
                    ?, 0, 0, 0, now(), now(), ?, ?)
            """, event, event, arm, conversions, value, origin == null ? null : origin.uuid(), metric);
    }

    private static Tally tally(long conversions, long orders, long value) {
        return new Tally(0, conversions, orders, orders, value, BigInteger.ZERO, 0, BigInteger.ZERO);
    }

    private static double surplus(Map<Place, Long> orders, String arm, OriginKey origin) {
        double expected = (double) sum(orders, arm, null, null) * sum(orders, null, origin, null);
        return sum(orders, arm, origin, null) - expected / sum(orders, null, null, null);
    }

    /// Orders of an arm, an origin and a day, any where it is null.
    private static long sum(Map<Place, Long> orders, String arm, OriginKey origin, LocalDate day) {
        return orders.entrySet().stream()
                .filter(each -> arm == null || each.getKey().arm().equals(arm))
                .filter(each -> origin == null || each.getKey().day().origin().equals(origin))
                .filter(each -> day == null || each.getKey().day().day().equals(day))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static OriginKey key(long number) {
        return new OriginKey(new UUID(0, number));
    }
}
