package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Members;
import dev.bandolier.server.wire.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What any JSON means, by rules of the owner; without rules, conversions as in `POST /v1/conversions`. One event, or an
/// array of events.
final class JsonDialect implements Dialect {

    private static final Map<String, Selector> DEFAULTS = Map.of(
            "metric", Selector.at("/metric"),
            "id", Selector.at("/id"),
            "unit", Selector.at("/unit"),
            "decision", Selector.at("/decision"),
            "value", Selector.at("/value"),
            "currency", Selector.at("/currency"),
            "at", Selector.at("/at"),
            "reverses", Selector.at("/reverses"),
            "origin", Selector.at("/origin"));

    private final Rules rules;

    JsonDialect(Fields options, Signature signature) {
        this.rules = Rules.read(options, signature, DEFAULTS);
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        return switch (Payload.of(delivery.body())) {
            case Members body ->
                rules.hear(Event.of(delivery, body, Pointer.ROOT).kind());
            case Items(var items) -> several(delivery, items);
            case Payload.Text text -> throw noEvents();
            case Payload.Numeral numeral -> throw noEvents();
            case Payload.Flag flag -> throw noEvents();
            case Payload.Null nothing -> throw noEvents();
        };
    }

    private List<Heard> several(Delivery delivery, List<Payload> items) {
        Dialects.checkCount(items.size());
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Pointer at = Pointer.ROOT.plus(String.valueOf(i));
            heard.addAll(rules.hear(Event.of(delivery, items.get(i), at).kind()));
            Dialects.checkCount(heard.size());
        }
        return heard;
    }

    private static RefusedDelivery noEvents() {
        return new RefusedDelivery(Refusal.MALFORMED, "the body is neither a JSON object nor an array of them");
    }
}
