package dev.bandolier.loadtest.api;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.function.Consumer;

/// A reader of server-sent events: takes bytes as they arrive, cut anywhere, and gives whole events.
///
/// Follows "Interpreting an event stream" of the HTML standard, section 9.2.6, for streams whose lines end in LF or
/// CRLF: a lone CR, which the standard also allows, is not a line end here. Confined to one event loop.
final class SseParser {

    /// One event.
    ///
    /// @param id   the last id that the stream named, or null
    /// @param name the event's name, `message` if it has none
    /// @param data its data lines, joined by LF
    record Event(String id, String name, String data) {}

    private final Consumer<Event> events;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(4096);

    private String id;
    private String name = "";
    private StringJoiner data = new StringJoiner("\n");
    private boolean hasData;

    /// A parser at the start of a stream.
    SseParser(Consumer<Event> events) {
        this.events = events;
    }

    /// Takes the next bytes.
    void accept(Buffer bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            byte next = bytes.getByte(i);
            if (next == '\n') {
                end(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(next);
            }
        }
    }

    private void end(String raw) {
        String text = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (text.isEmpty()) {
            dispatch();
            return;
        }
        int colon = text.indexOf(':');
        String field = colon == -1 ? text : text.substring(0, colon);
        String rest = colon == -1 ? "" : text.substring(colon + 1);
        String value = rest.startsWith(" ") ? rest.substring(1) : rest;
        switch (field) {
            case "event" -> name = value;
            case "data" -> {
                data.add(value);
                hasData = true;
            }
            case "id" -> id = value;
            default -> {
                // Comments (an empty field name), retry and unknown fields carry nothing that is used here.
            }
        }
    }

    private void dispatch() {
        if (hasData) {
            events.accept(new Event(id, name.isEmpty() ? "message" : name, data.toString()));
        }
        name = "";
        data = new StringJoiner("\n");
        hasData = false;
    }
}
