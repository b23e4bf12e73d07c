package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pictures of allocations, held against the log of snapshots as plain SQL reads it.
final class SparksIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        new Planted(site.sql()).withoutLearner();
    }

    @Test
    void spark_ofALongHistory_goesFromWhatWasInForceToNowAtEvenDistances() {
        api.start(Definitions.of("long", "a", "b"));
        plant("long", "20 days", "1 hour", 480);

        JsonObject answer = api.get("/v1/sparks?points=7&days=5").with(200).json();

        JsonObject spark = spark(answer, "long").orElseThrow();
        List<Long> versions = versions("long", spark);
        long inForce = site.sql()
                .number(
                        "select max(s.version) from snapshots s join experiments e on e.id = s.experiment"
                                + " where e.key = 'long' and s.made_at <= ?::timestamptz",
                        answer.getString("from"));
        assertThat(versions).hasSize(7).first().isEqualTo(inForce);
        assertThat(versions).last().isEqualTo(481L);
        for (int i = 1; i < versions.size(); i++) {
            assertThat((double) versions.get(i) - versions.get(i - 1)).isBetween(19.0, 21.0);
        }
        assertThat(inForce).isBetween(359L, 362L);
        assertThat(spark.getJsonArray("shares").getJsonArray(0)).hasSize(2);
        assertThat(spark.getJsonArray("shares").getJsonArray(6)).isEqualTo(shares("long", 481));
    }

    @Test
    void spark_ofAQuietExperiment_hasWhatHasBeenInForceAllTheTime() {
        api.start(Definitions.of("quiet", "a", "b"));
        plant("quiet", "60 days", "1 hour", 3);

        JsonObject spark = spark(api.get("/v1/sparks?points=8&days=5").with(200).json(), "quiet")
                .orElseThrow();

        assertThat(versions("quiet", spark)).containsExactly(4L);
    }

    @Test
    void spark_ofFewSnapshots_hasThemAllOnce() {
        api.start(Definitions.of("short", "a", "b"));
        plant("short", "2 days", "1 hour", 4);

        JsonObject spark = spark(api.get("/v1/sparks?points=9&days=5").with(200).json(), "short")
                .orElseThrow();

        assertThat(versions("short", spark)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void spark_beforeAnArmWasAdded_hasNothingOfIt() {
        api.start(Definitions.of("grown", "a", "b"));
        Api.Answer known = api.get("/v1/experiments/grown").with(200);
        JsonArray arms = known.json().getJsonArray("arms").copy().add(new JsonObject().put("key", "c"));
        api.patch("/v1/experiments/grown", known.header("ETag").orElseThrow(), new JsonObject().put("arms", arms))
                .with(200);

        JsonObject spark = spark(
                        api.get("/v1/sparks?points=10&days=5").with(200).json(), "grown")
                .orElseThrow();

        assertThat(spark.getJsonArray("arms")).isEqualTo(JsonArray.of("a", "b", "c"));
        assertThat(spark.getJsonArray("shares").getJsonArray(0).getDouble(2)).isZero();
    }

    @Test
    void experiment_thatWasNotStartedOrIsGone_hasNoSpark() {
        api.post("/v1/experiments", Definitions.of("draft", "a", "b").encode()).with(201);

        assertThat(spark(api.get("/v1/sparks?points=11").with(200).json(), "draft"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"points=1", "points=201", "points=x", "days=0", "days=91", "days="})
    void question_outOfRange_isRefusedByName(String query) {
        JsonObject problem = api.get("/v1/sparks?" + query).with(422).json();

        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    /// Dates the first snapshot back and puts so many after it, each with other shares.
    private static void plant(String experiment, String ago, String apart, int more) {
        site.sql().update("""
            update snapshots set made_at = now() - ?::interval
            where experiment = (select id from experiments where key = ?)
            """, ago, experiment);
        site.sql().update("""
            insert into snapshots (experiment, version, made_at, revision, body)
            select s.experiment, s.version + i, s.made_at + i * ?::interval, s.revision,
              jsonb_set(jsonb_set(s.body, '{arms,0,share}', to_jsonb(round(i / 1000.0, 4))),
                '{arms,1,share}', to_jsonb(round(1 - i / 1000.0, 4)))
            from snapshots s, generate_series(1, ?) as i
            where s.experiment = (select id from experiments where key = ?) and s.version = 1
            """, apart, more, experiment);
    }

    private static Optional<JsonObject> spark(JsonObject answer, String experiment) {
        return answer.getJsonArray("sparks").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("experiment").equals(experiment))
                .findFirst();
    }

    private static List<Long> versions(String experiment, JsonObject spark) {
        List<Long> versions = new ArrayList<>();
        for (Object at : spark.getJsonArray("at")) {
            versions.add(site.sql()
                    .number(
                            "select version from snapshots s join experiments e on e.id = s.experiment"
                                    + " where e.key = ? and made_at = ?::timestamptz",
                            experiment,
                            Instant.parse((String) at).toString()));
        }
        return versions;
    }

    private static JsonArray shares(String experiment, long version) {
        return new JsonArray(site
                .sql()
                .column(
                        "select arm ->> 'share' from snapshots s join experiments e on e.id = s.experiment,"
                                + " jsonb_array_elements(body -> 'arms') as arm where e.key = ? and version = ?",
                        experiment,
                        version)
                .stream()
                .map(Double::valueOf)
                .toList());
    }
}
