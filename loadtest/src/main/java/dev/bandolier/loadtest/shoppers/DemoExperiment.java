package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.CommandFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/// The experiment that shoppers visit if the server has none of the name: so many arms, one metric, Thompson
/// sampling.
final class DemoExperiment {

    private static final List<String> NAMES = List.of("classic", "video", "offer");

    /// As many arms as the API takes.
    private static final int ARMS_MAX = 100;

    private static final Duration WINDOW = Duration.ofHours(2);

    private DemoExperiment() {}

    /// Its definition as the API takes it.
    ///
    /// @param meanDelay mean time from decision to conversion, which its owner knows
    static JsonObject of(String key, int arms, Duration meanDelay) {
        if (arms < 2 || arms > ARMS_MAX) {
            throw new CommandFailure("--rates names " + arms + " arms; an experiment has 2 to " + ARMS_MAX);
        }
        JsonArray definitions = new JsonArray();
        for (int arm = 0; arm < arms; arm++) {
            String name = arm < NAMES.size() ? NAMES.get(arm) : "arm-" + (arm + 1);
            definitions.add(new JsonObject().put("key", name).put("control", arm == 0));
        }
        return new JsonObject()
                .put("key", key)
                .put("name", "Simulated shoppers")
                .put("arms", definitions)
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "purchase")
                                .put("kind", "conversion")
                                .put("window", WINDOW.toString())
                                .put("delay", median(meanDelay).toString()))
                .put("policy", new JsonObject().put("kind", "thompson"))
                // Everybody takes part, so that the shares served are the shares allocated.
                .put("holdout", 0.0);
    }

    /// Half of the exponential delays of this mean are shorter.
    private static Duration median(Duration mean) {
        long millis = Math.round(mean.toMillis() * Math.log(2));
        return Duration.ofMillis(Math.clamp(millis, 1, WINDOW.toMillis()));
    }
}
