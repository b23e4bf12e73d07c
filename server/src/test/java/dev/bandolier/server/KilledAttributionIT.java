package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.postgres.DatabaseUrl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` in the middle of attribution, again and again, on the database that comes along: what every decision has
/// earned, the counters and the sums of what became of conversions are then what the logs say over again.
final class KilledAttributionIT {

    private static final int KILLS = 5;
    private static final int UNITS_PER_ROUND = 120;
    private static final int REPORTS_AT_ONCE = 200;
    private static final Duration ATTRIBUTED_MAX = Duration.ofSeconds(20);
    private static final String METRIC = "sale";
    private static final String WRONG = "order";
    private static final String REFUND = "sale-refund";
    private static final List<String> EXPERIMENTS = List.of("rate", "money", "count");

    private final Random random = new Random(2_026);
    private final List<JsonObject> reported = new ArrayList<>();

    @TempDir
    private Path data;

    @Test
    void rewardsCountersAndSums_afterKillsInTheMiddleOfAttribution_areWhatTheLogsSay() throws IOException {
        ServerProcess server = start();
        begin(server.api());
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            report(server.api(), round(server.api(), kill));
            if (kill % 2 == 1) {
                replay(server.api());
            }
            Eventually.pause(Duration.ofMillis(random.nextInt(250)));
            server.kill();
            // Postgres outlives its server, and says what that had not come to.
            inTheMiddle += unsettled(new Sql(database())) > 0 ? 1 : 0;
            server = start();
        }
        assertThat(inTheMiddle).as("kills in the middle of attribution").isGreaterThanOrEqualTo(KILLS - 1);
        Sql sql = new Sql(database());
        Eventually.holds("all is attributed", ATTRIBUTED_MAX, () -> unsettled(sql) == 0);
        check();
        assertThat(sql.number("select sum(changed) from replays where finished_at is not null"))
                .isPositive();
        server.close();
    }

    private void check() throws IOException {
        Books books = new Books(new Sql(database())).settled();
        for (String key : EXPERIMENTS) {
            List<String> earned = books.byDecision(key);
            assertThat(earned).hasSizeGreaterThan(UNITS_PER_ROUND);
            assertThat(earned).isEqualTo(books.byDecisionFromConversions(key));
            assertThat(books.stored(key)).isEqualTo(books.fromRewards(key)).isEqualTo(books.fromConversions(key));
            assertThat(books.delays(key))
                    .isEqualTo(books.delaysFromRewards(key))
                    .isEqualTo(books.delaysFromConversions(key));
            assertThat(books.refundsFromRewards(REFUND, key)).isEqualTo(books.refunds(REFUND, key));
        }
        Settlements.check(books.sql());
    }

    /// Turns of a few conversions, so that there is always one to be killed in.
    private ServerProcess start() {
        return ServerProcess.start(Map.of("BANDOLIER_ATTRIBUTE_BATCH_MAX", "7"), "--data", data.toString());
    }

    private static void begin(Api api) {
        JsonObject refunds = new JsonObject().put("metric", REFUND).put("direction", "lower");
        JsonObject guardrails = new JsonObject().put("originCap", "off").put("metrics", new JsonArray().add(refunds));
        for (String key : EXPERIMENTS) {
            JsonObject definition = Definitions.counting(METRIC, Definitions.of(key, "a", "b", "c"))
                    .put("holdout", 0.1)
                    .put("guardrails", guardrails);
            switch (key) {
                case "money" ->
                    definition.getJsonObject("objective").put("kind", "revenue").put("cap", "120.00");
                case "count" -> definition.getJsonObject("objective").put("kind", "count");
                default -> definition.put("policy", new JsonObject().put("kind", "uniform"));
            }
            api.start(definition);
        }
        ShopSource.setUp(api);
    }

    /// Decisions for new units, and what is reported of them: orders, some under a wrong metric; refunds of these and of
    /// earlier ones, some of which come first; and what was reported before.
    private List<JsonObject> round(Api api, int round) {
        List<JsonObject> reports = new ArrayList<>();
        List<String> units = Crowd.units(round + "-", UNITS_PER_ROUND);
        for (String key : EXPERIMENTS) {
            Crowd.each(4, units, unit -> api.decide(key, unit).getString("arm"));
        }
        for (String unit : units) {
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                String id = unit + " order " + n;
                String metric = random.nextInt(4) == 0 ? WRONG : METRIC;
                reports.add(
                        worth(new JsonObject().put("id", id).put("unit", unit).put("metric", metric)));
                for (int back = random.nextInt(5) - 2; back > 0; back--) {
                    JsonObject refund =
                            new JsonObject().put("id", id + " back " + back).put("reverses", id);
                    reports.add(worth(refund.put("metric", random.nextBoolean() ? METRIC : REFUND)));
                }
            }
        }
        for (int n = 0; n < 20 && !reported.isEmpty(); n++) {
            JsonObject earlier = reported.get(random.nextInt(reported.size()));
            reports.add(earlier);
            if (earlier.containsKey("unit")) {
                reports.add(worth(new JsonObject()
                        .put("id", earlier.getString("id") + " late " + round + " " + n)
                        .put("reverses", earlier.getString("id"))
                        .put("metric", REFUND)));
            }
        }
        Collections.shuffle(reports, random);
        return reports;
    }

    private JsonObject worth(JsonObject report) {
        if (random.nextInt(3) > 0) {
            report.put("origin", "origin-" + random.nextInt(9));
        }
        return random.nextInt(4) == 0
                ? report
                : report.put("value", random.nextInt(90) + "." + (10 + random.nextInt(90)))
                        .put("currency", "EUR");
    }

    private void report(Api api, List<JsonObject> reports) {
        for (int from = 0; from < reports.size(); from += REPORTS_AT_ONCE) {
            List<JsonObject> batch = reports.subList(from, Math.min(from + REPORTS_AT_ONCE, reports.size()));
            JsonObject answer =
                    ShopSource.deliver(api, new JsonArray(batch)).with(202).json();
            assertThat(answer.getInteger("refused")).as("%s", answer).isZero();
        }
        reported.addAll(reports);
    }

    /// Everything over again, with the right metric; unless one that was asked for before is not finished.
    private void replay(Api api) throws IOException {
        String now = new Sql(database())
                .value("select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        JsonObject body = new JsonObject()
                .put("source", ShopSource.KEY)
                .put("from", "2026-01-01T00:00:00Z")
                .put("to", now)
                .put("metrics", new JsonObject().put(WRONG, METRIC))
                .put("reason", "the shop called them orders");
        assertThat(api.post("/v1/replays", body.encode()).status()).isIn(202, 409);
    }

    private static long unsettled(Sql sql) {
        return sql.number("""
            select (select count(*) from conversions where outcome is null)
                 + (select count(*) from replays where finished_at is null)
            """);
    }

    private DatabaseUrl database() throws IOException {
        List<String> postmaster = Files.readAllLines(cluster("postmaster.pid"));
        int port = Integer.parseInt(postmaster.get(3).strip());
        String password = Files.readString(cluster("bandolier.password")).strip();
        return new DatabaseUrl("127.0.0.1", port, "postgres", "postgres", password, SslMode.DISABLE, Optional.empty());
    }

    private Path cluster(String file) {
        return data.resolve("postgres").resolve("postgres").resolve(file);
    }
}
