package dev.bandolier.server.platform;

import java.util.List;

/// What the body of a delivery of Shopify must say for the topic in its header to be believed.
///
/// Only the body is signed. Whoever has captured one delivery can send it again under another topic, so what turns an
/// order into its cancellation, or a payment into a dispute, must stand where it was signed.
final class ShopifyTopics {

    /// States of an order whose money has arrived, whatever became of it later.
    private static final List<String> PAID = List.of("paid", "partially_refunded", "refunded");

    private ShopifyTopics() {}

    /// Refuses an event whose body is of something else than its topic says.
    ///
    /// @throws UnsoundEvent naming the place that gives it away
    static void require(String topic, Event event) {
        switch (topic) {
            case "orders/paid" -> paid(topic, event);
            case "orders/create" -> one(topic, event, "/financial_status", "/order_number");
            case "orders/cancelled" -> one(topic, event, "/cancelled_at");
            case "refunds/create" -> {
                one(topic, event, "/order_id");
                one(topic, event, "/transactions", "/refund_line_items");
            }
            // Of what else has an order and an amount, as a transaction, nothing has a type too.
            case "disputes/create", "disputes/update" ->
                List.of("/status", "/amount", "/type").forEach(each -> one(topic, event, each));
            default -> {
                // Nothing of it is counted.
            }
        }
    }

    private static void paid(String topic, Event event) {
        String status = event.find("/financial_status").map(Found::text).orElse("");
        if (!PAID.contains(status)) {
            throw other(topic, event, "/financial_status", "must be one of " + String.join(", ", PAID));
        }
    }

    private static void one(String topic, Event event, String... places) {
        if (event.find(Selector.at(places)).isEmpty()) {
            throw other(topic, event, places[0], String.join(" or ", places) + " is missing");
        }
    }

    private static UnsoundEvent other(String topic, Event event, String place, String why) {
        return new UnsoundEvent(
                event.place(Selector.at(place)),
                "does not look like " + topic + ": " + why + "; only the body is signed, so it must say so itself");
    }
}
