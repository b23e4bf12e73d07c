package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Members;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What Segment's tracking calls mean, by the names of its e-commerce events. One call, or an array of calls.
final class SegmentDialect implements Dialect {

    private static final Selector TYPE = Selector.at("/type");
    private static final Selector EVENT = Selector.at("/event");
    private static final Selector MESSAGE = Selector.at("/messageId");
    private static final Selector ORDER = Selector.at("/properties/order_id");
    private static final Selector ORDER_OR_MESSAGE = Selector.at("/properties/order_id", "/messageId");
    private static final Selector CURRENCY = Selector.at("/properties/currency");
    private static final Selector REFUNDED = Selector.at("/properties/total", "/properties/revenue");

    private final SegmentOptions options;

    SegmentDialect(Fields options, Signature signature) {
        this.options = SegmentOptions.read(options, signature);
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        Payload body = Payload.of(delivery.body());
        List<Event> events = new ArrayList<>();
        switch (body) {
            case Members members -> events.add(Event.of(delivery, body, Pointer.ROOT));
            case Items(var items) -> {
                Dialects.checkCount(items.size());
                for (int i = 0; i < items.size(); i++) {
                    events.add(Event.of(delivery, items.get(i), Pointer.ROOT.plus(String.valueOf(i))));
                }
            }
            case Text text -> throw noEvents();
            case Payload.Numeral numeral -> throw noEvents();
            case Payload.Flag flag -> throw noEvents();
            case Payload.Null nothing -> throw noEvents();
        }
        return events.stream().map(this::named).toList();
    }

    private static RefusedDelivery noEvents() {
        return new RefusedDelivery(Refusal.MALFORMED, "the body is neither a JSON object nor an array of them");
    }

    private Heard named(Event event) {
        Optional<Found> track = event.find(EVENT).or(() -> event.find(TYPE));
        String name = track.filter(found -> found.value() instanceof Text)
                .map(Found::text)
                .orElse("");
        return event.named(name).heard(ORDER_OR_MESSAGE, this::hear);
    }

    private Heard hear(Event event) {
        if (!(event.root() instanceof Members)) {
            throw new UnsoundEvent(event.places().apply(Pointer.ROOT), "must be an object");
        }
        String type = event.require(TYPE, "is required: 'track', or another kind of call")
                .text();
        if (!type.equals("track")) {
            return event.ignored("other-event", "only track calls are counted");
        }
        String name = event.require(EVENT, "is required: the name of the event").text();
        if (name.equals(options.order())) {
            return order(event);
        }
        if (name.equals(options.refund())) {
            return refund(event);
        }
        if (name.equals(options.cancellation())) {
            return cancellation(event);
        }
        return event.ignored(
                "other-event",
                "counted are '" + options.order() + "', '" + options.refund() + "' and '" + options.cancellation()
                        + "'; \"events\" names others instead");
    }

    private Heard order(Event event) {
        Found id = event.require(ORDER_OR_MESSAGE, "is required: the name of the order");
        Report report = new Report(event)
                .put("metric", options.metrics().order(), "options.metrics.order")
                .put("id", id.text(), id.place())
                .text("unit", options.unit())
                .text("decision", options.decision());
        money(report, event, options.value());
        return report.at(Selector.at("/timestamp")).heard();
    }

    private Heard refund(Event event) {
        Optional<BigDecimal> amount = event.find(REFUNDED).map(Found::decimal);
        if (amount.filter(each -> each.signum() == 0).isPresent()) {
            return event.ignored("not-paid", "nothing was refunded in money");
        }
        Report report = reversal(event, options.metrics().refund(), "options.metrics.refund");
        money(report, event, REFUNDED);
        return report.heard();
    }

    /// Whole: what is cancelled earns nothing.
    private Heard cancellation(Event event) {
        return reversal(event, options.metrics().cancellation(), "options.metrics.cancellation")
                .heard();
    }

    private static Report reversal(Event event, String metric, String option) {
        Found id = event.require(MESSAGE, "is required: the name of the message");
        Found order = event.require(ORDER, "is required: the order that it takes back");
        return new Report(event)
                .put("metric", metric, option)
                .put("id", id.text(), id.place())
                .put("reverses", order.text(), order.place())
                .at(Selector.at("/timestamp"));
    }

    /// Segment says that an amount without a currency is one of US dollars.
    private static void money(Report report, Event event, Selector amount) {
        report.value(amount);
        if (event.find(amount).isEmpty()) {
            report.without("currency", event.place(CURRENCY));
        } else if (event.find(CURRENCY).isPresent()) {
            report.currency(CURRENCY);
        } else {
            report.put("currency", "USD", event.place(CURRENCY));
        }
    }
}
