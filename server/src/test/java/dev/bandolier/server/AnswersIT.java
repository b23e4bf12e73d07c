package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every reason that an answer can give, and what is on record afterwards.
final class AnswersIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void newUnit_always_isAllocatedWithTokenPropensityAndVersion() {
        api.start(Definitions.of("plain", "a", "b"));

        JsonObject answer = api.decide("plain", "new");

        assertThat(answer.getString("reason")).isEqualTo("allocated");
        assertThat(answer.getDouble("propensity")).isEqualTo(0.5);
        assertThat(answer.getLong("version")).isEqualTo(1);
        assertThat(answer.getString("decision")).startsWith("d1.");
        assertThat(answer.getJsonObject("payload").getString("shows")).isEqualTo(answer.getString("arm"));
        assertThat(answer.getBoolean("control"))
                .isEqualTo(answer.getString("arm").equals("a"));
        assertThat(api.decide("plain", "new")).isEqualTo(answer.copy().put("reason", "sticky"));
    }

    @Test
    void eligible_ofANewUnit_narrowsTheDrawAndIsLogged() {
        api.start(Definitions.of("narrow", "a", "b", "c"));

        JsonObject one = api.decide(ask("narrow", "n1").put("eligible", new JsonArray().add("c")));
        JsonObject two = api.decide(ask("narrow", "n2").put("exclude", new JsonArray().add("c")));

        assertThat(one.getString("arm")).isEqualTo("c");
        assertThat(one.getDouble("propensity")).isEqualTo(1);
        assertThat(two.getString("arm")).isIn("a", "b");
        assertThat(two.getDouble("propensity")).isEqualTo(0.5);
        assertThat(site.sql()
                        .column("select eligible from decisions d join experiments e on e.id = d.experiment"
                                + " where e.key = 'narrow' order by decided_at"))
                .containsExactly("c", "a,b");
    }

    @Test
    void eligible_withoutTheArmOfAKnownUnit_servesControlUnrecorded() {
        api.start(Definitions.of("known", "a", "b"));
        api.decide(ask("known", "k").put("eligible", new JsonArray().add("b")));

        unrecorded("known", api.decide(ask("known", "k").put("exclude", new JsonArray().add("b"))), "not-eligible", 1);

        assertThat(api.decide("known", "k").getString("arm")).isEqualTo("b");
    }

    @Test
    void eligible_withoutAnyKnownArm_servesControlUnrecorded() {
        api.start(Definitions.of("nobody", "a", "b"));

        unrecorded("nobody", api.decide(ask("nobody", "x").put("eligible", new JsonArray())), "not-eligible", 0);
        unrecorded(
                "nobody", api.decide(ask("nobody", "x").put("eligible", new JsonArray().add("z"))), "not-eligible", 0);
    }

    /// Of 40 units, all or none would be held out in one of 2^39 runs.
    @Test
    void eligible_withoutAnyLiveArm_isDroppedByTheHoldoutAsByTheOthers() {
        api.start(Definitions.of("dropped", "a", "b").put("holdout", 0.5));
        api.command("dropped/arms/b/pause");
        for (String unit : Crowd.units("d", 40)) {
            unrecorded(
                    "dropped",
                    api.decide(ask("dropped", unit).put("eligible", new JsonArray().add("b"))),
                    "not-eligible",
                    0);
        }

        List<String> reasons = Crowd.each(4, Crowd.units("d", 40), unit -> api.decide("dropped", unit)).stream()
                .map(answer -> answer.getString("reason"))
                .toList();
        assertThat(reasons).contains("holdout", "allocated").containsOnly("holdout", "allocated");
    }

    @Test
    void consent_missing_servesControlUnrecorded() {
        api.start(Definitions.of("consent", "a", "b"));

        unrecorded("consent", api.decide(ask("consent", "c").put("consent", false)), "no-consent", 0);
    }

    @Test
    void force_ofAnArm_servesItUnrecorded() {
        api.start(Definitions.of("force", "a", "b"));

        JsonObject answer = api.decide(ask("force", "f").put("force", "b"));

        assertThat(answer.getString("arm")).isEqualTo("b");
        assertThat(answer.getString("reason")).isEqualTo("forced");
        assertThat(answer.getValue("decision")).isNull();
        assertThat(decisions("force")).isZero();
        JsonObject problem = api.post(
                        "/v1/decisions", ask("force", "f").put("force", "z").encode())
                .with(422)
                .json();
        assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("field"))
                .isEqualTo("force");
    }

    @Test
    void holdout_always_getsControlForCertainAndIsRecorded() {
        api.start(Definitions.of("held", "a", "b").put("holdout", 0.5));
        List<JsonObject> answers = Crowd.each(4, Crowd.units("h", 60), unit -> api.decide("held", unit));

        // One half of 60 units: none, or all, in one of 2^59 runs.
        assertThat(answers).extracting(each -> each.getString("reason")).contains("holdout", "allocated");
        assertThat(answers)
                .filteredOn(each -> each.getString("reason").equals("holdout"))
                .allSatisfy(each -> {
                    assertThat(each.getString("arm")).isEqualTo("a");
                    assertThat(each.getDouble("propensity")).isEqualTo(1);
                });
        for (int i = 0; i < answers.size(); i++) {
            boolean held = answers.get(i).getString("reason").equals("holdout");
            JsonObject again = api.decide("held", "h" + i);
            assertThat(again.getString("reason")).isEqualTo(held ? "holdout" : "sticky");
            assertThat(again.getString("arm")).isEqualTo(answers.get(i).getString("arm"));
        }
        assertThat(decisions("held")).isEqualTo(60);
    }

    @Test
    void preview_thenAsk_givesTheSameArmAndKeepsOne() {
        api.start(Definitions.of("preview", "a", "b", "c"));

        for (String unit : Crowd.units("v", 40)) {
            JsonObject preview = api.decide(ask("preview", unit).put("record", false));
            assertThat(preview.getString("reason")).isEqualTo("preview");
            assertThat(preview.getValue("decision")).isNull();
            assertThat(preview.getValue("propensity")).isNull();
            assertThat(api.decide("preview", unit).getString("arm")).isEqualTo(preview.getString("arm"));
        }
        assertThat(decisions("preview")).isEqualTo(40);
    }

    @Test
    void experiment_thatDoesNotRun_servesControlUnrecordedAndSaysSo() {
        api.post("/v1/experiments", Definitions.of("states", "a", "b").encode()).with(201);

        unrecorded("states", api.decide("states", "s"), "not-running", 0);
        api.command("states/start");
        api.decide("states", "s");
        api.command("states/pause");
        unrecorded("states", api.decide("states", "s"), "not-running", 1);
        api.command("states/resume");
        assertThat(api.decide("states", "s").getString("reason")).isEqualTo("sticky");
        api.command("states/end");
        unrecorded("states", api.decide("states", "s"), "not-running", 1);
    }

    @Test
    void arms_allPaused_serveControlUnrecorded() {
        api.start(Definitions.of("dead", "a", "b"));
        api.decide("dead", "before");
        api.command("dead/arms/a/pause");
        api.command("dead/arms/b/pause");

        unrecorded("dead", api.decide("dead", "before"), "not-eligible", 1);
        unrecorded("dead", api.decide("dead", "after"), "not-eligible", 1);
    }

    @Test
    void experiments_askedTogether_areAnsweredEachForItself() {
        api.start(Definitions.of("first", "a", "b"));
        api.start(Definitions.of("second", "x", "y"));
        JsonArray asked = new JsonArray().add("first").add("none").add("second");

        JsonArray answers = api.decide(new JsonObject().put("unit", "u").put("experiments", asked))
                .getJsonArray("decisions");

        assertThat(answers.size()).isEqualTo(3);
        assertThat(answers.getJsonObject(0).getString("arm")).isIn("a", "b");
        assertThat(answers.getJsonObject(1).getString("experiment")).isEqualTo("none");
        assertThat(answers.getJsonObject(1).getJsonObject("problem").getInteger("status"))
                .isEqualTo(404);
        assertThat(answers.getJsonObject(2).getString("arm")).isIn("x", "y");
    }

    @Test
    void experiment_askedTwiceInOneRequest_isDecidedOnce() {
        api.start(Definitions.of("twice", "a", "b"));

        JsonArray answers = api.decide(new JsonObject()
                        .put("unit", "u")
                        .put("experiments", new JsonArray().add("twice").add("twice")))
                .getJsonArray("decisions");

        assertThat(answers.getJsonObject(0).getString("decision"))
                .isEqualTo(answers.getJsonObject(1).getString("decision"));
        assertThat(decisions("twice")).isEqualTo(1);
    }

    private static JsonObject ask(String experiment, String unit) {
        return new JsonObject().put("experiment", experiment).put("unit", unit);
    }

    private static void unrecorded(String experiment, JsonObject answer, String reason, long decisions) {
        assertThat(answer.getString("reason")).isEqualTo(reason);
        assertThat(answer.getBoolean("control")).isTrue();
        assertThat(answer.getValue("propensity")).isNull();
        assertThat(answer.getValue("decision")).isNull();
        assertThat(decisions(experiment)).isEqualTo(decisions);
    }

    private static long decisions(String experiment) {
        return site.sql()
                .number(
                        "select count(*) from decisions d join experiments e on e.id = d.experiment where e.key = ?",
                        experiment);
    }
}
