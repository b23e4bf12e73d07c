package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A definition is kept as it was written, changed as far as its counts allow, and completed from the logs.
final class RedefinitionIT {

    private static final String ALL = "/v1/experiments";

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void definition_ofEveryField_isAnsweredAsItIsKept() {
        JsonObject definition = Definitions.of("whole", "a", "b")
                .put("objective", new JsonObject("""
                    {"metric":"whole","kind":"revenue","window":"P14D","delay":"PT12H","currency":"EUR",
                     "baseline":0.03,"cap":"250.00",
                     "attribution":{"touch":"token","orders":"first","grace":"PT36H","crossExperiment":true,
                                    "rates":{"USD":"0.92"}}}
                    """))
                .put("policy", new JsonObject().put("kind", "top-two").put("beta", 0.4))
                .put("prior", new JsonObject("""
                    {"kind":"warm-start","arms":{"a":{"exposures":100,"conversions":3,"orders":4,"value":"120.50"}},
                     "discount":0.5,"exposuresMax":1000}
                    """))
                .put("halfLife", "P30D")
                .put("segments", new JsonObject("{\"attribute\":\"device\",\"values\":[\"mobile\"]}"));

        JsonObject created = api.post(ALL, definition.encode()).with(201).json();

        assertThat(api.get(ALL + "/whole").with(200).json()).isEqualTo(created);
        for (String field : List.of("objective", "policy", "prior", "halfLife", "segments")) {
            assertThat(created.getValue(field)).as(field).isEqualTo(definition.getValue(field));
        }
        assertThat(created.getDouble("controlFloor")).isEqualTo(0.05);
        assertThat(api.patch(
                                ALL + "/whole",
                                "\"1\"",
                                new JsonObject().putNull("halfLife").putNull("segments"))
                        .with(200)
                        .json()
                        .fieldNames())
                .doesNotContain("halfLife", "segments");
    }

    @Test
    void arm_addedToAStartedExperiment_isMarkedWithTheTimeAndKeepsIt() {
        api.start(Definitions.of("grown", "a", "b"));
        JsonObject arms = new JsonObject()
                .put("arms", Definitions.of("grown", "a", "b", "c").getJsonArray("arms"));
        JsonObject forged = arms.copy();
        forged.getJsonArray("arms").getJsonObject(1).put("since", "2026-01-01T00:00:00Z");

        assertThat(fields(api.patch(ALL + "/grown", "\"2\"", forged))).containsExactly("arms[1].since");
        JsonArray grown =
                api.patch(ALL + "/grown", "\"2\"", arms).with(200).json().getJsonArray("arms");
        String since = grown.getJsonObject(2).getString("since");

        assertThat(since).isNotNull();
        assertThat(grown.getJsonObject(0).containsKey("since")).isFalse();
        // What was answered may be sent back, and leaving the time out does not lose it.
        api.patch(ALL + "/grown", "\"3\"", new JsonObject().put("arms", grown)).with(200);
        JsonArray again =
                api.patch(ALL + "/grown", "\"4\"", arms).with(200).json().getJsonArray("arms");
        assertThat(again.getJsonObject(2).getString("since")).isEqualTo(since);
        assertThat(fields(api.post(
                        ALL, Definitions.of("new", "a", "b").put("arms", grown).encode())))
                .containsExactly("arms[2].since");
    }

    @Test
    void change_ofWhatIsMadeOfTheCounts_isFreeOnceStarted() {
        api.start(Definitions.of("free", "a", "b"));
        JsonObject change = new JsonObject("""
            {"objective":{"metric":"purchase","currency":"EUR","delay":"PT1H","baseline":0.1},
             "policy":{"kind":"softmax"},"prior":{"kind":"informative"},"floor":0.05,"warmUp":0,
             "epochs":false,"halfLife":"P20D","holdout":0.1}
            """);

        JsonObject changed = api.patch(ALL + "/free", "\"2\"", change).with(200).json();

        assertThat(changed.getJsonObject("objective").getString("delay")).isEqualTo("PT1H");
        assertThat(changed.getJsonObject("prior").getDouble("cv")).isEqualTo(0.3);
    }

