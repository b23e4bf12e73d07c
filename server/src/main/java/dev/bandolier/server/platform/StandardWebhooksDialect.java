package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Members;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the payloads of Standard Webhooks mean: `type`, `timestamp` and `data`, where the owner's rules do not say otherwise.
/// The name of an event is its `webhook-id`, which is the same however often it is sent.
final class StandardWebhooksDialect implements Dialect {

    private static final String ID = "webhook-id";

    private static final Map<String, Selector> DEFAULTS = Map.of(
            "metric", Selector.at("/type"),
            "id", Selector.at("/data/id").or(new Spot.EventName()),
            "unit", Selector.at("/data/unit"),
            "decision", Selector.at("/data/decision"),
            "value", Selector.at("/data/value"),
            "currency", Selector.at("/data/currency"),
            "at", Selector.at("/data/at", "/timestamp"),
            "reverses", Selector.at("/data/reverses"),
            "origin", Selector.at("/data/origin"));

    private final Rules rules;

    StandardWebhooksDialect(Fields options, Signature signature) {
        this.rules = Rules.read(options, signature, DEFAULTS);
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        Payload body = Payload.of(delivery.body());
        if (!(body instanceof Members)) {
            throw new RefusedDelivery(Refusal.MALFORMED, "the body is not a JSON object");
        }
        Optional<Found> name = delivery.header(ID).map(id -> new Found(new Text(id), ID));
        return rules.hear(new Event(delivery, "", body, Pointer::toString, name).kind());
    }
}
