package dev.bandolier.loadtest.replay;

import dev.bandolier.loadtest.api.CommandFailure;
import dev.bandolier.loadtest.api.ExperimentView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/// The experiment that a log is replayed through: one arm for each item, nothing held back.
final class ReplayExperiment {

    /// The longest key that the API takes.
    private static final int KEY_LENGTH_MAX = 64;

    private ReplayExperiment() {}

    /// The key for a file: `replay-` and the file's name without its endings.
    static String key(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.gz$", "").replaceFirst("\\.csv$", "");
        String key = "replay-" + name.replaceAll("[^A-Za-z0-9._-]", "-");
        return key.length() <= KEY_LENGTH_MAX ? key : key.substring(0, KEY_LENGTH_MAX);
    }

    /// Its definition as the API takes it. The first arm is the control; no floor and no holdout, since both would
    /// take matches from the policy that is judged.
    static JsonObject of(String key, String policy, List<String> arms) {
        JsonArray definitions = new JsonArray();
        arms.forEach(arm -> definitions.add(new JsonObject().put("key", arm).put("control", definitions.isEmpty())));
        return new JsonObject()
                .put("key", key)
                .put("name", "Replay of a log")
                .put("arms", definitions)
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "click")
                                .put("kind", "conversion")
                                .put("window", "P7D"))
                .put("policy", new JsonObject().put("kind", policy))
                .put("floor", 0.0)
                .put("holdout", 0.0);
    }

    /// Refuses an experiment that cannot judge this log.
    static void check(ExperimentView experiment, List<String> arms) {
        List<String> missing =
                arms.stream().filter(arm -> !experiment.arms().contains(arm)).toList();
        if (!missing.isEmpty()) {
            throw new CommandFailure("experiment '" + experiment.key() + "' has no arm for " + missing
                    + " of the log; name another with --experiment");
        }
        if (experiment.holdout() > 0) {
            throw new CommandFailure("experiment '" + experiment.key() + "' holds back " + experiment.holdout()
                    + " of its visitors; a replay needs a holdout of 0");
        }
    }
}