    @Test
    void warmStart_fromAnEarlierExperiment_freezesItsCounts() {
        api.start(Definitions.counting("warm", Definitions.of("first", "a", "b", "old")));
        for (String unit : Crowd.units("w", 30)) {
            api.decide("first", unit);
            api.report(new JsonObject().put("metric", "warm").put("unit", unit)).with(202);
        }
        site.books().settled();
        JsonObject later = Definitions.counting("warm", Definitions.of("second", "a", "b", "c"))
                .put("prior", new JsonObject().put("kind", "warm-start").put("experiment", "first"));

        JsonObject prior = api.post(ALL, later.encode()).with(201).json().getJsonObject("prior");

        Map<String, Object> arms = prior.getJsonObject("arms").getMap();
        assertThat(arms).containsOnlyKeys("a", "b");
        for (String arm : arms.keySet()) {
            JsonObject history = prior.getJsonObject("arms").getJsonObject(arm);
            assertThat(history.getLong("exposures")).isEqualTo(site.sql().number("""
                select count(*) from decisions where arm = ?
                  and experiment = (select id from experiments where key = 'first')
                """, arm));
            assertThat(history.getLong("conversions")).isEqualTo(history.getLong("exposures"));
        }
        // Frozen: what is counted later changes nothing, and a change of something else does not look again.
        api.decide("first", "one more");
        site.books().settled();
        JsonObject renamed = api.patch(ALL + "/second", "\"1\"", new JsonObject().put("name", "Second"))
                .with(200)
                .json();
        assertThat(renamed.getJsonObject("prior")).isEqualTo(prior);
        JsonObject forged = prior.copy();
        forged.getJsonObject("arms").getJsonObject("a").put("exposures", 1_000_000);
        assertThat(fields(api.patch(ALL + "/second", "\"2\"", new JsonObject().put("prior", forged))))
                .containsExactly("prior.arms");
    }

    @Test
    void draftWithFrozenCounts_ofAnotherObjectiveOrOtherArms_readsThemAgain() {
        api.start(Definitions.counting("source", Definitions.of("source", "a", "b", "c")));
        for (String unit : Crowd.units("s", 30)) {
            api.decide("source", unit);
        }
        site.books().settled();
        String draft = ALL + "/draft";
        JsonObject definition = warm(Definitions.counting("source", Definitions.of("draft", "a", "b")), "source");
        JsonObject first = api.post(ALL, definition.encode()).with(201).json();
        assertThat(frozen(first)).containsExactlyInAnyOrder("a", "b");

        // Not comparable any more: refused, whether the counts are sent back or not.
        JsonObject other = new JsonObject().put("objective", new JsonObject().put("metric", "elsewhere"));
        assertThat(fields(api.patch(draft, "\"1\"", other))).containsExactly("prior.experiment");
        assertThat(fields(api.patch(draft, "\"1\"", other.copy().put("prior", first.getJsonObject("prior")))))
                .containsExactly("prior.experiment");
        JsonObject valued = new JsonObject()
                .put("objective", first.getJsonObject("objective").copy().put("kind", "revenue"));
        assertThat(fields(api.patch(draft, "\"1\"", valued))).containsExactly("prior.experiment");

        // Comparable: read for the arms that are there now.
        JsonObject arms =
                new JsonObject().put("arms", Definitions.of("x", "a", "c").getJsonArray("arms"));
        JsonObject second = api.patch(draft, "\"1\"", arms).with(200).json();
        assertThat(frozen(second)).containsExactlyInAnyOrder("a", "c");
        // An objective that is sent as it was changes nothing, and neither does what the counts are not about.
        api.decide("source", "one more");
        site.books().settled();
        JsonObject same = new JsonObject()
                .put("objective", second.getJsonObject("objective").copy().put("baseline", 0.03));
        assertThat(api.patch(draft, "\"2\"", same).with(200).json().getJsonObject("prior"))
                .isEqualTo(second.getJsonObject("prior"));
    }

