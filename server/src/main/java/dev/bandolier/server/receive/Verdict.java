package dev.bandolier.server.receive;

import dev.bandolier.server.wire.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// What became of one reported conversion.
sealed interface Verdict {

    /// It is in the log, since now.
    record Accepted(String id) implements Verdict {}

    /// It was in the log before.
    record Duplicate(String id) implements Verdict {}

    /// It is not in the log, because of this field.
    record Refused(Optional<String> id, FieldError error) implements Verdict {}

    /// Adds the verdict to a JSON object, and returns that.
    default JsonObject write(JsonObject out) {
        return switch (this) {
            case Accepted(String id) -> out.put("id", id).put("status", "accepted");
            case Duplicate(String id) -> out.put("id", id).put("status", "duplicate");
            case Refused(Optional<String> id, FieldError error) ->
                out.put("id", id.orElse(null))
                        .put("status", "refused")
                        .put("field", error.field())
                        .put("reason", error.reason());
        };
    }
}
