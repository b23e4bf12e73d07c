package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;

/// A shop's own back end as a source: its deliveries are taken as they are, and what they belong to is found later.
final class ShopSource {

    /// Its key.
    static final String KEY = "shop";

    private static final String SECRET = "a secret that only the shop knows";

    private ShopSource() {}

    /// Sets the source up.
    static void setUp(Api api) {
        JsonObject source = new JsonObject()
                .put("key", KEY)
                .put("kind", "json")
                .put("options", new JsonObject().put("signature", "bearer"))
                .put("secret", SECRET);
        api.post("/v1/sources", source.encode()).with(201);
    }

    /// Delivers conversions in one request.
    static Api.Answer deliver(Api api, JsonArray conversions) {
        return api.send(
                "POST",
                "/v1/webhooks/" + KEY,
                BodyPublishers.ofString(conversions.encode()),
                "Authorization",
                "Bearer " + SECRET);
    }
}
