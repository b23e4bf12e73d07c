package dev.bandolier.server.report;

import dev.bandolier.server.Settings;
import dev.bandolier.server.wire.Body;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// `GET /v1/live`: the feed as server-sent events, to the readers of one event loop.
///
/// The set of readers is confined to the event loop of the verticle that made it.
public final class LiveRoutes {

    /// The path of the feed.
    public static final String PATH = "/v1/live";

    /// How often a silent feed says that it lives: often enough for proxies that close what is silent for 30 s.
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final LiveFeed feed;
    private final int readersMax;
    private final int backlogBytes;
    private final Set<HttpServerResponse> readers = new LinkedHashSet<>();

    /// The route on the current context of this Vert.x, an event loop.
    public LiveRoutes(Vertx vertx, Settings.Http settings, LiveFeed feed) {
        this.feed = feed;
        this.readersMax = settings.liveReadersMax();
        this.backlogBytes = settings.liveBacklogBytes();
        Context context = vertx.getOrCreateContext();
        feed.onEvent(event -> context.runOnContext(next -> send(event.text())));
        vertx.setPeriodic(KEEP_ALIVE.toMillis(), tick -> send(": keep-alive\n\n"));
    }

    /// Answers one reader, until it goes away.
    public void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (readers.size() >= readersMax) {
            Problem full = Problem.unavailable(readersMax + " readers are connected; try again", RETRY_AFTER);
            Body.write(response, Problems.reply(full));
            return;
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .setWriteQueueMaxSize(backlogBytes);
        response.closeHandler(gone -> readers.remove(response));
        response.exceptionHandler(broken -> readers.remove(response));
        StringBuilder missed = new StringBuilder("retry: 1000\n\n");
        Optional<String> lastId = Optional.ofNullable(request.getHeader("Last-Event-ID"));
        feed.since(lastId).forEach(event -> missed.append(event.text()));
        response.write(missed.toString());
        readers.add(response);
    }

    private void send(String text) {
        readers.removeIf(HttpServerResponse::closed);
        for (HttpServerResponse reader : Set.copyOf(readers)) {
            if (reader.writeQueueFull()) {
                // It does not keep up; it will come back and be told what it missed.
                readers.remove(reader);
                reader.reset();
            } else {
                reader.write(text);
            }
        }
    }
}
