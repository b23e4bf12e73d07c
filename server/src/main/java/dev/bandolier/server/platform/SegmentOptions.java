package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;

/// What the owner of a Segment workspace wants counted.
///
/// @param order        name of the event that is an order
/// @param refund       name of the event that is a refund
/// @param cancellation name of the event that is a cancellation
/// @param value        where the value of an order stands
/// @param unit         where the unit stands
/// @param decision     where the decision token stands
/// @param metrics      as what each counts
record SegmentOptions(
        String order,
        String refund,
        String cancellation,
        Selector value,
        Selector unit,
        Selector decision,
        Metrics metrics) {

    /// Names of events are words for people; this is longer than any that is read.
    private static final int NAME_CHARACTERS_MAX = 100;

    static SegmentOptions read(Fields in, Signature signature) {
        Fields events = in.object("events");
        SegmentOptions options = new SegmentOptions(
                name(events, "order", "Order Completed"),
                name(events, "refund", "Order Refunded"),
                name(events, "cancellation", "Order Cancelled"),
                Options.places(in, signature, "value", Selector.at("/properties/revenue")),
                Options.places(in, signature, "unit", Selector.at("/anonymousId", "/userId")),
                Options.places(in, signature, "decision", Selector.at("/properties/bandolier_decision")),
                Metrics.read(in));
        events.nothingElse();
        if (options.order.equals(options.refund)
                || options.order.equals(options.cancellation)
                || options.refund.equals(options.cancellation)) {
            in.refuse("events", "must name three different events");
        }
        return options;
    }

    private static String name(Fields events, String name, String otherwise) {
        String event = events.optionalText(name).orElse(otherwise);
        if (event.isBlank() || event.length() > NAME_CHARACTERS_MAX) {
            events.refuse(name, "must be 1 to " + NAME_CHARACTERS_MAX + " characters");
        }
        return event;
    }
}
