package dev.bandolier.loadtest.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// An experiment as the server describes it.
///
/// @param key      name of the experiment
/// @param state    `draft`, `running`, `paused` or `ended`
/// @param metric   name of the conversion that counts
/// @param kind     `conversion`, `revenue` or `count`
/// @param holdout  share of visitors that get control and teach nothing
/// @param arms     keys of the arms, in order
/// @param snapshot what is served and, as far as the server tells it apart, what is counted and believed by now; empty
///                 before it was started
public record ExperimentView(
        String key,
        String state,
        String metric,
        String kind,
        double holdout,
        List<String> arms,
        Optional<SnapshotView> snapshot) {

    /// A defensive copy of the arms.
    public ExperimentView {
        arms = List.copyOf(arms);
    }

    /// An experiment as it stands in JSON.
    public static ExperimentView of(JsonObject json) {
        JsonObject objective = json.getJsonObject("objective");
        return new ExperimentView(
                json.getString("key"),
                json.getString("state"),
                objective.getString("metric"),
                objective.getString("kind", "conversion"),
                json.getDouble("holdout", 0.0),
                json.getJsonArray("arms").stream()
                        .map(arm -> ((JsonObject) arm).getString("key"))
                        .toList(),
                Optional.ofNullable(json.getJsonObject("standing"))
                        .or(() -> Optional.ofNullable(json.getJsonObject("snapshot")))
                        .map(SnapshotView::of));
    }
}
