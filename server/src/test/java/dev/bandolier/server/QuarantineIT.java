package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.server.ledger.Ledger;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is under quarantine never happened, and after a release it has: counters, delays, ballots and guarded metrics are
/// then, to the last digit, what the conversions say over again.
final class QuarantineIT {

    private static final int UNITS = 150;
    private static final String RATE = "rate";
    private static final String MONEY = "money";
    private static final String METRIC = "sale";
    private static final String REFUND = "sale-refund";

    @AutoClose
    private static Site site;

    private static Ledger ledger;
    private static Api one;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        // Small turns, so that what was settled before is walked in many of them.
        Map<String, String> small = Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "37");
        one = site.node(small);
        other = site.node(small);
        ledger = site.ledger();
        one.start(Definitions.counting(METRIC, Definitions.of(RATE, "a", "b", "c"))
                .put("holdout", 0.1)
                .put("guardrails", guardrails()));
        JsonObject money =
                Definitions.counting(METRIC, Definitions.of(MONEY, "a", "b")).put("guardrails", guardrails());
        money.getJsonObject("objective").put("kind", "revenue").put("cap", "120.00");
        one.start(money);
    }

    private static JsonObject guardrails() {
        JsonObject refunds = new JsonObject().put("metric", REFUND).put("direction", "lower");
        return new JsonObject().put("originCap", 40).put("metrics", new JsonArray().add(refunds));
    }

    @Test
    void quarantineAndRelease_ofOriginsAndASource_leaveWhatTheConversionsSay() {
        Random random = new Random(12);
        workload(random, "first");
        Map<String, List<String>> before = check();
        assertThat(count("capped")).isPositive();

        String origin1 = quarantine("origin", "origin-1");
        Map<String, List<String>> without = check();
        assertThat(without).isNotEqualTo(before);
        assertThat(count("quarantined")).isPositive();
        release(origin1);
        assertThat(check()).isEqualTo(before);
        assertThat(count("quarantined")).isZero();

        origin1 = quarantine("origin", "origin-1");
        String origin2 = quarantine("origin", "origin-2");
        // What arrives meanwhile, some of it refunds of what is under quarantine, is settled as things stand.
        workload(random, "second");
        check();
        release(origin1);
        Map<String, List<String>> half = check();
        String api = quarantine("source", "api");
        Map<String, List<String>> nothing = check();
        assertThat(nothing.get("rate outcomes")).isEmpty();
        assertThat(site.books().totals(RATE).subList(1, 4)).containsExactly("0", "0", "0");
        release(api);
        assertThat(check()).isEqualTo(half);
        release(origin2);
        check();
        assertThat(count("quarantined")).isZero();
        assertThat(other.get("/v1/quarantines").json().getJsonArray("quarantines"))
                .isEmpty();
    }

    @Test
    void origin_isStoredNowhereAsItWasSent() {
        one.start(Definitions.counting("secret", Definitions.of("secret", "a", "b")));
        one.decide("secret", "s");
        one.report(new JsonObject().put("metric", "secret").put("unit", "s").put("origin", "198.51.100.0/24"))
                .with(202);
        quarantine("origin", "198.51.100.0/24");
        site.books().settled();

        List<String> tables = site.sql().column("""
            select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
            """);
        assertThat(tables).contains("conversions", "rewards", "origins", "quarantines", "audit");
        assertThat(tables)
                .allSatisfy(table -> assertThat(site.sql()
                                .number("select count(*) from " + table + " t where t::text like '%198.51.100%'"))
                        .isZero());
    }

    /// Everything is as the conversions say; all of it, by name.
    private static Map<String, List<String>> check() {
        Books books = site.books().settled();
        Settlements.check(site.sql());
        Map<String, List<String>> all = new HashMap<>();
        for (String key : List.of(RATE, MONEY)) {
            List<String> stored = books.stored(key);
            assertThat(stored).isEqualTo(books.fromRewards(key)).isEqualTo(books.fromConversions(key));
            List<String> delays = books.delays(key);
            assertThat(delays).isEqualTo(books.delaysFromRewards(key)).isEqualTo(books.delaysFromConversions(key));
            List<String> refunds = books.refundsFromRewards(REFUND, key);
            assertThat(refunds).isEqualTo(books.refunds(REFUND, key));
            List<String> outcomes = books.outcomes(key);
            assertThat(ballots(key)).containsExactlyInAnyOrderElementsOf(outcomes);
            all.put(key + " counters", stored);
            all.put(key + " delays", delays);
            all.put(key + " refunds", refunds);
            all.put(key + " outcomes", outcomes);
        }
        return all;
    }

    /// All that the rewards have changed, as ballots.
    private static Stream<String> ballots(String key) {
        long experiment = site.sql().number("select id from experiments where key = ?", key);
        long last = site.sql().number("select max(id) from rewards");
        Map<String, Long> units = new HashMap<>();
        ledger.rewards().ballots(ledger.pool(), 0, last).getOrDefault(experiment, List.of()).stream()
                .filter(QuarantineIT::ofObjective)
                .forEach(each -> units.merge(
                        String.join(
                                "|",
                                each.segment(),
                                Long.toString(each.version()),
                                each.arm(),
                                each.holdout() ? "t" : "f",
                                Long.toString(each.value())),
                        each.units(),
                        Long::sum));
        return units.entrySet().stream()
                .filter(each -> each.getValue() != 0)
                .map(each -> each.getKey() + "|" + each.getValue());
    }

    private static boolean ofObjective(Ballot ballot) {
        return !ballot.toString().contains(REFUND);
    }

    private static long count(String outcome) {
        return site.sql().number("select count(*) from conversions where outcome = ?", outcome);
    }

    private static String quarantine(String field, String name) {
        JsonObject body = new JsonObject().put(field, name).put("reason", "odd");
        other.post("/v1/quarantines", body.encode()).with(201);
        one.post("/v1/quarantines", body.encode()).with(409);
        JsonObject listed = one.get("/v1/quarantines")
                .with(200)
                .json()
                .getJsonArray("quarantines")
                .getJsonObject(0);
        return "/v1/quarantines/" + listed.getLong("id");
    }

    private static void release(String quarantine) {
        one.send("DELETE", quarantine, BodyPublishers.noBody()).with(204);
        other.send("DELETE", quarantine, BodyPublishers.noBody()).with(404);
        assertThat(site.sql().column("select action from audit order by id desc limit 1"))
                .containsExactly("release");
    }

    /// Several orders of each unit, of several origins or of none, some taken back in whole, in parts, twice, before they
    /// are heard of or after, by their own origin, another or none.
    private static void workload(Random random, String prefix) {
        List<String> units = Crowd.units(prefix + "-", UNITS);
        Crowd.each(4, units, unit -> one.decide(RATE, unit).getString("arm"));
        Crowd.each(4, units, unit -> other.decide(MONEY, unit).getString("arm"));
        List<JsonObject> reports = new ArrayList<>();
        for (String unit : units) {
            for (int n = random.nextInt(4); n > 0; n--) {
                String id = unit + " order " + n;
                reports.add(worth(
                        random, origin(random, new JsonObject().put("id", id).put("unit", unit), METRIC)));
                for (int refund = random.nextInt(5) - 2; refund > 0; refund--) {
                    JsonObject back =
                            new JsonObject().put("id", id + " back " + refund).put("reverses", id);
                    String metric = random.nextBoolean() ? METRIC : REFUND;
                    reports.add(worth(random, origin(random, back, metric)));
                }
            }
        }
        Collections.shuffle(reports, random);
        for (int from = 0; from < reports.size(); from += 100) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + 100, reports.size()));
            JsonObject answer = one.report(new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
    }

    private static JsonObject origin(Random random, JsonObject report, String metric) {
        report.put("metric", metric);
        int origin = random.nextInt(6);
        return origin == 0 ? report : report.put("origin", "origin-" + origin);
    }

    private static JsonObject worth(Random random, JsonObject report) {
        return random.nextInt(4) == 0
                ? report
                : report.put("value", random.nextInt(90) + "." + (10 + random.nextInt(90)))
                        .put("currency", "EUR");
    }
}
