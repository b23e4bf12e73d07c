package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.util.List;
import java.util.Optional;

/// What the payloads of Standard Webhooks mean: `type`, `timestamp` and `data`, where the owner's rules do not say otherwise.
/// The name of an event is its `webhook-id`, which is the same however often it is sent.
final class StandardWebhooksDialect implements Dialect {

    private static final String ID = "webhook-id";

    private final Rules rules;

    StandardWebhooksDialect(Fields options, Signature signature) {
        this.rules = Rules.read(options, signature, Rules.underData("/timestamp"));
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        Payload body = Payload.object(delivery.body());
        Optional<Found> name = delivery.header(ID).map(id -> new Found(new Text(id), ID));
        return rules.hear(new Event(delivery, "", body, Pointer::toString, name).kind());
    }
}
