package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What another policy would have earned is what the raw decisions and rewards say, by formulas written down once more.
final class WhatIfIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    /// Guardrails that act on what a test does would be in its way.
    private static final String UNGUARDED =
            "{\"harm\":\"off\",\"budget\":\"off\",\"ramp\":\"none\",\"feed\":false,\"ratio\":false}";

    /// One line per unit: arm, propensity, reward, and what its arm and the three arms were believed to earn.
    private static final String UNITS = """
        select d.arm, d.propensity, coalesce(r.reward, 0) as reward, m.arms -> d.arm as guess, m.arms -> 'a' as a,
               m.arms -> 'b' as b, m.arms -> 'c' as c
        from decisions d
        join experiments e on e.id = d.experiment and e.key = ?
        join (select experiment, version, jsonb_object_agg(arm ->> 'arm',
                (arm #>> '{posterior,alpha}')::float
                / ((arm #>> '{posterior,alpha}')::float + (arm #>> '{posterior,beta}')::float)) as arms
              from snapshots, jsonb_array_elements(body -> 'arms') as arm group by experiment, version) as m
          on m.experiment = d.experiment and m.version = d.version
        left join (select unit, experiment, occasion, sum(conversions) as reward from rewards where metric is null
                   group by unit, experiment, occasion) as r
          on (r.unit, r.experiment, r.occasion) = (d.unit, d.experiment, d.occasion)
        where not d.holdout
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void shares_ofALogWithOtherShares_earnWhatTheRawLogsSay() {
        JsonObject definition = definition("split").put("holdout", 0.2);
        definition.put("policy", new JsonObject("{\"kind\":\"fixed\",\"shares\":{\"a\":0.5,\"b\":0.3,\"c\":0.2}}"));
        api.start(definition);
        visit("split", "u", 200, Map.of());
        visit("split", "v", 60, Map.of("eligible", new JsonArray().add("a").add("c")));
        matured("split");
        Map<String, Double> target = Map.of("a", 0.1, "b", 0.2, "c", 0.7);

        JsonObject answer = ask("split", "{\"shares\":{\"a\":0.1,\"b\":0.2,\"c\":0.7}}");

        Oracle oracle = new Oracle();
        for (List<String> row : site.sql().rows(UNITS, "split")) {
            oracle.add(row, target);
        }
        assertThat(answer.getLong("units")).isEqualTo(oracle.units).isLessThan(260);
        assertThat(value(answer, "log")).isCloseTo(oracle.earned / oracle.units, within(1e-9));
        assertThat(value(answer, "ips")).isCloseTo(oracle.weighted / oracle.units, within(1e-9));
        assertThat(value(answer, "snips")).isCloseTo(oracle.weighted / oracle.weights, within(1e-9));
        assertThat(value(answer, "dm")).isCloseTo(oracle.direct / oracle.units, within(1e-9));
        assertThat(value(answer, "dr")).isCloseTo(oracle.robust / oracle.units, within(1e-9));
        assertThat(value(answer, "lift")).isCloseTo(oracle.robust / oracle.earned - 1, within(1e-9));
        assertThat(answer.getDouble("effective"))
                .isCloseTo(oracle.weights * oracle.weights / oracle.weightsSq, within(1e-6));
        assertThat(answer.getString("trust")).isEqualTo("thin");
        // The units that could not get b got its share elsewhere.
        assertThat(answer.getJsonArray("warnings")).contains("few-effective-units", "arm-away");
        assertThat(answer.getJsonArray("allocation").getJsonObject(2).getDouble("share"))
                .isCloseTo(0.7, within(1e-12));
    }

    @Test
    void policy_thatServedItself_earnsWhatWasEarned() {
        JsonObject definition = definition("itself")
                .put("warmUp", 0)
                .put("segments", new JsonObject("{\"attribute\":\"device\",\"values\":[\"mobile\",\"desktop\"]}"));
        api.start(definition);
        for (int round = 0; round < 3; round++) {
            long before = version("itself");
            visit("itself", "m" + round + "-", 90, Map.of("context", new JsonObject().put("device", "mobile")));
            visit(
                    "itself",
                    "n" + round + "-",
                    30,
                    Map.of("eligible", new JsonArray().add("a").add("b")));
            if (round == 0) {
                // Later ones come or do not, as the visitors fall among the arms.
                Eventually.holds("another snapshot", SOON, () -> version("itself") > before);
            }
        }
        matured("itself");

        JsonObject answer = ask("itself", "{\"policy\":{\"kind\":\"thompson\"}}");

        assertThat(site.sql()
                        .number("select count(distinct version) from decisions d join experiments e"
                                + " on e.id = d.experiment where e.key = 'itself'"))
                .isGreaterThan(1);
        assertThat(answer.getLong("units")).isEqualTo(360);
        assertThat(answer.getDouble("maxWeight")).isCloseTo(1, within(1e-9));
        assertThat(answer.getDouble("effective")).isCloseTo(360, within(1e-6));
        assertThat(value(answer, "snips")).isCloseTo(value(answer, "log"), within(1e-9));
        assertThat(value(answer, "lift")).isCloseTo(0, within(0.05));
        assertThat(answer.getString("trust")).isEqualTo("sound");
    }

    @Test
    void ask_whatTheLogCannotSay_isRefusedNamingIt() {
        api.start(definition("absent").put("policy", new JsonObject("{\"kind\":\"uniform\"}")));
        api.command("absent/arms/c/pause");
        Eventually.holds("c is paused", SOON, () -> version("absent") > 1);
        visit("absent", "w", 20, Map.of());
        matured("absent");

        assertThat(refusal("absent", "{\"shares\":{\"a\":0.5,\"c\":0.5}}")).isEqualTo("shares.c");
        assertThat(refusal("absent", "{\"shares\":{\"a\":0.5,\"d\":0.5}}")).isEqualTo("shares.d");
        assertThat(refusal("absent", "{\"shares\":{\"a\":0.5}}")).isEqualTo("shares");
        assertThat(refusal("absent", "{\"policy\":{\"kind\":\"best\"}}")).isEqualTo("policy.kind");
        assertThat(refusal("absent", "{\"policy\":{\"kind\":\"uniform\"},\"floors\":0}"))
                .isEqualTo("floors");
        assertThat(refusal("absent", "{}")).isEqualTo("policy");
        assertThat(ask("absent", "{\"policy\":{\"kind\":\"thompson\"}}").getLong("units"))
                .isEqualTo(20);
    }

    @Test
    void ask_nobodyHasHadTheWholeWindow_saysSo() {
        api.start(definition("young"));
        visit("young", "y", 5, Map.of());

        JsonObject answer = ask("young", "{\"policy\":{\"kind\":\"uniform\"}}");

        assertThat(answer.getString("trust")).isEqualTo("refused");
        assertThat(answer.getJsonArray("warnings")).containsExactly("no-units");
        assertThat(answer.getValue("dr")).isNull();
        assertThat(answer.getJsonArray("allocation").getJsonObject(0).getDouble("share"))
                .isCloseTo(1.0 / 3, within(1e-9));
    }

    @Test
    void ask_moreThanMayWait_areToldToComeBack() throws SQLException {
        try (Site crowded = Site.fresh()) {
            Api node = crowded.node(Map.of("BANDOLIER_WHAT_IFS_MAX", "1"));
            node.start(definition("crowd"));
            List<CompletableFuture<Api.Answer>> asked = new ArrayList<>();
            try (Connection holding = crowded.sql().connect();
                    Statement lock = holding.createStatement()) {
                holding.setAutoCommit(false);
                lock.execute("lock table counters in access exclusive mode");
                for (int i = 0; i < 6; i++) {
                    String question = "{\"policy\":{\"kind\":\"epsilon-greedy\",\"epsilon\":0." + i + "}}";
                    asked.add(CompletableFuture.supplyAsync(
                            () -> node.post("/v1/experiments/crowd/what-if", question), Thread::startVirtualThread));
                }
                Eventually.holds(
                        "all but two are answered",
                        SOON,
                        () -> asked.stream().filter(CompletableFuture::isDone).count() == 4);
                holding.rollback();
            }
            List<Api.Answer> answers =
                    asked.stream().map(CompletableFuture::join).toList();

            assertThat(answers.stream().filter(each -> each.status() == 200)).hasSize(2);
            assertThat(answers.stream().filter(each -> each.status() == 503))
                    .hasSize(4)
                    .allMatch(each -> each.header("retry-after").isPresent());
        }
    }

    private static JsonObject definition(String key) {
        return Definitions.counting("sale-" + key, Definitions.of(key, "a", "b", "c"))
                .put("guardrails", new JsonObject(UNGUARDED));
    }

    /// Units ask, and every third of those with b, every fifth of the others reports a sale.
    private static void visit(String experiment, String prefix, int units, Map<String, Object> more) {
        JsonArray sales = new JsonArray();
        int served = 0;
        for (String unit : Crowd.units(experiment + prefix, units)) {
            JsonObject ask = new JsonObject().put("experiment", experiment).put("unit", unit);
            more.forEach(ask::put);
            String arm = api.decide(ask).getString("arm");
            if (served++ % (arm.equals("b") ? 3 : 5) == 0) {
                sales.add(new JsonObject().put("metric", "sale-" + experiment).put("unit", unit));
            }
        }
        api.report(sales).with(202);
        site.books().settled();
    }

    /// Lets the window of all units pass: their counters are a month older.
    private static void matured(String experiment) {
        String whose = " where experiment = (select id from experiments where key = ?)";
        Eventually.holds(
                "all is counted",
                SOON,
                () -> site.sql().number("select coalesce(sum(exposures), 0) from counters" + whose, experiment)
                        == site.sql().number("select count(*) from decisions" + whose, experiment));
        site.sql().update("update counters set bucket = bucket - interval '30 days'" + whose, experiment);
    }

    private static long version(String experiment) {
        return api.get("/v1/experiments/" + experiment)
                .with(200)
                .json()
                .getJsonObject("snapshot")
                .getLong("version");
    }

    private static JsonObject ask(String experiment, String body) {
        return api.post("/v1/experiments/" + experiment + "/what-if", body)
                .with(200)
                .json();
    }

    private static String refusal(String experiment, String body) {
        return api.post("/v1/experiments/" + experiment + "/what-if", body)
                .with(422)
                .json()
                .getJsonArray("errors")
                .getJsonObject(0)
                .getString("field");
    }

    private static double value(JsonObject answer, String estimate) {
        return answer.getJsonObject(estimate).getDouble("estimate");
    }

    /// Sums over units, by the textbook.
    private static final class Oracle {

        private long units;
        private double earned;
        private double weights;
        private double weightsSq;
        private double weighted;
        private double direct;
        private double robust;

        /// A unit that could not get b would have got the others in proportion.
        private void add(List<String> row, Map<String, Double> target) {
            double propensity = Double.parseDouble(row.get(1));
            boolean narrow = Math.abs(propensity - 0.5 / 0.7) < 1e-9 || Math.abs(propensity - 0.2 / 0.7) < 1e-9;
            double among = narrow ? target.get("a") + target.get("c") : 1;
            double w = target.get(row.get(0)) / among / propensity;
            double reward = Double.parseDouble(row.get(2));
            double believed = target.get("a") / among * Double.parseDouble(row.get(4))
                    + (narrow ? 0 : target.get("b") * Double.parseDouble(row.get(5)))
                    + target.get("c") / among * Double.parseDouble(row.get(6));
            units++;
            earned += reward;
            weights += w;
            weightsSq += w * w;
            weighted += w * reward;
            direct += believed;
            robust += believed + w * (reward - Double.parseDouble(row.get(3)));
        }
    }
}
