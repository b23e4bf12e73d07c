package dev.bandolier.server.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// One request, read whole.
///
/// @param path    values of the path's parameters
/// @param query   values of the query's parameters; the last one where a name stands twice
/// @param headers values of the headers, names in lower case
/// @param body    the raw bytes
public record Call(Map<String, String> path, Map<String, String> query, Map<String, String> headers, Buffer body) {

    /// What guardrails do is not done by a caller.
    private static final String GUARDRAIL = "guardrail";

    private static final Pattern ACTOR = Pattern.compile("[!-~]([ -~]{0,98}[!-~])?");

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

    /// A query parameter that is a whole number.
    ///
    /// @param least the smallest that is allowed
    /// @param most  the largest
    /// @throws Problem 422 naming it if it is no whole number, or out of range
    public Optional<Long> number(String name, long least, long most) {
        Optional<String> text = query(name);
        try {
            Optional<Long> number = text.map(Long::valueOf);
            if (number.isEmpty() || (number.get() >= least && number.get() <= most)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of range.
        }
        throw Problem.field(name, "must be a whole number from " + least + " to " + most);
    }

    /// A query parameter that is a whole number, or what stands for it if there is none.
    ///
    /// @throws Problem 422 naming it if it is no whole number, or out of range
    public int number(String name, int otherwise, int least, int most) {
        return number(name, least, most).map(Math::toIntExact).orElse(otherwise);
    }

    /// A header, its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// Who sends this, as they say in `Bandolier-Actor`; `api` if they do not.
    ///
    /// @throws Problem 400 if that is no name of a person or a program
    public String actor() {
        Optional<String> named = header("bandolier-actor");
        if (named.filter(name -> !ACTOR.matcher(name).matches() || name.equals(GUARDRAIL))
                .isPresent()) {
            throw Problem.malformed("Bandolier-Actor: must be 1 to 100 printable characters of ASCII, and not '"
                    + GUARDRAIL + "', which is the server itself");
        }
        return named.orElse("api");
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
