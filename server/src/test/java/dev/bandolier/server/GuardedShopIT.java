package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Guardrails on a real server: a dead arm is paused by itself, a feed that is cut freezes learning and is found sound
/// again when it returns, a person overrides.
///
/// The shortest window is a minute, so it takes a little more. What happens to the dead arm and to the feed does not
/// depend on luck: with 20 % for the others and none for the dead arm, the bets reach what they need in nearly every run
/// of 2,000 units (in one of a thousand they do not), and silence after 33 forecast conversions is certain.
final class GuardedShopIT {

    private static final int PER_SECOND = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static Site site;
    private static Api api;
    private static Feed live;
    private static final Random RANDOM = new Random(5);
    private static final Map<String, String> SEEN = new HashMap<>();
    private static int units;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node(Map.of("BANDOLIER_FEED_INTERVAL_SECONDS", "1"));
        JsonObject definition = Definitions.of("hero", "classic", "video", "broken");
        definition.getJsonObject("objective").put("window", "PT1M");
        api.start(definition);
        live = Feed.open(api, Optional.empty());
    }

    @AfterAll
    static void close() {
        live.close();
        site.close();
    }

    @Test
    void deadArm_cutFeed_andAPersonsWord() {
        // A dead arm is paused, by itself.
        serveUntil("the dead arm is paused", true, () -> "paused".equals(status("broken")));
        JsonObject verdict = verdict("arm-harmful").orElseThrow();
        assertThat(verdict.getString("arm")).isEqualTo("broken");
        assertThat(verdict.getString("note")).contains("broken", "visitors");
        JsonObject evidence = verdict.getJsonObject("evidence");
        long visitors = evidence.getJsonObject("arm").getLong("exposures");
        assertThat(visitors).isPositive();
        assertThat(verdict.getString("note").replace(",", "")).contains(Long.toString(visitors));
        assertThat(evidence.getJsonObject("arm").getLong("conversions")).isZero();
        assertThat(evidence.getDouble("e")).isGreaterThanOrEqualTo(evidence.getDouble("threshold"));
        assertThat(shares().getDouble("broken")).isZero();
        assertThat(audit()).anyMatch(entry -> entry.startsWith("guardrail arm-harmful"));
        JsonObject told = live.next("verdict").data();
        while (!told.encode().contains("arm-harmful")) {
            told = live.next("verdict").data();
        }
        assertThat(told.getString("experiment")).isEqualTo("hero");
        assertNobodyGets("broken");

        // The feed is cut: learning freezes, and says so.
        JsonObject before = shares();
        serveUntil("silence is noticed", false, () -> verdict("feed-broken").isPresent());
        JsonObject broken = verdict("feed-broken").orElseThrow();
        assertThat(broken.getBoolean("inflated")).isFalse();
        assertThat(report().getJsonObject("guardrails").getJsonObject("guard").getBoolean("frozen"))
                .isTrue();
        assertThat(shares().getDouble("broken")).isEqualTo(before.getDouble("broken"));

        // It returns: learning goes on by itself.
        serveUntil("the feed is sound again", true, () -> verdict("feed-broken").isEmpty());
        assertThat(report().getJsonObject("guardrails").getJsonObject("guard").getBoolean("frozen"))
                .isFalse();

        // A person overrides, on record.
        api.command("hero/arms/broken/resume");
        serveUntil("the arm is served again", true, () -> shares().getDouble("broken") > 0);
        assertThat(verdict("arm-harmful")).isEmpty();
        assertThat(audit())
                .anyMatch(entry -> entry.startsWith("api ") && entry.contains("broken") && entry.contains("guardrail"));
        assertWatchesEqualTheLogs();
    }

    /// What is remembered of tests equals what the logs say, outcome by outcome.
    private static void assertWatchesEqualTheLogs() {
        site.books().settled();
        List<List<String>> stored = site.sql().rows("""
            select a.key, coalesce(c.value -> 'arm' ->> 0, '0'), coalesce(c.value -> 'control' ->> 0, '0')
            from watches w
            cross join lateral jsonb_each(w.body #> '{docket,arms}') as a
            left join lateral jsonb_each(a.value -> 'cases') as c on c.key = 'purchase/arrived'
            where a.key = 'video'
            """);
        String control = site.sql().value("select sum(conversions) from rewards where arm = 'classic'");
        String video = site.sql().value("select sum(conversions) from rewards where arm = 'video'");
        assertThat(stored).containsExactly(List.of("video", video, control));
    }

    private static void assertNobodyGets(String arm) {
        Set<String> arms = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            arms.add(api.decide("hero", "after-" + i).getString("arm"));
        }
        assertThat(arms).doesNotContain(arm);
    }

    private interface Condition {
        boolean holds();
    }

    /// Visitors at an even pace, one in five of whom converts unless their arm is broken, until this holds.
    private static void serveUntil(String what, boolean reported, Condition condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            long next = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            List<JsonObject> answers =
                    Crowd.each(4, units(), unit -> api.decide("hero", unit).put("unit", unit));
            JsonArray conversions = new JsonArray();
            for (JsonObject answer : answers) {
                SEEN.put(answer.getString("unit"), answer.getString("arm"));
                if (!answer.getString("arm").equals("broken") && RANDOM.nextInt(5) == 0) {
                    conversions.add(new JsonObject()
                            .put("id", "order of " + answer.getString("unit"))
                            .put("metric", "purchase")
                            .put("decision", answer.getString("decision")));
                }
            }
            if (reported && !conversions.isEmpty()) {
                api.report(conversions).with(202);
            }
            Eventually.pause(Duration.ofNanos(Math.max(next - System.nanoTime(), 0)));
        }
    }

    private static List<String> units() {
        List<String> more = new ArrayList<>();
        for (int i = 0; i < PER_SECOND; i++) {
            more.add("visitor-" + units++);
        }
        return more;
    }

    private static String status(String arm) {
        return api.get("/v1/experiments/hero").json().getJsonArray("arms").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("key").equals(arm))
                .map(each -> each.getString("status"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject report() {
        return api.get("/v1/experiments/hero/report").json();
    }

    private static Optional<JsonObject> verdict(String kind) {
        return report().getJsonObject("guardrails").getJsonObject("guard").getJsonArray("verdicts").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("kind").equals(kind))
                .findFirst();
    }

    private static JsonObject shares() {
        JsonObject shares = new JsonObject();
        api.get("/v1/experiments/hero").json().getJsonObject("snapshot").getJsonArray("arms").stream()
                .map(JsonObject.class::cast)
                .forEach(each -> shares.put(each.getString("arm"), each.getValue("share")));
        return shares;
    }

    private static List<String> audit() {
        return api.get("/v1/audit?experiment=hero").json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .map(entry ->
                        entry.getString("actor") + " " + entry.getString("action") + ": " + entry.getString("note"))
                .toList();
    }
}
