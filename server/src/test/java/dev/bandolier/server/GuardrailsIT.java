package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Guardrails as their owner sees them: settings that can be changed, verdicts that are told, and a record of who decided
/// what.
@Timeout(60)
final class GuardrailsIT {

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
    void guardrails_ofARunningExperiment_canBeChangedAndTheChangeIsOnRecord() {
        api.start(Definitions.of("change", "a", "b"));
        JsonObject guardrails = new JsonObject()
                .put("strict", 0.05)
                .put(
                        "metrics",
                        new JsonArray()
                                .add(new JsonObject().put("metric", "refund").put("direction", "lower")));

        JsonObject changed = patch("change", new JsonObject().put("guardrails", guardrails))
                .with(200)
                .json();
        JsonObject dropped = patch("change", new JsonObject().putNull("guardrails"))
                .with(200)
                .json();

        assertThat(changed.getJsonObject("guardrails").getDouble("strict")).isEqualTo(0.05);
        assertThat(dropped.getJsonObject("guardrails").getJsonArray("metrics")).isEmpty();
        JsonObject entry = audit("change").get(1);
        assertThat(entry.getString("action")).isEqualTo("change");
        assertThat(entry.getString("note")).isEqualTo("changed guardrails");
        assertThat(entry.getJsonObject("detail").getJsonObject("before").fieldNames())
                .containsExactly("guardrails");
        assertThat(entry.getJsonObject("detail").getJsonObject("after").getJsonObject("guardrails"))
                .isEqualTo(changed.getJsonObject("guardrails"));
    }

    @Test
    void wordsOfTheServer_fromACaller_areTakenUnchangedOnly() {
        String time = "2026-11-21T10:00:00Z";
        JsonObject definition = Definitions.of("words", "a", "b");
        JsonObject thawed = definition.copy().put("guardrails", new JsonObject().put("thawedAt", time));
        JsonObject watched = definition.copy();
        watched.getJsonArray("arms").getJsonObject(1).put("watched", time);
        assertThat(api.post("/v1/experiments", thawed.encode()).with(422).text())
                .contains("guardrails.thawedAt");
        assertThat(api.post("/v1/experiments", watched.encode()).with(422).text())
                .contains("arms[1].watched");

        api.start(definition);
        api.command("words/thaw");
        assertThat(api.command("words/arms/b/resume")
                        .getJsonArray("arms")
                        .getJsonObject(1)
                        .fieldNames())
                .as("who resumes what was never paused sets nothing aside")
                .doesNotContain("watched");
        api.command("words/arms/b/pause");
        JsonObject now = api.command("words/arms/b/resume");

        String thawedAt = now.getJsonObject("guardrails").getString("thawedAt");
        String resumedAt = now.getJsonArray("arms").getJsonObject(1).getString("watched");
        assertThat(Instant.parse(thawedAt)).isBefore(Instant.parse(resumedAt));
        JsonObject same = new JsonObject()
                .put("arms", now.getJsonArray("arms"))
                .put("guardrails", now.getJsonObject("guardrails"));
        assertThat(words(patch("words", same).with(200).json())).containsExactly(thawedAt, resumedAt);
        JsonObject without = new JsonObject()
                .put("arms", definition.getJsonArray("arms"))
                .put("guardrails", new JsonObject().put("strict", 0.1));
        assertThat(words(patch("words", without).with(200).json())).containsExactly(thawedAt, resumedAt);
        assertThat(patch("words", new JsonObject().put("guardrails", new JsonObject().put("thawedAt", time)))
                        .with(422)
                        .text())
                .contains("guardrails.thawedAt");
        assertThat(patch("words", new JsonObject().put("arms", watched.getJsonArray("arms")))
                        .with(422)
                        .text())
                .contains("arms[1].watched");
    }

    @Test
    void arm_madeLiveByAChange_isWatchedAnewAndTold() {
        api.start(Definitions.of("live", "a", "b"));
        api.command("live/arms/b/pause");

        JsonArray arms = Definitions.of("live", "a", "b").getJsonArray("arms");
        arms.getJsonObject(1).put("status", "live");

        JsonObject changed =
                patch("live", new JsonObject().put("arms", arms)).with(200).json();

        assertThat(changed.getJsonArray("arms").getJsonObject(1).containsKey("watched"))
                .isTrue();
        assertThat(changed.getJsonArray("arms").getJsonObject(0).containsKey("watched"))
                .isFalse();
        assertThat(audit("live").getFirst().getString("note")).isEqualTo("changed arms; resumed arm 'b'");

        arms.getJsonObject(1).put("status", "paused");
        patch("live", new JsonObject().put("arms", arms)).with(200);
        assertThat(audit("live").getFirst().getString("note")).isEqualTo("changed arms; paused arm 'b'");
    }

