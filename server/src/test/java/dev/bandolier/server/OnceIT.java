package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A fact counts once, whoever repeats it; what is no fact is refused by the name of its field.
final class OnceIT {

    @AutoClose
    private static Site site;

    private static Api api;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        other = site.node();
        api.start(Definitions.of("shop", "a", "b"));
    }

    @Test
    void conversion_sentTenTimesOnTwoNodesAtOnce_countsOnce() {
        start("ten", "ten");
        Eventually.holds("the other node has read the experiment", Times.LEARNED, () -> knows(other, "ten"));
        List<String> units = Crowd.units("ten-", 20);
        units.forEach(unit -> api.decide("ten", unit));

        List<List<String>> statuses = Crowd.each(
                4,
                units,
                unit -> Crowd.each(10, Crowd.units("", 10), copy -> {
                    Api node = copy.compareTo("5") < 0 ? api : other;
                    JsonObject report = conversion("id of " + unit, "ten", unit)
                            .put("value", 10)
                            .put("currency", "EUR");
                    return node.report(report).with(202).json().getString("status");
                }));

        assertThat(statuses)
                .allSatisfy(ten -> assertThat(ten)
                        .filteredOn(status -> status.equals("accepted"))
                        .hasSize(1));
        site.books().settled();
        assertThat(site.books().totals("ten")).containsExactly("20", "20", "20", "20000");
    }

    @Test
    void conversion_repeatedInOneBatch_countsOnce() {
        start("same", "same");
        api.decide("same", "u");
        JsonObject one = conversion("o1", "same", "u");

        JsonObject answer =
                api.report(new JsonArray().add(one).add(one).add(one)).with(202).json();

        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        assertThat(answer.getInteger("duplicates")).isEqualTo(2);
        site.books().settled();
        assertThat(site.books().totals("same")).startsWith("1", "1", "1");
    }

    @Test
    void conversions_ofBatchesWithAndWithoutRepetitions_countOnceEach() {
        start("swarm", "swarm");
        api.decide("swarm", "u");
        int[][] batches = {{1, 2}, {3, 1}, {1, 2}, {4, 5}, {6}, {6, 7}, {7, 8}, {9}};
        int[] fresh = {2, 1, 0, 2, 1, 1, 1, 1};

        for (int i = 0; i < batches.length; i++) {
            JsonArray batch = new JsonArray();
            for (int order : batches[i]) {
                batch.add(conversion("swarm-" + order, "swarm", "u"));
            }
            JsonObject answer = api.report(batch).with(202).json();

            assertThat(answer.getInteger("accepted")).isEqualTo(fresh[i]);
            assertThat(answer.getInteger("duplicates")).isEqualTo(batches[i].length - fresh[i]);
        }
        site.books().settled();
        assertThat(site.books().totals("swarm")).startsWith("1", "1", "9");
    }

    @Test
    void conversions_withAWrongField_areRefusedByItsNameAndTheirNeighboursAccepted() {
        start("wrong", "wrong");
        JsonObject decision = api.decide("wrong", "u");
        String token = decision.getString("decision");
        String forged = token.substring(0, token.length() - 2) + (token.endsWith("A") ? "BB" : "AA");
        Instant now = Instant.parse(
                site.sql().value("select to_char(now() at time zone 'UTC'," + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
        JsonArray batch = new JsonArray()
                .add(conversion("good-1", "wrong", "u").put("value", 1).put("currency", "EUR"))
                .add(conversion("value", "wrong", "u").put("value", -0.01).put("currency", "EUR"))
                .add(conversion("value", "wrong", "u").put("value", "NaN").put("currency", "EUR"))
                .add(conversion("value", "wrong", "u").put("value", 1e12).put("currency", "EUR"))
                .add(conversion("value", "wrong", "u")
                        .put("value", "1e999999999")
                        .put("currency", "EUR"))
                .add(conversion("value", "wrong", "u").put("value", 49.905).put("currency", "EUR"))
                .add(conversion("value", "wrong", "u").put("value", true).put("currency", "EUR"))
                .add(conversion("currency", "wrong", "u").put("value", 5).put("currency", "USD"))
                .add(conversion("currency", "wrong", "u").put("value", 5).put("currency", "EURO"))
                .add(conversion("currency", "wrong", "u").put("value", 5))
                .add(conversion("at", "wrong", "u")
                        .put("at", now.plus(Duration.ofMinutes(12)).toString()))
                .add(conversion("at", "wrong", "u")
                        .put("at", now.plus(Duration.ofDays(8)).toString()))
                .add(conversion("at", "wrong", "u")
                        .put("at", now.minus(Duration.ofMinutes(12)).toString()))
                .add(conversion("at", "wrong", "u").put("at", "yesterday"))
                .add(conversion("metric", "unheard-of", "u"))
                .add(conversion("metric", "not a metric!", "u"))
                .add(conversion("unit", "wrong", "nobody"))
                .add(conversion("unit", "wrong", ""))
                .add(conversion("unit", "wrong", "another").put("decision", token))
                .add(new JsonObject().put("id", "unit").put("metric", "wrong"))
                .add(conversion("decision", "wrong", "u").put("decision", forged))
                .add(conversion("decision", "wrong", "u").put("decision", "d1."))
                .add(conversion("colour", "wrong", "u").put("colour", "red"))
                .add(new JsonObject().put("id", "metric").put("unit", "u"))
                .add(conversion("reverses", "wrong", "u").put("reverses", "reverses"))
                .add("no object")
                .add(conversion("good-2", "wrong", "u")
                        .put("at", now.plus(Duration.ofMinutes(8)).toString()))
                .add(conversion("good-3", "wrong", "u")
                        .put("at", now.minus(Duration.ofMinutes(8)).toString()))
                .add(new JsonObject().put("id", "good-4").put("metric", "wrong").put("decision", token));

        JsonObject answer = api.report(batch).with(202).json();

        assertThat(answer.getInteger("accepted")).isEqualTo(4);
        assertThat(answer.getInteger("duplicates")).isZero();
        assertThat(answer.getInteger("refused")).isEqualTo(batch.size() - 4);
        for (int i = 0; i < batch.size(); i++) {
            JsonObject item = answer.getJsonArray("items").getJsonObject(i);
            assertThat(item.getInteger("index")).isEqualTo(i);
            String id = batch.getValue(i) instanceof JsonObject each ? each.getString("id") : "";
            if (id.startsWith("good")) {
                assertThat(item.getString("status")).isEqualTo("accepted");
            } else {
                assertThat(item.getString("status")).as("%s", batch.getValue(i)).isEqualTo("refused");
                assertThat(item.getString("field")).as("%s", item).isEqualTo(id);
            }
        }
        site.books().settled();
        assertThat(site.books().totals("wrong")).containsExactly("1", "1", "4", "100");
    }

    @Test
    void conversion_refusedAlone_isAProblemNamingTheField() {
        api.decide("shop", "alone");

        JsonObject problem = api.report(
                        conversion("p", "purchase", "alone").put("value", -1).put("currency", "EUR"))
                .with(422)
                .json();

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("value");
    }

    @Test
    void conversions_asLines_areJudgedLineByLine() {
        start("lines", "lines");
        api.decide("lines", "u");
        String body = conversion("l1", "lines", "u").encode() + "\n\nnot json\n"
                + conversion("l2", "lines", "u").encode() + "\n";

        JsonObject answer = api.send(
                        "POST",
                        "/v1/conversions",
                        BodyPublishers.ofString(body),
                        "Content-Type",
                        "application/x-ndjson")
                .with(202)
                .json();

        assertThat(answer.getInteger("accepted")).isEqualTo(2);
        assertThat(answer.getJsonArray("items").getJsonObject(1).getString("status"))
                .isEqualTo("refused");
    }

    @Test
    void conversion_outsideTheWindow_isRefusedByTokenAndByUnit() {
        api.start(Definitions.of("short", "a", "b")
                .put("objective", new JsonObject().put("metric", "short").put("window", "PT1M")));
        String token = api.decide("short", "u").getString("decision");
        String late = Instant.parse(site.sql()
                        .value("select to_char((max(decided_at) + interval '61 seconds')"
                                + " at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from decisions d"
                                + " join experiments e on e.id = d.experiment where e.key = 'short'"))
                .toString();

        JsonObject answer = api.report(new JsonArray()
                        .add(conversion("w1", "short", "u").put("at", late))
                        .add(new JsonObject()
                                .put("metric", "short")
                                .put("decision", token)
                                .put("at", late))
                        .add(conversion("w3", "short", "u")))
                .with(202)
                .json();

        assertThat(answer.getInteger("accepted")).isEqualTo(1);
        assertThat(answer.getJsonArray("items").getJsonObject(0).getString("field"))
                .isEqualTo("at");
        assertThat(answer.getJsonArray("items").getJsonObject(1).getString("field"))
                .isEqualTo("at");
    }

    @Test
    void conversion_inTheCurrencyOfItsOwnExperiment_isAcceptedWhereAnotherHasAnotherCurrency() {
        for (String currency : List.of("EUR", "USD")) {
            api.start(Definitions.of("in-" + currency, "a", "b")
                    .put("objective", new JsonObject().put("metric", "abroad").put("currency", currency)));
        }
        api.decide("in-EUR", "european");
        String token = api.decide("in-USD", "american").getString("decision");
        api.decide("in-EUR", "traveller");
        api.decide("in-USD", "traveller");
        JsonArray batch = new JsonArray()
                .add(conversion("e", "abroad", "european").put("value", 5).put("currency", "EUR"))
                .add(conversion("currency", "abroad", "european")
                        .put("value", 5)
                        .put("currency", "USD"))
                .add(conversion("a", "abroad", "american").put("value", 6).put("currency", "USD"))
                .add(conversion("currency", "abroad", "american")
                        .put("value", 6)
                        .put("currency", "EUR"))
                .add(conversion("t", "abroad", "american")
                        .put("decision", token)
                        .put("value", 7)
                        .put("currency", "USD"))
                .add(conversion("both", "abroad", "traveller").put("value", 8).put("currency", "EUR"))
                .add(new JsonObject()
                        .put("id", "part of both")
                        .put("metric", "abroad")
                        .put("reverses", "both")
                        .put("value", 3)
                        .put("currency", "EUR"));

        JsonObject answer = api.report(batch).with(202).json();

        assertThat(answer.getInteger("accepted")).isEqualTo(5);
        assertThat(answer.getJsonArray("items").getJsonObject(1).getString("field"))
                .isEqualTo("currency");
        assertThat(answer.getJsonArray("items").getJsonObject(3).getString("field"))
                .isEqualTo("currency");
        site.books().settled();
        assertThat(site.books().totals("in-EUR")).containsExactly("2", "2", "2", "1000");
        assertThat(site.books().totals("in-USD")).containsExactly("2", "2", "3", "1300");
    }

    private static void start(String experiment, String metric) {
        api.start(Definitions.counting(metric, Definitions.of(experiment, "a", "b")));
    }

    private static JsonObject conversion(String id, String metric, String unit) {
        return new JsonObject().put("id", id).put("metric", metric).put("unit", unit);
    }

    private static boolean knows(Api node, String experiment) {
        return node.decide(new JsonObject()
                        .put("unit", "anybody")
                        .put("experiments", new JsonArray().add(experiment))
                        .put("record", false))
                .getJsonArray("decisions")
                .getJsonObject(0)
                .getString("reason", "")
                .equals("preview");
    }
}
