package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A server with something on every page: experiments in every state, one of them with visitors, orders, segments and a
/// holdout, one with money, a source that had to refuse something.
final class Showroom {

    private static final int SEED = 3;
    private static final int VISITORS = 400;

    /// The pages, by what stands in the address.
    static final List<String> PAGES = List.of(
            "#/",
            "#/new",
            "#/experiments/hero",
            "#/experiments/hero/evidence",
            "#/experiments/hero/what-if",
            "#/experiments/hero/history",
            "#/experiments/hero/edit",
            "#/experiments/prices",
            "#/experiments/prices/evidence",
            "#/experiments/idea",
            "#/experiments/idea/evidence",
            "#/experiments/idea/edit",
            "#/experiments/rests",
            "#/experiments/nobody",
            "#/sources",
            "#/sources/shop",
            "#/audit");

    private Showroom() {}

    /// Fills an empty server.
    static void fill(Api api) {
        JsonObject hero = Definitions.of("hero", "classic", "video", "offer")
                .put("name", "Home page hero")
                .put("holdout", 0.1)
                .put(
                        "segments",
                        new JsonObject().put("attribute", "device").put("values", List.of("mobile", "desktop")));
        hero.getJsonObject("objective").put("window", "PT1M");
        api.start(hero);
        JsonObject prices = Definitions.counting("order", Definitions.of("prices", "as-is", "round"));
        prices.getJsonObject("objective").put("kind", "revenue").put("cap", "250.00");
        api.start(prices);
        api.start(Definitions.of("rests", "a", "b"));
        api.command("rests/pause");
        api.post("/v1/experiments", Definitions.of("idea", "red", "green").encode())
                .with(201);
        visit(api);
        api.post("/v1/sources", "{\"key\":\"shop\",\"kind\":\"json\"}").with(201);
        api.post("/v1/webhooks/shop", "{\"id\":\"1\"}").with(401);
    }

    private static void visit(Api api) {
        Random luck = new Random(SEED);
        JsonArray orders = new JsonArray();
        for (int i = 0; i < VISITORS; i++) {
            String visitor = "visitor-" + i;
            JsonObject context = new JsonObject(Map.of("device", i % 3 == 0 ? "desktop" : "mobile"));
            api.decide(new JsonObject()
                    .put("experiment", "hero")
                    .put("unit", visitor)
                    .put("context", context));
            api.decide("prices", visitor);
            if (luck.nextInt(5) == 0) {
                orders.add(order("purchase", visitor));
                orders.add(order("order", visitor)
                        .put("value", 10 + luck.nextInt(90))
                        .put("currency", "EUR"));
            }
        }
        api.report(orders).with(202);
    }

    private static JsonObject order(String metric, String visitor) {
        return new JsonObject()
                .put("id", metric + " of " + visitor)
                .put("metric", metric)
                .put("unit", visitor);
    }
}
