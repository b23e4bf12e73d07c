package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Definitions of experiments as owners write them.
final class Definitions {

    private Definitions() {}

    /// An experiment on purchases in euros: the first arm is control, nobody is held out.
    static JsonObject of(String key, String... arms) {
        JsonArray listed = new JsonArray();
        for (String arm : arms) {
            listed.add(new JsonObject()
                    .put("key", arm)
                    .put("control", listed.isEmpty())
                    .put("payload", new JsonObject().put("shows", arm)));
        }
        return new JsonObject()
                .put("key", key)
                .put("arms", listed)
                .put("objective", new JsonObject().put("metric", "purchase").put("currency", "EUR"))
                .put("holdout", 0);
    }

    /// The same with another metric.
    static JsonObject counting(String metric, JsonObject definition) {
        JsonObject copy = definition.copy();
        copy.getJsonObject("objective").put("metric", metric);
        return copy;
    }

    /// The same with metrics of which less is better.
    static JsonObject guarding(JsonObject definition, String... metrics) {
        JsonArray guarded = new JsonArray();
        for (String metric : metrics) {
            guarded.add(new JsonObject()
                    .put("metric", metric)
                    .put("direction", "lower")
                    .put("margin", 0.1));
        }
        return definition.copy().put("guardrails", new JsonObject().put("metrics", guarded));
    }
}
