package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// After a mistake was mended and the log was replayed, everything is as if there had been no mistake.
final class ReplayIT {

    private static final int UNITS = 120;
    private static final String RATE = "rate";
    private static final String MONEY = "money";
    private static final String METRIC = "sale";
    private static final String REFUND = "sale-refund";
    private static final String WRONG = "order";
    private static final String ALL = "/v1/replays";

    @AutoClose
    private static Site site;

    private static Api one;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        // Small turns, so that a replay takes many of them.
        Map<String, String> small = Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "29");
        one = site.node(small);
        other = site.node(small);
        one.start(Definitions.counting(METRIC, Definitions.of(RATE, "a", "b", "c"))
                .put("holdout", 0.1)
                .put("policy", new JsonObject().put("kind", "uniform"))
                .put("guardrails", guardrails()));
        JsonObject money = Definitions.counting(METRIC, Definitions.of(MONEY, "a", "b"))
                .put("policy", new JsonObject().put("kind", "uniform"))
                .put("guardrails", guardrails());
        money.getJsonObject("objective").put("kind", "revenue").put("cap", "120.00");
        one.start(money);
        ShopSource.setUp(one);
    }

    private static JsonObject guardrails() {
        JsonObject refunds = new JsonObject().put("metric", REFUND).put("direction", "lower");
        return new JsonObject().put("originCap", "off").put("metrics", new JsonArray().add(refunds));
    }

    @Test
    void replay_ofAWrongMetric_countsWhatTheSameReportsWithTheRightOneCount() {
        List<String> units = Crowd.units("u", UNITS);
        Crowd.each(4, units, unit -> one.decide(RATE, unit).getString("arm"));
        Crowd.each(4, units, unit -> other.decide(MONEY, unit).getString("arm"));
        report(one, workload(new Random(5), units, WRONG, ""));
        Map<String, List<String>> nothing = check();
        assertThat(nothing.get("rate earned")).isEmpty();
        String origin = quarantine("origin-2");

        JsonObject replay = replay(other, new JsonObject().put(WRONG, METRIC));
        Map<String, List<String>> without = check();
        release(origin);
        Map<String, List<String>> mended = check();
        assertThat(replay.getLong("changed"))
                .isEqualTo(site.sql().number("select count(*) from conversions where metric in (?, ?)", WRONG, REFUND));
        assertThat(without).isNotEqualTo(nothing).isNotEqualTo(mended);

        // A second time there is nothing to do, neither under quarantine nor after it.
        JsonObject again = replay(one, new JsonObject().put(WRONG, METRIC));
        assertThat(again.getLong("walked")).isEqualTo(replay.getLong("walked"));
        assertThat(again.getLong("changed")).isZero();
        origin = quarantine("origin-3");
        Map<String, List<String>> covered = check();
        long rewards = site.sql().number("select count(*) from rewards");
        assertThat(replay(one, new JsonObject()).getLong("changed")).isZero();
        assertThat(site.sql().number("select count(*) from rewards")).isEqualTo(rewards);
        assertThat(check()).isEqualTo(covered);

        // It was no mistake after all: what is withdrawn stays so, whatever is released.
        replay(one, new JsonObject().put(WRONG, WRONG));
        assertThat(counters(check())).isEqualTo(counters(nothing));
        release(origin);
        assertThat(counters(check())).isEqualTo(counters(nothing));

        report(other, workload(new Random(5), units, METRIC, " again"));
        assertThat(counters(check())).isEqualTo(counters(mended));
        replay(other, new JsonObject().put(WRONG, METRIC));
        check();
        assertThat(site.sql()
                        .number("select count(*) from conversions where metric = ? and counted_as = ?", WRONG, METRIC))
                .isPositive();
    }

    @Test
    void replay_afterAnExperimentHasStartedAndItsRatesWereSet_countsWhatCameBefore() {
        JsonArray orders = new JsonArray();
        List<String> units = Crowd.units("early", 20);
        for (int i = 0; i < units.size(); i++) {
            orders.add(order("early " + i, "early", units.get(i), "10.0" + i % 10, i % 2 == 0 ? "EUR" : "USD"));
        }
        report(one, orders);
        site.books().settled();
        JsonObject definition = Definitions.counting("early", Definitions.of("early", "a", "b"));
        definition.getJsonObject("objective").put("kind", "revenue").put("cap", "500.00");
        one.start(definition);
        units.forEach(unit -> one.decide("early", unit));

        assertThat(replay(one, new JsonObject()).getLong("changed")).isEqualTo(20);
        assertThat(outcomes("early")).containsExactly("credited|10", "wrong-currency|10");
        JsonObject objective = one.get("/v1/experiments/early").with(200).json().getJsonObject("objective");
        objective.getJsonObject("attribution").put("rates", new JsonObject().put("USD", "0.925"));
        String etag = one.get("/v1/experiments/early").header("ETag").orElseThrow();
        one.patch("/v1/experiments/early", etag, new JsonObject().put("objective", objective))
                .with(200);

        assertThat(replay(other, new JsonObject()).getLong("changed")).isEqualTo(10);
        site.books().settled();
        assertThat(outcomes("early")).containsExactly("credited|20");
        // 10.00, 10.02 ... euros twice over: 100.40. Of 10.01 dollars 925.925 cents are 926; 928, 930, 931, 933 follow.
        assertThat(site.books().totals("early")).containsExactly("20", "20", "20", "19336");
        assertThat(site.books().stored("early")).isEqualTo(site.books().fromRewards("early"));
        assertThat(replay(other, new JsonObject()).getLong("changed")).isZero();
    }

    @Test
    void replay_thatCannotBe_isRefusedByField() {
        report(one, new JsonArray().add(order("alone", WRONG, "nobody", "1.00", "EUR")));
        JsonObject sound = body(new JsonObject());
        refused(sound.copy().put("source", "never-heard-of"), "source");
        refused(sound.copy().put("source", "not a source"), "source");
        refused(sound.copy().put("from", "yesterday"), "from");
        refused(sound.copy().put("to", sound.getString("from")), "to");
        refused(sound.copy().put("to", "2999-01-01T00:00:00Z"), "to");
        refused(sound.copy().put("reason", ""), "reason");
        refused(sound.copy().put("reason", "x".repeat(501)), "reason");
        refused(sound.copy().put("metrics", new JsonObject().put("a b", "c")), "metrics.a b");
        refused(sound.copy().put("metrics", new JsonObject().put("a", "b c")), "metrics.a");
        refused(sound.copy().put("metrics", new JsonObject().put("a", 1)), "metrics.a");
        refused(sound.copy().put("metric", "x"), "metric");
        List.of("source", "from", "to", "reason").forEach(each -> {
            JsonObject without = sound.copy();
            without.remove(each);
            refused(without, each);
        });
        one.get(ALL + "/999").with(404);
        one.get(ALL + "/x").with(404);
    }

    @Test
    void replay_whileAnotherOfItsSourceRuns_isAConflictAndWhoAskedIsOnRecord() {
        report(one, new JsonArray().add(order("conflict", WRONG, "nobody", "1.00", "EUR")));
        site.books().settled();
        site.sql().update("""
            insert into leases (name, holder, until) values ('attribute', gen_random_uuid(), 'infinity')
            on conflict (name) do update set holder = excluded.holder, until = excluded.until
            """);
        String body = body(new JsonObject().put("x", "y")).encode();
        JsonObject begun = one.send("POST", ALL, BodyPublishers.ofString(body), "Bandolier-Actor", "kim")
                .with(202)
                .json();
        assertThat(begun.containsKey("finishedAt")).isFalse();
        assertThat(begun.getString("actor")).isEqualTo("kim");
        other.post(ALL, body).with(409);
        assertThat(site.sql().rows("select actor, action, detail ->> 'id' from audit order by id desc limit 1"))
                .containsExactly(List.of("kim", "replay", begun.getLong("id").toString()));
        site.sql().update("update leases set until = now() where name = 'attribute'");

        finished(other, begun.getLong("id"));
        one.post(ALL, body).with(202);
        site.books().settled();
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
            List<String> earned = books.byDecision(key);
            assertThat(earned).isEqualTo(books.byDecisionFromConversions(key));
            all.put(key + " counters", stored);
            all.put(key + " delays", delays);
            all.put(key + " refunds", refunds);
            all.put(key + " earned", earned);
        }
        return all;
    }

    /// What does not depend on when conversions have arrived.
    private static Map<String, List<String>> counters(Map<String, List<String>> all) {
        Map<String, List<String>> counters = new HashMap<>(all);
        counters.keySet().removeIf(each -> each.endsWith("delays"));
        return counters;
    }

    private static List<String> outcomes(String metric) {
        return site
                .sql()
                .rows(
                        "select outcome, count(*) from conversions where metric = ? group by outcome order by outcome",
                        metric)
                .stream()
                .map(row -> String.join("|", row))
                .toList();
    }

    private static void refused(JsonObject body, String field) {
        JsonObject problem = one.post(ALL, body.encode()).with(422).json();
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .as("%s", problem)
                .isEqualTo(field);
    }

    private static JsonObject body(JsonObject metrics) {
        return new JsonObject()
                .put("source", ShopSource.KEY)
                .put("from", "2026-01-01T00:00:00Z")
                .put(
                        "to",
                        site.sql()
                                .value("select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"))
                .put("metrics", metrics)
                .put("reason", "it was mended");
    }

    /// A replay of everything, when it is finished.
    private static JsonObject replay(Api api, JsonObject metrics) {
        JsonObject begun = api.post(ALL, body(metrics).encode()).with(202).json();
        return finished(api, begun.getLong("id"));
    }

    private static JsonObject finished(Api api, long id) {
        Eventually.holds(
                "replay " + id + " is finished",
                Duration.ofSeconds(30),
                () -> shown(api, id).containsKey("finishedAt"));
        JsonObject shown = shown(api, id);
        assertThat(api.get(ALL).with(200).json().getJsonArray("replays")).contains(shown);
        return shown;
    }

    private static JsonObject shown(Api api, long id) {
        return api.get(ALL + "/" + id).with(200).json();
    }

    private static String quarantine(String origin) {
        JsonObject body = new JsonObject().put("origin", origin).put("reason", "odd");
        return other.post("/v1/quarantines", body.encode())
                .with(201)
                .header("Location")
                .orElseThrow();
    }

    private static void release(String quarantine) {
        one.send("DELETE", quarantine, BodyPublishers.noBody()).with(204);
    }

    private static void report(Api api, JsonArray conversions) {
        for (int from = 0; from < conversions.size(); from += 100) {
            JsonArray batch =
                    new JsonArray(conversions.getList().subList(from, Math.min(from + 100, conversions.size())));
            JsonObject answer = ShopSource.deliver(api, batch).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
    }

    private static JsonObject order(String id, String metric, String unit, String value, String currency) {
        return new JsonObject()
                .put("id", id)
                .put("metric", metric)
                .put("unit", unit)
                .put("value", value)
                .put("currency", currency);
    }

    /// Several orders of each unit, some taken back in whole or in parts, before they are heard of or after.
    private static JsonArray workload(Random random, List<String> units, String metric, String suffix) {
        List<JsonObject> reports = new ArrayList<>();
        for (String unit : units) {
            for (int n = random.nextInt(4); n > 0; n--) {
                String id = unit + " order " + n + suffix;
                reports.add(drawn(
                        random, new JsonObject().put("id", id).put("unit", unit).put("metric", metric)));
                for (int back = random.nextInt(5) - 2; back > 0; back--) {
                    JsonObject refund =
                            new JsonObject().put("id", id + " back " + back).put("reverses", id);
                    reports.add(drawn(random, refund.put("metric", random.nextBoolean() ? metric : REFUND)));
                }
            }
        }
        Collections.shuffle(reports, random);
        return new JsonArray(reports);
    }

    private static JsonObject drawn(Random random, JsonObject report) {
        int origin = random.nextInt(6);
        if (origin > 0) {
            report.put("origin", "origin-" + origin);
        }
        return random.nextInt(4) == 0
                ? report
                : report.put("value", random.nextInt(90) + "." + (10 + random.nextInt(90)))
                        .put("currency", "EUR");
    }
}
