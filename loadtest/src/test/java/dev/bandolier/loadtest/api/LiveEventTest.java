package dev.bandolier.loadtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveEventTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123456Z");

    @Test
    void of_eachKindThatMatters_readsItsData() {
        assertThat(LiveEvent.of("snapshot", snapshot(3).encode())).contains(new LiveEvent.Published(view(3)));
        assertThat(LiveEvent.of("standing", snapshot(4).encode())).contains(new LiveEvent.Stood(view(4)));
        assertThat(LiveEvent.of("learned", "{\"through\":\"" + AT + "\",\"at\":\"" + AT + "\"}"))
                .contains(new LiveEvent.Learned(AT));
    }

    @Test
    void of_aKindThatDoesNotMatter_isPassedOver() {
        assertThat(LiveEvent.of("experiment", "{}")).isEmpty();
        assertThat(LiveEvent.of("something new", "not even JSON")).isEmpty();
    }

    @Test
    void experiment_withAStanding_prefersItToTheSnapshot() {
        JsonObject json = new JsonObject()
                .put("key", "demo")
                .put("state", "running")
                .put("objective", JsonObject.of("metric", "purchase"))
                .put("arms", JsonArray.of(JsonObject.of("key", "a")))
                .put("snapshot", snapshot(3));
        assertThat(ExperimentView.of(json).snapshot()).contains(view(3));
        assertThat(ExperimentView.of(json.copy().putNull("standing")).snapshot())
                .contains(view(3));
        assertThat(ExperimentView.of(json.copy().put("standing", snapshot(5))).snapshot())
                .contains(view(5));
        assertThat(ExperimentView.of(json.copy().putNull("snapshot")).snapshot())
                .isEqualTo(Optional.empty());
    }

    @Test
    void snapshot_ofGuardrails_namesTheArmsThatTheyPaused() {
        JsonObject harmful = JsonObject.of("kind", "arm-harmful", "arm", "b", "note", "'b' was paused");
        JsonObject suspected = JsonObject.of("kind", "arm-suspected", "arm", "c", "note", "'c' looks worse");
        JsonObject guarded = snapshot(3).put("guard", JsonObject.of("verdicts", JsonArray.of(suspected, harmful)));

        assertThat(SnapshotView.of(guarded).harmful()).containsExactly(new SnapshotView.Harmful("b", "'b' was paused"));
    }

    private static JsonObject snapshot(long conversions) {
        JsonObject posterior = JsonObject.of("kind", "beta", "mean", 0.05, "lower", 0.04, "upper", 0.06);
        JsonObject arm = JsonObject.of(
                "arm", "a", "share", 1, "exposures", 100, "conversions", conversions, "posterior", posterior);
        return JsonObject.of("experiment", "demo", "version", 7, "at", AT.toString(), "arms", JsonArray.of(arm));
    }

    private static SnapshotView view(long conversions) {
        SnapshotView.ArmView arm = new SnapshotView.ArmView("a", 1, 100, conversions, 0.05, 0.04, 0.06);
        return new SnapshotView("demo", 7, AT, List.of(arm), List.of());
    }
}
