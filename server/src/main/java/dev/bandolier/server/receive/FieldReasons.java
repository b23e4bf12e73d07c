package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.RefusalTable.Refused;
import dev.bandolier.server.wire.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// How items that are refused by a field are counted and kept: under few reasons, whatever is sent, and in words that
/// give nothing of it away.
final class FieldReasons {

    /// The field of an item that cannot be read as what it claims to be.
    static final String WHOLE = "event";

    private static final int DETAIL_CHARACTERS_MAX = 500;
    private static final int EVENT_CHARACTERS_MAX = 100;

    private static final Set<String> FIELDS =
            Set.of("id", "metric", "unit", "decision", "value", "currency", "at", "reverses", "origin", WHOLE);

    private FieldReasons() {}

    /// The reason of an item that was refused by this field; an item that is none at all has no field.
    static String of(String field) {
        String known = field.isEmpty() ? WHOLE : field;
        return "field:" + (FIELDS.contains(known) ? known : Receipts.OTHER);
    }

    /// What is kept of a refused item.
    ///
    /// @param error what is wrong, in words that hold no value but that of the field, in quotes
    /// @param place where in the payload it stands or would stand; or empty
    /// @param item  what was reported, as far as it could be read
    static Refused refused(
            String source, Instant at, FieldError error, String place, Optional<String> event, JsonObject item) {
        String field = FIELDS.contains(error.field()) ? error.field() : "";
        return new Refused(
                source,
                at,
                of(error.field()),
                Printable.atMost(DETAIL_CHARACTERS_MAX, place.isEmpty() ? field : field + " at " + place),
                Printable.atMost(DETAIL_CHARACTERS_MAX, hiding(item.getValue(error.field()), error.reason())),
                Printable.atMost(EVENT_CHARACTERS_MAX, event.orElse("")),
                Printable.atMost(Claim.ID_CHARACTERS_MAX, item.getValue("id") instanceof String id ? id : ""));
    }

    private static String hiding(Object value, String reason) {
        return value == null ? reason : reason.replace("'" + value + "'", "it");
    }
}
