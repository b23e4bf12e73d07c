package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The audit log, narrowed to what somebody looks for.
final class AuditIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        for (String key : List.of("hero", "cart")) {
            api.start(Definitions.of(key, "a", "b"));
            as("kim", key + "/pause");
            as("lee", key + "/resume");
            as("kim", key + "/arms/b/pause");
        }
    }

    @Test
    void entries_ofAnActor_areThoseAlone() {
        assertThat(actions("actor=kim")).containsExactly("pause-arm", "pause", "pause-arm", "pause");
        assertThat(actions("actor=nobody")).isEmpty();
    }

    @Test
    void entries_ofAnAction_areThoseAlone() {
        assertThat(actions("action=resume")).containsExactly("resume", "resume");
    }

    @Test
    void entries_withAText_areFoundWhateverTheCaseAndWhereverItStands() {
        assertThat(actions("text=ARM%20%27B%27")).containsExactly("pause-arm", "pause-arm");
        assertThat(actions("text=Lee")).containsExactly("resume", "resume");
        assertThat(actions("text=car&action=create")).containsExactly("create");
        assertThat(actions("text=%25")).isEmpty();
    }

    @Test
    void entries_narrowedByAll_arePagedAsOthers() {
        JsonObject page = api.get("/v1/audit?experiment=hero&actor=kim&text=paused&limit=1")
                .with(200)
                .json();

        assertThat(page.getJsonArray("entries").getJsonObject(0).getString("action"))
                .isEqualTo("pause-arm");
        String rest = "experiment=hero&actor=kim&text=paused&limit=1&before=" + page.getLong("next");
        assertThat(actions(rest)).containsExactly("pause");
        assertThat(api.get("/v1/audit?" + rest).json().getValue("next")).isNull();
    }

    @Test
    void text_thatIsTooLong_isRefused() {
        api.get("/v1/audit?text=" + "x".repeat(201)).with(422);
    }

    private static void as(String actor, String path) {
        api.send("POST", "/v1/experiments/" + path, BodyPublishers.noBody(), "Bandolier-Actor", actor)
                .with(200);
    }

    private static List<String> actions(String query) {
        return api.get("/v1/audit?" + query).with(200).json().getJsonArray("entries").stream()
                .map(each -> ((JsonObject) each).getString("action"))
                .toList();
    }
}
