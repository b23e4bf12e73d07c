package dev.bandolier.loadtest.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/// One HTTP answer, read to its end.
///
/// @param status     HTTP status
/// @param body       the bytes that came with it, maybe none
/// @param retryAfter the `Retry-After` header, or null
public record Answer(int status, Buffer body, String retryAfter) {

    /// The body as a JSON object.
    ///
    /// @throws CommandFailure if it is anything else
    public JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw new CommandFailure("the server answered " + status + " with something that is no JSON object", e);
        }
    }

    /// What went wrong, in the server's words: status, title, detail and the fields that it names.
    public String problem() {
        JsonObject problem;
        try {
            problem = new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            return "HTTP " + status;
        }
        JsonArray errors = problem.getJsonArray("errors", new JsonArray());
        String fields = errors.stream()
                .map(JsonObject.class::cast)
                .map(error -> error.getString("field") + ": " + error.getString("reason"))
                .collect(Collectors.joining("; "));
        String detail = problem.getString("detail", problem.getString("title", ""));
        return "HTTP " + status + " " + detail + (fields.isEmpty() ? "" : " (" + fields + ")");
    }
}
