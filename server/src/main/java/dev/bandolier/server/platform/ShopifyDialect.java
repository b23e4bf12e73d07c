package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.util.List;
import java.util.Optional;

/// What Shopify's webhooks mean. The topic is in a header, which is not signed: the body must bear it out. An order goes by its number in Shopify, as a text.
final class ShopifyDialect implements Dialect {

    private static final Selector TOPIC =
            new Selector(List.of(new Spot.Header("x-shopify-topic"), new Spot.Header("shopify-topic")));
    private static final Selector TRIGGERED =
            new Selector(List.of(new Spot.Header("x-shopify-triggered-at"), new Spot.Header("shopify-triggered-at")));
    private static final Selector ID = Selector.at("/id");
    private static final Selector ORDER = Selector.at("/order_id");

    private final ShopifyOptions options;

    ShopifyDialect(Fields options, Signature signature) {
        this.options = ShopifyOptions.read(options, signature);
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        Payload body = Payload.object(delivery.body());
        Event event = Event.of(delivery, body, Pointer.ROOT);
        String topic = event.find(TOPIC).map(Found::text).orElse("");
        return List.of(event.named(topic).heard(ID, each -> hear(topic, each)));
    }

    private Heard hear(String topic, Event event) {
        return switch (topic) {
            case "" -> throw new UnsoundEvent("x-shopify-topic", "is required: what happened, as in orders/paid");
            case "orders/paid" -> options.orders("paid", event).orElseGet(() -> order(topic, event));
            case "orders/create" -> options.orders("created", event).orElseGet(() -> order(topic, event));
            case "orders/cancelled" -> cancellation(topic, event);
            case "refunds/create" -> refund(topic, event);
            case "disputes/create", "disputes/update" -> dispute(topic, event);
            case "customers/redact", "customers/data_request", "shop/redact" ->
                event.ignored("privacy", "no personal data came this way: units are stored as keyed hashes only");
            default ->
                event.ignored(
                        "other-event",
                        "it says nothing of an order; orders are counted by " + options.orderTopic()
                                + ", refunds by refunds/create, cancellations by orders/cancelled, disputes by"
                                + " disputes/update or disputes/create");
        };
    }

    private Heard order(String topic, Event event) {
        ShopifyTopics.require(topic, event);
        if (test(event)) {
            return ignoredTest(event);
        }
        Found id = event.require(ID, "is required: the number of the order");
        Report report = new Report(event)
                .put("metric", options.metrics().order(), "options.metrics.order")
                .put("id", id.text(), id.place());
        carried(report, event, "unit", options.unit());
        carried(report, event, "decision", options.decision());
        Optional<Found> value = event.find(options.value());
        report.value(options.value());
        // Without an amount there is nothing that a currency could say.
        if (value.isPresent()) {
            report.currency(options.currency(event));
        } else {
            report.without("currency", event.place(options.currency(event)));
        }
        return report.at(Selector.at("/processed_at", "/created_at")).heard();
    }

    /// What a cart attribute says, or what stands where the owner wants it looked for.
    private static void carried(Report report, Event event, String field, Optional<Selector> elsewhere) {
        if (elsewhere.isPresent()) {
            report.text(field, elsewhere.get());
            return;
        }
        String name = "bandolier_" + field;
        attribute(event, name)
                .ifPresentOrElse(
                        found -> report.put(field, found.text(), found.place()),
                        () -> report.without(field, "/note_attributes/" + name));
    }

    private static Optional<Found> attribute(Event event, String name) {
        if (!(event.find("/note_attributes").map(Found::value).orElse(new Payload.Null())
                instanceof Items(List<Payload> attributes))) {
            return Optional.empty();
        }
        Text wanted = new Text(name);
        Pointer key = Pointer.of("/name");
        for (int i = 0; i < attributes.size(); i++) {
            if (key.in(attributes.get(i)).filter(wanted::equals).isPresent()) {
                return event.find("/note_attributes/" + i + "/value");
            }
        }
        return Optional.empty();
    }

    /// Whole, whatever was refunded of it before. An order that was never paid was never counted, unless unpaid ones are.
    private Heard cancellation(String topic, Event event) {
        ShopifyTopics.require(topic, event);
        if (test(event)) {
            return ignoredTest(event);
        }
        String status = event.find("/financial_status").map(Found::text).orElse("");
        if (options.paid()
                && List.of("pending", "authorized", "expired", "voided").contains(status)) {
            return event.ignored("not-paid", "the order was never paid, so it was never counted");
        }
        Found id = event.require(ID, "is required: the number of the order");
        return new Report(event)
                .put("metric", options.metrics().cancellation(), "options.metrics.cancellation")
                .put("id", "cancelled/" + id.text(), id.place())
                .put("reverses", id.text(), id.place())
                .at(Selector.at("/cancelled_at"))
                .heard();
    }

    private Heard refund(String topic, Event event) {
        ShopifyTopics.require(topic, event);
        Found id = event.require(ID, "is required: the number of the refund");
        Found order = event.require(ORDER, "is required: the number of the order that is refunded");
        ShopifyRefund money = ShopifyRefund.of(event);
        if (money.test() && !options.test()) {
            return ignoredTest(event);
        }
        if (money.amount().signum() <= 0) {
            return event.ignored("not-paid", "no money went back: no transaction of kind 'refund' has succeeded");
        }
        Report report = new Report(event)
                .put("metric", options.metrics().refund(), "options.metrics.refund")
                .put("id", "refund/" + id.text(), id.place())
                .put("reverses", order.text(), order.place())
                .put("value", Report.plain(money.amount()), ShopifyRefund.PLACE);
        money.currency()
                .ifPresentOrElse(
                        code -> report.put("currency", Report.code(code), code.place()),
                        () -> report.without("currency", ShopifyRefund.PLACE + "/0/currency"));
        return report.at(Selector.at("/processed_at", "/created_at")).heard();
    }

    private Heard dispute(String topic, Event event) {
        String status = event.find("/status").map(Found::text).orElse("");
        Optional<Heard> ignored = options.dispute(topic, status, event);
        if (ignored.isPresent()) {
            return ignored.get();
        }
        ShopifyTopics.require(topic, event);
        Found id = event.require(ID, "is required: the number of the dispute");
        Found order = event.require(ORDER, "is required: the number of the order that is disputed");
        Report report = new Report(event)
                .put("metric", options.metrics().dispute(), "options.metrics.dispute")
                .put("id", "dispute/" + id.text(), id.place())
                .put("reverses", order.text(), order.place())
                .value(Selector.at("/amount"));
        if (event.find("/amount").isPresent()) {
            report.currency(Selector.at("/currency"));
        }
        return report.at(TRIGGERED).heard();
    }

    private boolean test(Event event) {
        return !options.test() && event.find("/test").map(Found::flag).orElse(false);
    }

    private static Heard ignoredTest(Event event) {
        return event.ignored("test-mode", "it is a test of the shop's owner; \"test\": true counts it");
    }
}
