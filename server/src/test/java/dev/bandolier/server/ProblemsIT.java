package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong is told as a problem document that says what to mend.
final class ProblemsIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        api.start(Definitions.of("hero", "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "\"text\"", "{\"experiment\":\"hero\",\"unit\":\"u\"} {}", "{\"unit\":\"u"
            })
    void ask_thatIsNoJsonObject_is400(String body) {
        problem(400, api.post("/v1/decisions", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "\"text\"", "[]", "17"})
    void conversions_thatAreNoJson_are400(String body) {
        problem(400, api.post("/v1/conversions", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null"})
    void definition_thatIsNoJsonObject_is400(String body) {
        problem(400, api.post("/v1/experiments", body));
    }

    @Test
    void body_nestedTooDeep_is400() {
        String deep =
                "{\"experiment\":\"hero\",\"unit\":\"u\",\"context\":" + "{\"a\":".repeat(50) + "1" + "}".repeat(51);

        problem(400, api.post("/v1/decisions", deep));
    }

    @Test
    void body_tooLarge_is413AnnouncedOrNot() {
        String ask = "{\"experiment\":\"hero\",\"unit\":\"u\",\"context\":{\"x\":\"" + "x".repeat(70_000) + "\"}}";
        byte[] bytes = ask.getBytes(StandardCharsets.UTF_8);

        problem(413, api.post("/v1/decisions", ask));
        problem(
                413,
                api.send("POST", "/v1/decisions", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
        problem(413, api.post("/v1/conversions", " ".repeat(1 << 21)));
        assertThat(api.decide("hero", "still served").getString("arm")).isIn("a", "b");
    }

    @Test
    void conversions_moreThanAThousand_are413() {
        JsonArray many = new JsonArray();
        for (int i = 0; i <= 1_000; i++) {
            many.add(new JsonObject().put("metric", "purchase").put("unit", "u"));
        }

        problem(413, api.report(many));
    }

    @Test
    void conversions_ofAnotherMediaType_are415() {
        problem(415, api.send("POST", "/v1/conversions", BodyPublishers.ofString("<a/>"), "Content-Type", "text/xml"));
    }

    @Test
    void nothing_atAPath_is404AndAnotherMethod405() {
        problem(404, api.get("/v1/nothing"));
        problem(404, api.get("/v1/experiments/unknown"));
        problem(404, api.get("/v1/experiments/unknown/snapshots"));
        problem(404, api.get("/v1/experiments/unknown/report"));
        problem(404, api.post("/v1/experiments/unknown/start"));
        problem(404, api.post("/v1/experiments/hero/arms/z/pause"));
        problem(404, api.post("/v1/decisions", "{\"experiment\":\"unknown\",\"unit\":\"u\"}"));
        problem(405, api.send("DELETE", "/v1/experiments", BodyPublishers.noBody()));
        problem(405, api.get("/v1/conversions"));
    }

    @Test
    void ask_withWrongFields_namesThem() {
        assertThat(fields(api.post("/v1/decisions", "{\"experiment\":\"hero\"}")))
                .containsExactly("unit");
        assertThat(fields(api.post("/v1/decisions", "{\"unit\":\"u\"}"))).containsExactly("experiment");
        assertThat(fields(api.post("/v1/decisions", "{\"experiment\":\"hero\",\"unit\":7}")))
                .containsExactly("unit");
        assertThat(fields(api.post("/v1/decisions", "{\"experiment\":\"hero\",\"unit\":\"u\",\"colour\":1}")))
                .containsExactly("colour");
        assertThat(fields(api.post("/v1/decisions", "{\"experiment\":\"hero\",\"unit\":\"u\",\"eligible\":[1]}")))
                .containsExactly("eligible[0]");
    }

    @Test
    void definition_withWrongFields_namesEveryOne() {
        JsonObject definition = new JsonObject()
                .put("key", "wrong key")
                .put("sticky", "forever")
                .put("colour", "red")
                .put("floor", 0.7)
                .put("holdout", 1)
                .put(
                        "arms",
                        new JsonArray()
                                .add(new JsonObject().put("key", "a"))
                                .add(new JsonObject().put("key", "a").put("payload", "text"))
                                .add(7))
                .put(
                        "objective",
                        new JsonObject()
                                .put("kind", "happiness")
                                .put("window", "PT1S")
                                .put("delay", "soon")
                                .put("currency", "EURO")
                                .put("cap", "much")
                                .put("baseline", 1))
                .put("policy", new JsonObject().put("kind", "oracle"))
                .put("ceiling", 2)
                .put("controlFloor", -1)
                .put("newArmCeiling", 0)
                .put("warmUp", 0.5)
                .put("epochs", "often")
                .put("halfLife", "P1D")
                .put(
                        "guardrails",
                        new JsonObject().put("harm", "on").put("strict", 1).put("ramp", "steep"))
                .put("segments", new JsonObject().put("attribute", "").put("values", new JsonArray().add(7)));

        assertThat(fields(api.post("/v1/experiments", definition.encode())))
                .contains(
                        "key",
                        "sticky",
                        "colour",
                        "floor",
                        "holdout",
                        "arms",
                        "arms[1].key",
                        "arms[1].payload",
                        "arms[2]",
                        "objective.metric",
                        "objective.kind",
                        "objective.window",
                        "objective.delay",
                        "objective.currency",
                        "objective.cap",
                        "objective.baseline",
                        "policy.kind",
                        "ceiling",
                        "controlFloor",
                        "newArmCeiling",
                        "warmUp",
                        "epochs",
                        "halfLife",
                        "guardrails.harm",
                        "guardrails.strict",
                        "guardrails.ramp",
                        "segments.attribute",
                        "segments.values[0]");
    }

    @Test
    void definition_ofAKeyThatIsTaken_is409() {
        problem(
                409,
                api.post("/v1/experiments", Definitions.of("hero", "a", "b").encode()));
    }

    @Test
    void change_withoutOrWithAnOldRevision_is428Or412() {
        api.post("/v1/experiments", Definitions.of("etag", "a", "b").encode()).with(201);
        JsonObject change = new JsonObject().put("name", "New name");

        problem(428, api.send("PATCH", "/v1/experiments/etag", BodyPublishers.ofString(change.encode())));
        problem(400, api.patch("/v1/experiments/etag", "\"seven\"", change));
        problem(412, api.patch("/v1/experiments/etag", "\"9\"", change));
        Api.Answer changed = api.patch("/v1/experiments/etag", "\"1\"", change).with(200);
        assertThat(changed.header("ETag")).contains("\"2\"");
        assertThat(changed.json().getString("name")).isEqualTo("New name");
        problem(412, api.patch("/v1/experiments/etag", "\"1\"", change));
        problem(412, api.send("POST", "/v1/experiments/etag/start", BodyPublishers.noBody(), "If-Match", "\"1\""));
    }

    @Test
    void change_thatWouldSpoilARunningExperiment_isRefusedByName() {
        api.start(Definitions.of("spoil", "a", "b"));
        JsonObject change = new JsonObject()
                .put("unit", "account")
                .put("sticky", "none")
                .put("arms", Definitions.of("spoil", "b", "c").getJsonArray("arms"))
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "click")
                                .put("kind", "revenue")
                                .put("window", "P1D")
                                .put("currency", "USD")
                                .put("cap", 100))
                .put(
                        "segments",
                        new JsonObject().put("attribute", "device").put("values", new JsonArray().add("mobile")));

        assertThat(fields(api.patch("/v1/experiments/spoil", "\"2\"", change)))
                .containsOnly(
                        "unit",
                        "sticky",
                        "arms",
                        "objective.metric",
                        "objective.kind",
                        "objective.window",
                        "objective.currency",
                        "objective.cap",
                        "segments");
        api.patch("/v1/experiments/spoil", "\"2\"", new JsonObject().put("floor", 0.1))
                .with(200);
    }

    @Test
    void state_thatCannotFollow_is409() {
        api.post("/v1/experiments", Definitions.of("life", "a", "b").encode()).with(201);
        problem(409, api.post("/v1/experiments/life/pause"));
        problem(409, api.post("/v1/experiments/life/end"));
        api.command("life/start");
        problem(409, api.post("/v1/experiments/life/start"));
        problem(409, api.post("/v1/experiments/life/resume"));
        problem(409, api.send("DELETE", "/v1/experiments/life", BodyPublishers.noBody()));
        api.command("life/end");
        problem(409, api.post("/v1/experiments/life/resume"));
        api.send("DELETE", "/v1/experiments/life", BodyPublishers.noBody()).with(204);
        problem(404, api.get("/v1/experiments/life"));
    }

    @Test
    void key_ofADeletedExperiment_beginsAnewWithoutItsPast() {
        api.start(Definitions.of("again", "a", "b"));
        api.decide("again", "u");
        api.command("again/end");
        api.send("DELETE", "/v1/experiments/again", BodyPublishers.noBody()).with(204);

        api.start(Definitions.of("again", "a", "b"));

        assertThat(api.decide("again", "u").getString("reason")).isEqualTo("allocated");
    }

    @Test
    void history_withAWrongQuery_namesIt() {
        assertThat(fields(api.get("/v1/experiments/hero/snapshots?from=yesterday")))
                .containsExactly("from");
        assertThat(fields(api.get("/v1/experiments/hero/snapshots?points=1"))).containsExactly("points");
        JsonObject history =
                api.get("/v1/experiments/hero/snapshots?points=10").with(200).json();
        assertThat(history.getLong("total"))
                .isEqualTo(history.getJsonArray("snapshots").size());
    }

    private static void problem(int status, Api.Answer answer) {
        answer.with(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().getInteger("status")).isEqualTo(status);
        assertThat(answer.json().getString("title")).isNotBlank();
        assertThat(answer.json().getString("detail")).isNotBlank();
        assertThat(answer.json().getString("type")).isEqualTo("about:blank");
    }

    private static List<String> fields(Api.Answer answer) {
        problem(422, answer);
        return answer.json().getJsonArray("errors").stream()
                .map(each -> ((JsonObject) each).getString("field"))
                .toList();
    }
}