    @Test
    void verdicts_thatBeginAndEnd_areToldShownAndKeptInTheHistory() {
        api.start(Definitions.of("verdict", "a", "b"));
        Planted planted = new Planted(site.sql());
        try (Feed feed = Feed.open(api, Optional.empty())) {
            planted.verdicts("verdict", Planted.HARMFUL);
            JsonObject began = feed.next("verdict").data();
            planted.verdicts("verdict", "[]");
            JsonObject ended = feed.next("verdict").data();

            assertThat(began.getString("experiment")).isEqualTo("verdict");
            JsonObject verdict = began.getJsonArray("began").getJsonObject(0);
            assertThat(verdict.getString("kind")).isEqualTo("arm-harmful");
            assertThat(verdict.getString("note"))
                    .startsWith("'b' was paused after 1,234 visitors: 3 of them had a 'sale'");
            assertThat(began.getJsonArray("ended")).isEmpty();
            assertThat(ended.getJsonArray("ended")).isEqualTo(began.getJsonArray("began"));
        }
        JsonArray history =
                api.get("/v1/experiments/verdict/snapshots").with(200).json().getJsonArray("snapshots");
        List<JsonObject> guards = history.stream()
                .map(each -> ((JsonObject) each).getJsonObject("guard"))
                .filter(each -> each != null && !each.getJsonArray("verdicts").isEmpty())
                .toList();
        assertThat(guards).hasSize(1);
        assertThat(guards.getFirst().fieldNames()).containsExactlyInAnyOrder("frozen", "verdicts");
    }

    @Test
    void arm_resumedAgainstAVerdict_isOnRecordWithWhatThatOverrides() {
        api.start(Definitions.of("override", "a", "b"));
        api.command("override/arms/b/pause");
        new Planted(site.sql()).verdicts("override", Planted.HARMFUL);
        Eventually.holds(
                "verdict served",
                Duration.ofSeconds(5),
                () -> api.get("/v1/experiments/override")
                                .json()
                                .getJsonObject("snapshot")
                                .getJsonObject("guard", new JsonObject())
                                .getJsonArray("verdicts", new JsonArray())
                                .size()
                        == 1);
        JsonObject report =
                api.get("/v1/experiments/override/report").with(200).json().getJsonObject("guardrails");

        JsonObject resumed = api.send(
                        "POST",
                        "/v1/experiments/override/arms/b/resume",
                        BodyPublishers.noBody(),
                        "Bandolier-Actor",
                        "kim")
                .with(200)
                .json();

        assertThat(report.getJsonObject("settings").getString("budget")).isEqualTo("default");
        assertThat(report.getJsonObject("guard").getJsonArray("verdicts")).hasSize(1);
        assertThat(resumed.getJsonArray("arms").getJsonObject(1).getString("status"))
                .isEqualTo("live");
        JsonObject entry = audit("override").getFirst();
        assertThat(entry.getString("actor")).isEqualTo("kim");
        assertThat(entry.getString("action")).isEqualTo("resume-arm");
        assertThat(entry.getString("note"))
                .isEqualTo("resumed arm 'b', which was paused by a guardrail since 2026-11-21T10:00:00Z");
        assertThat(entry.getJsonObject("detail")
                        .getJsonArray("overrides")
                        .getJsonObject(0)
                        .getString("kind"))
                .isEqualTo("arm-harmful");
    }

    @Test
    void everyChange_ofAnExperiment_isOnRecordPageByPage() {
        api.start(Definitions.of("diary", "a", "b"));
        for (String verb : List.of("arms/b/pause", "arms/b/resume", "pause", "resume", "thaw", "end")) {
            api.command("diary/" + verb);
        }
        api.send("DELETE", "/v1/experiments/diary", BodyPublishers.noBody()).with(204);

        assertThat(audit("diary"))
                .extracting(each -> each.getString("action"))
                .containsExactly(
                        "delete", "end", "thaw", "resume", "pause", "resume-arm", "pause-arm", "start", "create");
        JsonObject page =
                api.get("/v1/audit?experiment=diary&limit=4").with(200).json();
        assertThat(page.getJsonArray("entries")).hasSize(4);
        JsonObject rest = api.get("/v1/audit?experiment=diary&limit=5&before=" + page.getLong("next"))
                .with(200)
                .json();
        assertThat(rest.getJsonArray("entries").getJsonObject(0).getString("action"))
                .isEqualTo("pause");
        assertThat(rest.getJsonArray("entries").getJsonObject(4).getString("action"))
                .isEqualTo("create");
        assertThat(rest.getValue("next")).isNull();
    }

    @Test
    void change_thatIsRefused_leavesNoEntry() {
        api.post("/v1/experiments", Definitions.of("refused", "a", "b").encode())
                .with(201);

        api.post("/v1/experiments/refused/pause").with(409);
        api.post("/v1/experiments/refused/thaw").with(409);
        api.send("POST", "/v1/experiments/refused/start", BodyPublishers.noBody(), "Bandolier-Actor", "guardrail")
                .with(400);

        assertThat(audit("refused")).hasSize(1);
    }

    private static List<JsonObject> audit(String experiment) {
        return api.get("/v1/audit?experiment=" + experiment).with(200).json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static List<String> words(JsonObject experiment) {
        return List.of(
                experiment.getJsonObject("guardrails").getString("thawedAt"),
                experiment.getJsonArray("arms").getJsonObject(1).getString("watched"));
    }

    private static Api.Answer patch(String experiment, JsonObject change) {
        String tag = api.get("/v1/experiments/" + experiment).header("ETag").orElseThrow();
        return api.patch("/v1/experiments/" + experiment, tag, change);
    }
}
