package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import java.util.List;
import java.util.Optional;

/// What the owner of a Shopify shop wants counted.
///
/// @param order    which topic is an order: `paid` or `created`
/// @param value    where the value of an order stands
/// @param disputes when a dispute takes its order back: `lost`, `opened` or `off`
/// @param test     whether test orders count
/// @param metrics  as what each counts
/// @param unit     where the unit stands, if not in a cart attribute
/// @param decision where the decision token stands, if not in a cart attribute
record ShopifyOptions(
        String order,
        Selector value,
        String disputes,
        boolean test,
        Metrics metrics,
        Optional<Selector> unit,
        Optional<Selector> decision) {

    private static final Selector TOTAL = Selector.at("/total_price");

    static ShopifyOptions read(Fields in, Signature signature) {
        return new ShopifyOptions(
                Options.oneOf(in, "order", List.of("paid", "created")),
                Options.places(in, signature, "value", TOTAL),
                Options.oneOf(in, "disputes", List.of("lost", "opened", "off")),
                in.flag("test", false),
                Metrics.read(in),
                in.has("unit") ? Optional.of(Options.places(in, signature, "unit", TOTAL)) : Optional.empty(),
                in.has("decision") ? Optional.of(Options.places(in, signature, "decision", TOTAL)) : Optional.empty());
    }

    /// Whether only paid orders count.
    boolean paid() {
        return order.equals("paid");
    }

    /// The topic that is an order.
    String orderTopic() {
        return paid() ? "orders/paid" : "orders/create";
    }

    /// Where the currency of an order stands: beside its value, if that is part of a price set, which has its own.
    Selector currency(Event event) {
        for (Spot spot : value.spots()) {
            if (spot instanceof Spot.At(Pointer pointer)
                    && event.find(new Selector(List.of(spot))).isPresent()) {
                List<String> tokens = pointer.tokens();
                Pointer beside = new Pointer(tokens.subList(0, tokens.size() - 1)).plus("currency_code");
                return tokens.getLast().equals("amount")
                        ? new Selector(List.of(new Spot.At(beside)))
                        : Selector.at("/currency");
            }
        }
        return Selector.at("/currency");
    }

    /// Why a topic that is an order by one setting is none by that of the owner, if so.
    Optional<Heard> orders(String setting, Event event) {
        return order.equals(setting)
                ? Optional.empty()
                : Optional.of(event.ignored(
                        "other-event",
                        "orders are counted by " + orderTopic() + "; \"order\": \"" + setting
                                + "\" counts this topic instead"));
    }

    /// Why an event of a dispute takes nothing back, if so. A dispute may be over when it is first heard of.
    Optional<Heard> dispute(String topic, String status, Event event) {
        boolean lost = status.equals("lost") || status.equals("accepted");
        return switch (disputes) {
            case "off" ->
                Optional.of(event.ignored("other-event", "disputes are not counted; \"disputes\": \"lost\" does"));
            case "opened" ->
                topic.equals("disputes/create")
                        ? Optional.empty()
                        : Optional.of(event.ignored("other-event", "the dispute was counted when it was opened"));
            default ->
                lost
                        ? Optional.empty()
                        : Optional.of(
                                event.ignored("not-lost", "the order stands until the dispute is lost or accepted"));
        };
    }
}
