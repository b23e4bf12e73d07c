package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.RefusalTable.Refused;
import dev.bandolier.server.platform.Heard;
import dev.bandolier.server.receive.Receipts.What;
import dev.bandolier.server.wire.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One event of a delivery, and what became of it.
///
/// @param heard   what the platform says
/// @param verdict what became of the conversion, if it is one
record Handled(Heard heard, Optional<Verdict> verdict) {

    /// Why an event is refused.
    ///
    /// @param error the field and what is wrong with it
    /// @param place where in the payload it stands or would stand; or empty
    /// @param item  what was reported, as far as it could be read
    private record Fault(FieldError error, String place, JsonObject item) {}

    /// How it is counted.
    What what() {
        return switch (heard) {
            case Heard.Ignored ignored -> What.IGNORED;
            case Heard.Unsound unsound -> What.REFUSED;
            case Heard.Reported reported ->
                switch (verdict.orElseThrow()) {
                    case Verdict.Accepted accepted -> What.ACCEPTED;
                    case Verdict.Duplicate duplicate -> What.DUPLICATE;
                    case Verdict.Refused refused -> What.REFUSED;
                };
        };
    }

    /// The reason under which it is counted; empty if it needs none.
    String reason() {
        return heard instanceof Heard.Ignored ignored
                ? ignored.reason()
                : fault().map(each -> FieldReasons.of(each.error().field())).orElse("");
    }

    /// What is kept of it for whoever has to mend it, if it was refused.
    Optional<Refused> refused(String source, Instant at) {
        return fault().map(fault -> FieldReasons.refused(
                source, at, fault.error(), fault.place(), Optional.of(heard.event()), fault.item()));
    }

    /// It as an item of the answer.
    JsonObject json(int index) {
        JsonObject item = new JsonObject().put("index", index).put("event", heard.event());
        if (heard instanceof Heard.Ignored(String event, String reason, String detail)) {
            return item.put("status", "ignored").put("reason", reason).put("detail", detail);
        }
        if (fault().isEmpty()) {
            return verdict.orElseThrow().write(item);
        }
        Fault fault = fault().get();
        if (fault.item().getValue("id") instanceof String id) {
            item.put("id", id);
        }
        item.put("status", "refused").put("field", fault.error().field());
        if (!fault.place().isEmpty()) {
            item.put("place", fault.place());
        }
        return item.put("reason", fault.error().reason());
    }

    private Optional<Fault> fault() {
        return switch (heard) {
            case Heard.Ignored ignored -> Optional.empty();
            case Heard.Unsound(String event, Optional<String> id, String place, String reason) ->
                Optional.of(new Fault(
                        new FieldError(FieldReasons.WHOLE, reason),
                        place,
                        new JsonObject().put("id", id.orElse(null))));
            case Heard.Reported(String event, JsonObject conversion, Map<String, String> places) ->
                verdict.filter(Verdict.Refused.class::isInstance)
                        .map(refused -> ((Verdict.Refused) refused).error())
                        .map(error -> new Fault(error, places.getOrDefault(error.field(), ""), conversion));
        };
    }
}
