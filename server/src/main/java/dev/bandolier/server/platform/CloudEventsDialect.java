package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.wire.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What CloudEvents 1.0 over HTTP mean: structured, batched, or binary, where the attributes of the event are headers. Rules
/// read all three alike: attributes at the root, what happened under `/data`.
final class CloudEventsDialect implements Dialect {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private final Rules rules;

    CloudEventsDialect(Fields options, Signature signature) {
        this.rules = Rules.read(options, signature, Rules.underData("/time"));
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType type = MediaType.of(delivery);
        if (type.essence().equals(BATCH)) {
            return batch(delivery);
        }
        if (type.essence().equals(STRUCTURED)) {
            Event event = Event.of(delivery, Payload.object(delivery.body()), Pointer.ROOT);
            return hear(event, () -> CloudEvent.structured(event));
        }
        if (!type.json() || !CloudEvent.inHeaders(delivery)) {
            throw type.refused("send " + STRUCTURED + ", " + BATCH + ", or JSON with the ce- headers of an event");
        }
        Payload body = delivery.body().length() == 0 ? new Payload.Null() : Payload.of(delivery.body());
        return hear(CloudEvent.raw(delivery, body), () -> CloudEvent.binary(delivery, body));
    }

    private List<Heard> batch(Delivery delivery) {
        if (!(Payload.of(delivery.body()) instanceof Items(List<Payload> items))) {
            throw new RefusedDelivery(Refusal.MALFORMED, "the body is not a JSON array");
        }
        Dialects.checkCount(items.size());
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Event event = Event.of(delivery, items.get(i), Pointer.ROOT.plus(String.valueOf(i)));
            heard.addAll(hear(event, () -> CloudEvent.structured(event)));
            Dialects.checkCount(heard.size());
        }
        return heard;
    }

    /// An event that is none costs its neighbours nothing.
    private List<Heard> hear(Event event, Supplier<Event> opened) {
        Event named = event.kind();
        try {
            return rules.hear(opened.get());
        } catch (UnsoundEvent e) {
            return List.of(new Heard.Unsound(named.name(), named.id(Selector.at("/id")), e.place(), e.reason()));
        }
    }
}
