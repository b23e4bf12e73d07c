package dev.bandolier.loadtest.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/// The experiments of the shop, as the API takes them: one that finds its winner, one with an arm that does harm, and one
/// of money, seasons and devices.
final class Programme {

    static final String HERO = "home-hero";
    static final String CHECKOUT = "checkout";
    static final String OFFERS = "offer-of-the-day";

    static final List<String> HERO_ARMS = List.of("classic", "video", "offer", "quiz");
    static final List<String> CHECKOUT_ARMS = List.of("steps", "express", "one-page");
    static final List<String> OFFER_ARMS = List.of("plain", "free-shipping", "bundle");

    static final String MOBILE = "mobile";
    static final String DESKTOP = "desktop";

    private Programme() {}

    /// Four heroes of the home page; the best is found, but not quite beyond doubt.
    static JsonObject hero() {
        return definition(HERO, "Home page hero", HERO_ARMS)
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "signup")
                                .put("window", "P2D")
                                .put("delay", "PT10M")
                                .put("baseline", 0.08))
                .put("holdout", 0.05)
                .put("guardrails", new JsonObject().put("feed", false));
    }

    /// A checkout with an arm that loses orders. Every arm keeps a quarter of the visitors, and outcomes are looked at
    /// after a minute, the soonest that the API allows, so that one can watch what the guardrail does.
    static JsonObject checkout() {
        return definition(CHECKOUT, "Checkout", CHECKOUT_ARMS)
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "paid")
                                .put("window", "PT10M")
                                .put("delay", "PT8S")
                                .put("baseline", 0.5))
                .put("holdout", 0)
                .put("floor", 0.25)
                .put("controlFloor", 0.25)
                .put(
                        "guardrails",
                        new JsonObject().put("feed", false).put("harm", new JsonObject().put("window", "PT1M")));
    }

    /// Offers that pay differently on phones and on desks: revenue in euros, with a budget and a holdout.
    static JsonObject offers() {
        return definition(OFFERS, "Offer of the day", OFFER_ARMS)
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "order")
                                .put("kind", "revenue")
                                .put("currency", "EUR")
                                .put("cap", "250.00")
                                .put("window", "P3D")
                                .put("delay", "PT20M")
                                .put("baseline", 0.08))
                .put(
                        "segments",
                        new JsonObject().put("attribute", "device").put("values", JsonArray.of(MOBILE, DESKTOP)))
                .put("holdout", 0.1)
                .put(
                        "guardrails",
                        new JsonObject()
                                .put("feed", false)
                                .put(
                                        "budget",
                                        new JsonObject()
                                                .put("amount", "6000.00")
                                                .put("certainty", 0.75)));
    }

    private static JsonObject definition(String key, String name, List<String> arms) {
        JsonArray listed = new JsonArray();
        IntStream.range(0, arms.size())
                .mapToObj(arm -> new JsonObject().put("key", arms.get(arm)).put("control", arm == 0))
                .forEach(listed::add);
        return new JsonObject().put("key", key).put("name", name).put("arms", listed);
    }
}
