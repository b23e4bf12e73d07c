package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.server.ledger.Ledger;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What guardrails read of the logs is what its rows say: one workload of two experiments, with orders and refunds in
/// whole and in parts, asks that narrow the choice, a holdout, and outcomes heard of hours after their decision, read in
/// many ways.
final class BallotsIT {

    private static final int UNITS = 300;
    private static final int ROUNDS = 3;
    private static final Map<String, Long> CAPS = Map.of("worth", 40_000L, "often", Long.MAX_VALUE);
    private static final Map<String, String> COUNTING = Map.of("worth", "purchase", "often", "purchase");

    @AutoClose
    private static Site site;

    private static Ledger ledger;
    private static BallotOracle oracle;
    private static long last;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        Api api = site.node(Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "97"));
        JsonObject worth = Definitions.of("worth", "a", "b", "c").put("holdout", 0.2);
        worth.getJsonObject("objective").put("kind", "revenue").put("cap", "400.00");
        api.start(Definitions.guarding(worth, "refund", "unsubscribe"));
        api.start(Definitions.guarding(Definitions.of("often", "x", "y").put("holdout", 0.1), "refund"));
        for (int round = 0; round < ROUNDS; round++) {
            report(api, workload(api, new Random(round), "u" + round + "-"));
            site.books().settled();
        }
        spread();
        ledger = site.ledger();
        oracle = new BallotOracle(site.sql(), CAPS, COUNTING);
        last = site.sql().number("select max(id) from rewards");
    }

    @Test
    void ballots_betweenAnyTwoRewards_areWhatTheCreditsBetweenThemChange() {
        Random random = new Random(11);
        Set<String> metrics = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            long from = i == 0 ? 0 : random.nextLong(last);
            long upTo = i == 0 ? last : random.nextLong(from, last + 1);
            Map<Long, List<Ballot>> found = ledger.rewards().ballots(ledger.pool(), from, upTo);
            same(found, oracle.between(from, upTo));
            found.values().forEach(all -> all.forEach(each -> metrics.add(each.metric())));
        }

        assertThat(metrics).containsExactlyInAnyOrder("purchase", "refund", "unsubscribe");
    }

    @Test
    void ballots_thatTakeBackAndMove_areAmongThem() {
        List<Ballot> moved = ledger.rewards().ballots(ledger.pool(), last / 2, last).values().stream()
                .flatMap(List::stream)
                .toList();

        assertThat(moved).anyMatch(each -> each.units() < 0 && each.value() > 0);
        assertThat(moved)
                .anyMatch(each -> each.holdout())
                .anyMatch(each -> each.eligible().isPresent());
        assertThat(moved).anyMatch(each -> each.value() == CAPS.get("worth"));
    }

    @Test
    void closed_ofAnyBuckets_holdsWhatWasHeardInTime() {
        Random random = new Random(12);
        Instant first = Instant.parse(site.sql()
                .value("select to_char(min(bucket) at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from decisions"));
        int some = 0;
        for (String experiment : site.sql().column("select id from experiments")) {
            for (int i = 0; i < 8; i++) {
                Instant from = first.plus(Duration.ofHours(random.nextInt(30)));
                Instant to = from.plus(Duration.ofHours(1 + random.nextInt(30)));
                Duration heard = Duration.ofMinutes(1 + random.nextInt(3_000));
                long upTo = i == 0 ? last : random.nextLong(last / 2, last + 1);
                long id = Long.parseLong(experiment);
                List<Ballot> found = ledger.rewards().closed(ledger.pool(), id, from, to, heard, upTo);
                assertThat(found).containsExactlyInAnyOrderElementsOf(oracle.closed(id, from, to, heard, upTo));
                some += found.size();
            }
        }

        assertThat(some).isGreaterThan(100);
    }

    @Test
    void arrivals_ofAnyRewards_countWhoeverConvertedByWhenItWasHeard() {
        for (long from : List.of(0L, last / 3, last)) {
            for (Duration interval : List.of(Duration.ofMinutes(1), Duration.ofMinutes(7), Duration.ofHours(5))) {
                assertThat(ledger.rewards().arrivals(ledger.pool(), from, last, interval))
                        .isEqualTo(oracle.arrivals(from, last, interval));
            }
        }
    }

    @Test
    void exposed_betweenTransactions_countsUnitsByWhatTheyWereDrawnAmong() {
        List<Long> xids = site.sql().column("select distinct xid::text::bigint from decisions order by 1").stream()
                .map(Long::valueOf)
                .toList();
        long middle = xids.get(xids.size() / 2);
        long end = xids.getLast() + 1;

        for (long from : List.of(0L, middle)) {
            for (long upTo : List.of(middle, end)) {
                same(ledger.decisions().exposed(ledger.pool(), from, upTo), oracle.exposed(from, upTo));
            }
        }
        assertThat(ledger.decisions().exposed(ledger.pool(), 0, end).values().stream()
                        .flatMap(List::stream)
                        .mapToLong(each -> each.units())
                        .sum())
                .isEqualTo(2L * UNITS * ROUNDS);
    }

    private static <T> void same(Map<Long, List<T>> found, Map<Long, List<T>> expected) {
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((id, all) -> assertThat(found.get(id)).containsExactlyInAnyOrderElementsOf(all));
    }

    /// Decides for new units, narrowing every third ask, and makes up what they do.
    private static List<JsonObject> workload(Api api, Random random, String prefix) {
        List<JsonObject> reports = new ArrayList<>();
        for (String unit : Crowd.units(prefix, UNITS)) {
            for (String experiment : List.of("worth", "often")) {
                JsonObject ask = new JsonObject().put("experiment", experiment).put("unit", unit);
                if (random.nextInt(3) == 0) {
                    ask.put("exclude", new JsonArray().add(random.nextBoolean() ? "b" : "y"));
                }
                api.decide(ask);
            }
            if (random.nextInt(4) == 0) {
                reports.add(report(unit + "-left", "unsubscribe").put("unit", unit));
            }
            for (int n = random.nextInt(4); n > 0; n--) {
                String order = unit + "-" + n;
                reports.add(worth(random, report(order, "purchase").put("unit", unit)));
                for (int part = random.nextInt(6) - 3; part > 0; part--) {
                    JsonObject refund = report(order + "-back-" + part, random.nextBoolean() ? "refund" : "purchase");
                    refund.put("reverses", order);
                    reports.add(random.nextInt(3) == 0 ? refund : worth(random, refund));
                }
            }
        }
        return reports;
    }

    private static JsonObject report(String id, String metric) {
        return new JsonObject().put("id", id).put("metric", metric);
    }

    private static JsonObject worth(Random random, JsonObject report) {
        return report.put("value", random.nextInt(1, 300) + ".50").put("currency", "EUR");
    }

    private static void report(Api api, List<JsonObject> reports) {
        for (int from = 0; from < reports.size(); from += 100) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + 100, reports.size()));
            JsonObject answer = api.report(new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
    }

    /// Spreads the decisions over a day and a half, and what was heard of them over as much, in the order in which it was
    /// heard.
    private static void spread() {
        String later = " + get_byte(uuid_send(unit), 0) % 36 * interval '1 hour'";
        site.sql().update("update decisions set bucket = bucket" + later);
        site.sql()
                .update("update rewards set bucket = bucket" + later
                        + ", received_at = bucket + id * interval '53.1 seconds'");
    }
}
