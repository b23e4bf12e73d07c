package dev.bandolier.server;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A reader of the live feed, event by event.
final class Feed implements AutoCloseable {

    /// One event.
    record Event(String id, String name, JsonObject data) {}

    private final BufferedReader lines;

    private Feed(BufferedReader lines) {
        this.lines = lines;
    }

    /// Connects, as one who saw this event last.
    static Feed open(Api api, Optional<String> lastId) {
        HttpRequest.Builder request = api.request("/v1/live").GET();
        lastId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            return new Feed(new BufferedReader(new InputStreamReader(
                    Api.client()
                            .send(request.build(), BodyHandlers.ofInputStream())
                            .body(),
                    StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while connecting", e);
        }
    }

    /// The next event that says more than that the feed lives; waits for it.
    Event next() {
        Event event = read();
        while (event.name().equals("keep-alive")) {
            event = read();
        }
        return event;
    }

    /// The next event of this name.
    Event next(String name) {
        Event event = read();
        while (!event.name().equals(name)) {
            event = read();
        }
        return event;
    }

    private Event read() {
        String id = "";
        String name = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    return new Event(id, name, new JsonObject(line.substring("data: ".length())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the feed ended");
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
