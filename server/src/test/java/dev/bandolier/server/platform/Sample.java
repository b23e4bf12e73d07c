package dev.bandolier.server.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Payloads of the folder `deliveries`, changed in places, and what a dialect hears in them, as a line of text.
final class Sample {

    private static final Instant NOW = Instant.parse("2026-11-21T10:02:00Z");

    private final Object json;
    private final Map<String, String> headers = new TreeMap<>(Map.of("content-type", "application/json"));

    private Sample(Object json) {
        this.json = json;
    }

    static Sample of(String name) {
        return new Sample(Json.decodeValue(text(name)));
    }

    static String text(String name) {
        try (InputStream in = Sample.class.getResourceAsStream("/deliveries/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Another value at a place; the place must be there but for its last step.
    Sample with(String pointer, Object value) {
        int last = pointer.lastIndexOf('/');
        Object parent = walk(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        if (parent instanceof JsonObject object) {
            object.put(name, value);
        } else {
            ((JsonArray) parent).set(Integer.parseInt(name), value);
        }
        return this;
    }

    Sample without(String pointer) {
        int last = pointer.lastIndexOf('/');
        ((JsonObject) walk(pointer.substring(0, last))).remove(pointer.substring(last + 1));
        return this;
    }

    Sample header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    private Object walk(String pointer) {
        Object here = json;
        for (String name : pointer.isEmpty()
                ? List.<String>of()
                : List.of(pointer.substring(1).split("/", -1))) {
            here = here instanceof JsonObject object
                    ? object.getValue(name)
                    : ((JsonArray) here).getValue(Integer.parseInt(name));
        }
        return here;
    }

    Delivery delivery() {
        return delivery(headers, Json.encode(json));
    }

    static Delivery delivery(Map<String, String> headers, String body) {
        return new Delivery(headers, Buffer.buffer(body), NOW);
    }

    static Dialect dialect(PlatformKind kind, String options) {
        return Platform.of(kind, new JsonObject(options)).dialect();
    }

    List<String> heard(PlatformKind kind, String options) {
        return dialect(kind, options).read(delivery()).stream()
                .map(Sample::line)
                .toList();
    }

    /// What was heard, in a line: the fields of a conversion in the order of their names, or why there is none and where.
    static String line(Heard heard) {
        return switch (heard) {
            case Heard.Reported(String event, JsonObject conversion, Map<String, String> places) -> {
                StringBuilder line = new StringBuilder("reported");
                new TreeSet<>(conversion.fieldNames())
                        .forEach(name ->
                                line.append(' ').append(name).append('=').append(conversion.getString(name)));
                yield line.toString();
            }
            case Heard.Ignored(String event, String reason, String detail) -> "ignored " + reason;
            case Heard.Unsound(String event, var id, String place, String reason) -> "unsound " + place;
        };
    }
}
