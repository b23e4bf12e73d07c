package dev.bandolier.server.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/// One request, read whole.
///
/// @param path    values of the path's parameters
/// @param query   values of the query's parameters; the last one where a name stands twice
/// @param headers values of the headers, names in lower case
/// @param body    the raw bytes
public record Call(Map<String, String> path, Map<String, String> query, Map<String, String> headers, Buffer body) {

    /// Refuses a body that is nested more deeply than this.
    ///
    /// @throws Problem 400
    public Call atMostDeep(int levelsMax) {
        boolean lines =
                header("content-type").map(type -> type.contains("ndjson")).orElse(false);
        if (Depth.exceeds(body, levelsMax, lines)) {
            throw Problem.malformed("the body is nested more than " + levelsMax + " levels deep");
        }
        return this;
    }

    /// The value of a path parameter that the route declares.
    public String param(String name) {
        return path.get(name);
    }

    /// A query parameter.
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A header, its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// The body as a JSON object.
    ///
    /// @throws Problem 400 if it is none
    public JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw Problem.malformed("the body is not a JSON object: " + firstLine(e));
        }
    }

    /// The part of a parser's message that helps its reader.
    public static String firstLine(Exception e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
