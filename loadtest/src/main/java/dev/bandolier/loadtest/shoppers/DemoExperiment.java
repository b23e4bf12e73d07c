package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.CommandFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/// The experiment that shoppers visit if the server has none of the name: so many arms, one metric, Thompson
/// sampling, and guardrails that look soon.
final class DemoExperiment {

    private static final List<String> NAMES = List.of("classic", "video", "offer", "popup");

    /// As many arms as the API takes.
    private static final int ARMS_MAX = 100;

    /// Short, since exposures are looked at in parts of it: of two hours, nothing would be known within a minute.
    private static final Duration WINDOW_MIN = Duration.ofMinutes(10);

    private static final Duration WINDOW_MAX = Duration.ofHours(2);

    /// Of exponential delays, one in 10^26 is longer than so many means.
    private static final int MEANS_PER_WINDOW = 60;

    /// When the guardrail against harm first looks at an outcome: the earliest that the API takes.
    private static final Duration LOOK = Duration.ofMinutes(1);

    private DemoExperiment() {}

    /// Its definition as the API takes it.
    ///
    /// @param meanDelay mean time from decision to conversion, which its owner knows
    static JsonObject of(String key, int arms, Duration meanDelay) {
        if (arms < 2 || arms > ARMS_MAX) {
            throw new CommandFailure("--rates names " + arms + " arms; an experiment has 2 to " + ARMS_MAX);
        }
        Duration window = window(meanDelay);
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
                                .put("window", window.toString())
                                .put("delay", median(meanDelay, window).toString()))
                .put("policy", new JsonObject().put("kind", "thompson"))
                .put("guardrails", JsonObject.of("harm", JsonObject.of("window", LOOK.toString())))
                // Everybody takes part, so that the shares served are the shares allocated.
                .put("holdout", 0.0);
    }

    /// Half of the exponential delays of this mean are shorter.
    private static Duration median(Duration mean, Duration window) {
        long millis = Math.round(mean.toMillis() * Math.log(2));
        return Duration.ofMillis(Math.clamp(millis, 1, window.toMillis()));
    }

    private static Duration window(Duration mean) {
        long seconds = mean.multipliedBy(MEANS_PER_WINDOW).toSeconds();
        return Duration.ofSeconds(Math.clamp(seconds, WINDOW_MIN.toSeconds(), WINDOW_MAX.toSeconds()));
    }
}
