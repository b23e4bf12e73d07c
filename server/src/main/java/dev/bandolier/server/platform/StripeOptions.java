package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the owner of a Stripe account wants counted.
///
/// @param order    which events are orders: `checkout`, `payment` or `invoice`
/// @param disputes when a dispute takes its order back: `lost`, `opened` or `off`
/// @param test     whether test mode counts
/// @param metrics  as what each counts
/// @param units    where the unit stands, if the owner said so
/// @param decisions where the decision token stands, if the owner said so
record StripeOptions(
        String order,
        String disputes,
        boolean test,
        Metrics metrics,
        Optional<Selector> units,
        Optional<Selector> decisions) {

    private static final String OBJECT = "/data/object";

    /// The event that is an order, by the option that says so.
    private static final Map<String, String> ORDERS = Map.of(
            "checkout", "checkout.session.completed",
            "payment", "payment_intent.succeeded",
            "invoice", "invoice.paid");

    private static final Selector REFERENCE_AND_METADATA =
            Selector.at(OBJECT + "/client_reference_id", OBJECT + "/metadata/bandolier_unit");

    private static final Selector METADATA = Selector.at(
            OBJECT + "/metadata/bandolier_unit",
            OBJECT + "/parent/subscription_details/metadata/bandolier_unit",
            OBJECT + "/subscription_details/metadata/bandolier_unit");

    private static final Selector TOKEN_IN_METADATA = Selector.at(
            OBJECT + "/metadata/bandolier_decision",
            OBJECT + "/parent/subscription_details/metadata/bandolier_decision",
            OBJECT + "/subscription_details/metadata/bandolier_decision");

    static StripeOptions read(Fields in, Signature signature) {
        return new StripeOptions(
                Options.oneOf(in, "order", List.of("checkout", "payment", "invoice")),
                Options.oneOf(in, "disputes", List.of("lost", "opened", "off")),
                in.flag("test", false),
                Metrics.read(in),
                in.has("unit") ? Optional.of(Options.places(in, signature, "unit", METADATA)) : Optional.empty(),
                in.has("decision")
                        ? Optional.of(Options.places(in, signature, "decision", METADATA))
                        : Optional.empty());
    }

    /// Where the unit of an order stands.
    ///
    /// @param token whether `client_reference_id` holds a decision token, and so no unit
    Selector unit(Event event, boolean token) {
        boolean session = event.name().startsWith("checkout.");
        return units.orElse(session && !token ? REFERENCE_AND_METADATA : METADATA);
    }

    /// Where the decision token of an order stands.
    ///
    /// @param token whether `client_reference_id` holds one
    Selector decision(boolean token) {
        Spot reference = new Spot.At(Pointer.of(OBJECT + "/client_reference_id"));
        return decisions.orElse(token ? TOKEN_IN_METADATA.or(reference) : TOKEN_IN_METADATA);
    }

    /// Why an event that is an order by one setting is none by that of the owner, if so: one order comes as several events.
    Optional<Heard> orders(String setting, Event event) {
        return order.equals(setting)
                ? Optional.empty()
                : Optional.of(event.ignored(
                        "other-event",
                        "orders are counted by " + ORDERS.get(order) + "; \"order\": \"" + setting
                                + "\" counts this event instead"));
    }

    /// Why an event of a dispute takes nothing back, if so.
    Optional<Heard> dispute(String type, String status, Event event) {
        boolean closed = type.equals("charge.dispute.closed");
        return switch (disputes) {
            case "off" ->
                Optional.of(event.ignored("other-event", "disputes are not counted; \"disputes\": \"lost\" does"));
            case "opened" ->
                closed
                        ? Optional.of(event.ignored("other-event", "the dispute was counted when it was opened"))
                        : Optional.empty();
            default ->
                closed && status.equals("lost")
                        ? Optional.empty()
                        : Optional.of(event.ignored(
                                "not-lost",
                                closed
                                        ? "the dispute was not lost, so the order stands"
                                        : "the order stands until the dispute is lost; \"disputes\": \"opened\""
                                                + " takes it back at once"));
        };
    }

    /// What is told of an event that says nothing of an order.
    Heard other(String type, Event event) {
        boolean refund = type.startsWith("refund.") || type.equals("charge.refund.updated");
        String detail = refund
                ? "refunds are counted by charge.refunded; subscribe to that"
                : "it says nothing of an order; orders are counted by " + ORDERS.get(order)
                        + ", refunds by charge.refunded, disputes by charge.dispute.closed or .created";
        return event.ignored("other-event", detail);
    }
}
