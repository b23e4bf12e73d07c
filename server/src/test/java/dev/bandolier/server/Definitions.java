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
}