    @Test
    void draftWithCountsOfItsOwner_thatLosesAnArm_losesItsCounts() {
        JsonObject definition = Definitions.of("own", "a", "b", "c").put("prior", new JsonObject("""
            {"kind":"warm-start","arms":{"a":{"exposures":9,"conversions":1},"c":{"exposures":9,"conversions":2}}}
            """));
        api.post(ALL, definition.encode()).with(201);

        JsonObject changed = api.patch(
                        ALL + "/own",
                        "\"1\"",
                        new JsonObject()
                                .put("arms", Definitions.of("own", "a", "b").getJsonArray("arms")))
                .with(200)
                .json();

        assertThat(frozen(changed)).containsExactly("a");
    }

    @Test
    void startedWithFrozenCounts_thatWouldLoseAnArm_isRefusedByItsArmsAlone() {
        api.start(Definitions.counting("kept", Definitions.of("kept-source", "a", "b", "c")));
        for (String unit : Crowd.units("k", 30)) {
            api.decide("kept-source", unit);
        }
        site.books().settled();
        api.start(warm(Definitions.counting("kept", Definitions.of("kept", "a", "b", "c")), "kept-source"));

        JsonObject fewer =
                new JsonObject().put("arms", Definitions.of("kept", "a", "b").getJsonArray("arms"));
        assertThat(fields(api.patch(ALL + "/kept", "\"2\"", fewer))).containsExactly("arms");
    }

    private static Set<String> frozen(JsonObject experiment) {
        return experiment.getJsonObject("prior").getJsonObject("arms").fieldNames();
    }

    @Test
    void warmStart_fromWhatSaysNothing_isRefusedByName() {
        api.start(Definitions.counting("silent", Definitions.of("silent", "a", "b")));
        JsonObject itself = Definitions.of("itself", "a", "b");
        for (JsonObject each : List.of(
                warm(Definitions.of("k1", "a", "b"), "nowhere"),
                warm(itself, "itself"),
                // Another metric; another kind; nobody exposed.
                warm(Definitions.of("k2", "a", "b"), "silent"),
                warm(kind("count", Definitions.counting("silent", Definitions.of("k3", "a", "b"))), "silent"),
                warm(Definitions.counting("silent", Definitions.of("k4", "a", "b")), "silent"))) {
            assertThat(fields(api.post(ALL, each.encode()))).as(each.encode()).containsExactly("prior.experiment");
        }
    }

    @Test
    void revenueWithoutACap_isGivenOneFromTheLogOrNotStarted() {
        api.start(Definitions.counting("basket", Definitions.of("orders", "a", "b")));
        JsonObject revenue = kind("revenue", Definitions.counting("basket", Definitions.of("value", "a", "b")));
        api.post(ALL, revenue.encode()).with(201);

        assertThat(fields(api.post(ALL + "/value/start"))).containsExactly("objective.cap");
        JsonArray reports = new JsonArray();
        for (int i = 1; i <= 200; i++) {
            api.decide("orders", "v" + i);
            reports.add(new JsonObject()
                    .put("metric", "basket")
                    .put("unit", "v" + i)
                    .put("value", i)
                    .put("currency", "EUR"));
        }
        api.report(reports).with(202);

        JsonObject started = api.command("value/start");
        // Of the values 1.00 to 200.00, 99 % do not exceed 198.00.
        assertThat(started.getJsonObject("objective").getString("cap")).isEqualTo("198.00");
        JsonObject other = new JsonObject()
                .put("objective", started.getJsonObject("objective").copy().put("cap", 199));
        assertThat(fields(api.patch(ALL + "/value", "\"2\"", other))).containsExactly("objective.cap");
    }

    private static JsonObject kind(String kind, JsonObject definition) {
        definition.getJsonObject("objective").put("kind", kind);
        return definition;
    }

    private static JsonObject warm(JsonObject definition, String from) {
        return definition.put(
                "prior", new JsonObject().put("kind", "warm-start").put("experiment", from));
    }

    private static List<String> fields(Api.Answer answer) {
        return answer.with(422).json().getJsonArray("errors").stream()
                .map(each -> ((JsonObject) each).getString("field"))
                .toList();
    }
}
