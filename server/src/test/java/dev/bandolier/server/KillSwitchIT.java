package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is turned off on one node is off on every node, within a second.
@Timeout(120)
final class KillSwitchIT {

    private static final String PATH = "/v1/kill-switch";
    private static final Duration AT_MOST = Duration.ofSeconds(1);
    private static final int TURNS = 10;

    @AutoClose
    private static Site site;

    private static Api near;
    private static Api far;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        near = site.node();
        far = site.node();
        near.start(Definitions.of("hero", "a", "b"));
        near.start(Definitions.of("every-time", "a", "b").put("sticky", "none"));
        near.post("/v1/experiments", Definitions.of("draft", "a", "b").encode()).with(201);
        Eventually.holds(
                "served by both",
                Duration.ofSeconds(10),
                () -> far.get("/v1/experiments")
                                .json()
                                .getJsonArray("experiments")
                                .size()
                        == 3);
    }

    @Test
    void killSwitch_turned_isServedByAnotherNodeWithinASecond() {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            took.add(until("killed", () -> engage(near, "turn"), answer -> isKilled(answer, "every-time")));
            took.add(until("served", () -> release(near), answer -> !isKilled(answer, "every-time")));
        }

        assertWithinASecond("kill switch", took);
    }

    @Test
    void arm_pausedOrResumed_isSoOnAnotherNodeWithinASecond() {
        near.start(Definitions.of("arms", "a", "b").put("sticky", "none"));
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            took.add(until(
                    "b paused",
                    () -> near.command("arms/arms/b/pause"),
                    api -> status(api).equals("paused")));
            assertThat(far.decide("arms", "u" + i).getString("arm")).isEqualTo("a");
            took.add(until(
                    "b live",
                    () -> near.command("arms/arms/b/resume"),
                    api -> status(api).equals("live")));
        }

        assertWithinASecond("pause of an arm", took);
    }

    @Test
    void experiment_pausedOrResumed_isSoOnAnotherNodeWithinASecond() {
        near.start(Definitions.of("whole", "a", "b").put("sticky", "none"));
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < TURNS; i++) {
            took.add(until(
                    "paused",
                    () -> near.command("whole/pause"),
                    api -> reason(api, "whole").equals("not-running")));
            took.add(until(
                    "running",
                    () -> near.command("whole/resume"),
                    api -> reason(api, "whole").equals("allocated")));
        }

        assertWithinASecond("pause of an experiment", took);
    }

    @Test
    void killSwitch_engaged_winsOverEverything() {
        String unit = "known";
        String arm = near.decide("hero", unit).getString("arm");
        engage(near, "the checkout is broken");
        try {
            JsonObject ask = new JsonObject().put("experiment", "hero").put("unit", unit);
            assertKilled(near.decide(ask));
            assertKilled(near.decide(ask.copy().put("force", "b")));
            assertKilled(near.decide(ask.copy().put("force", "no such arm")));
            assertKilled(near.decide(ask.copy().put("record", false)));
            assertKilled(near.decide(ask.copy().put("consent", false)));
            assertKilled(near.decide(ask.copy().put("experiment", "draft")));
            assertKilled(near.decide("hero", "new"));
            assertThat(site.sql()
                            .number("select count(*) from decisions d join experiments e on e.id = d.experiment"
                                    + " where e.key = 'hero'"))
                    .isEqualTo(1);
        } finally {
            release(near);
        }
        assertThat(near.decide("hero", unit).getString("reason")).isEqualTo("sticky");
        assertThat(near.decide("hero", unit).getString("arm")).isEqualTo(arm);
        assertThat(near.decide("hero", "new").getString("reason")).isEqualTo("allocated");
    }

    @Test
    void killSwitch_turned_saysWhoAndWhyAndIsOnRecord() {
        JsonObject engaged = near.send(
                        "PUT",
                        PATH,
                        BodyPublishers.ofString("{\"reason\":\"a bad release\"}"),
                        "Bandolier-Actor",
                        "kim from the shop")
                .with(200)
                .json();
        JsonObject seen = far.get(PATH).with(200).json();
        JsonObject released = release(near);
        JsonObject again = release(near);

        assertThat(engaged.getString("actor")).isEqualTo("kim from the shop");
        assertThat(seen).isEqualTo(engaged);
        assertThat(released.getBoolean("engaged")).isFalse();
        assertThat(released.getString("actor")).isEqualTo("api");
        assertThat(released.containsKey("reason")).isFalse();
        assertThat(again).isEqualTo(released);
        List<JsonObject> entries = near.get("/v1/audit?limit=2").with(200).json().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
        assertThat(entries.get(0).getString("action")).isEqualTo("kill-switch-release");
        assertThat(entries.get(1).getString("action")).isEqualTo("kill-switch-engage");
        assertThat(entries.get(1).getString("actor")).isEqualTo("kim from the shop");
        assertThat(entries.get(1).getString("note")).endsWith("a bad release");
        assertThat(entries.get(1).getValue("experiment")).isNull();
    }

    @Test
    void killSwitch_turned_isToldLiveAndToNewReaders() {
        try (Feed feed = Feed.open(far, Optional.empty())) {
            engage(near, "told");
            try {
                Feed.Event event = feed.next("kill-switch");
                while (!"told".equals(event.data().getString("reason"))) {
                    event = feed.next("kill-switch");
                }
                assertThat(event.data().getBoolean("engaged")).isTrue();
                try (Feed late = Feed.open(far, Optional.empty())) {
                    Feed.Event first = late.next();
                    assertThat(first.name()).isEqualTo("kill-switch");
                    assertThat(first.data()).isEqualTo(event.data());
                }
            } finally {
                release(near);
            }
            assertThat(feed.next("kill-switch").data().getBoolean("engaged")).isFalse();
        }
    }

    /// How long it took from the beginning of a call on one node to its effect on the other.
    private static Duration until(String what, Runnable call, Predicate<Api> effective) {
        long from = System.nanoTime();
        call.run();
        while (!effective.test(far)) {
            if (System.nanoTime() - from > Duration.ofSeconds(20).toNanos()) {
                throw new AssertionError("never " + what);
            }
            Thread.onSpinWait();
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static void assertWithinASecond(String what, List<Duration> took) {
        System.getLogger("KillSwitchIT")
                .log(System.Logger.Level.INFO, "{0}: at most {1}, of {2}", what, Collections.max(took), took.size());
        assertThat(took).as(what).allSatisfy(each -> assertThat(each).isLessThan(AT_MOST));
    }

    private static boolean isKilled(Api api, String experiment) {
        return reason(api, experiment).equals("killed");
    }

    private static String reason(Api api, String experiment) {
        return api.decide(experiment, "somebody").getString("reason");
    }

    private static String status(Api api) {
        // The list is read from the board of the node, which is what it serves.
        return api.get("/v1/experiments").json().getJsonArray("experiments").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("key").equals("arms"))
                .map(each -> each.getJsonArray("arms").getJsonObject(1).getString("status"))
                .findFirst()
                .orElse("");
    }

    private static void assertKilled(JsonObject answer) {
        assertThat(answer.getString("reason")).isEqualTo("killed");
        assertThat(answer.getString("arm")).isEqualTo("a");
        assertThat(answer.getBoolean("control")).isTrue();
        assertThat(answer.getValue("decision")).isNull();
        assertThat(answer.getValue("propensity")).isNull();
    }

    private static JsonObject engage(Api api, String reason) {
        return api.send(
                        "PUT",
                        PATH,
                        BodyPublishers.ofString(
                                new JsonObject().put("reason", reason).encode()))
                .with(200)
                .json();
    }

    private static JsonObject release(Api api) {
        return api.send("DELETE", PATH, BodyPublishers.noBody()).with(200).json();
    }
}
