package dev.bandolier.server.report;

import dev.bandolier.server.Settings;
import dev.bandolier.server.report.LiveHistory.Event;
import dev.bandolier.server.wire.Body;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// `GET /v1/live`: the feed as server-sent events, to the readers of one event loop.
///
/// A reader is first told what it has missed, at its own pace, and from then on what happens, at ours. The set of
/// readers is confined to the event loop of the verticle that made it.
public final class LiveRoutes {

    /// The path of the feed.
    public static final String PATH = "/v1/live";

    /// How often the feed says that it lives, also where nothing else happens: often enough for a reader to notice within
    /// seconds that its connection is dead, and for proxies that close what is silent for 30 s.
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// What is written at once of what a reader has missed, unless a single event is longer: enough to be quick, and
    /// little to hold for a reader that takes its time.
    private static final int PIECE_CHARACTERS = 1 << 16;

    /// One reader; it keeps up from the moment on when it has been told all that it had missed.
    private static final class Reader {
        private final HttpServerResponse response;
        private final Queue<Event> missed = new ArrayDeque<>();
        private Optional<String> lastId;
        private boolean keepingUp;
        private long through;

        Reader(HttpServerResponse response, Optional<String> lastId) {
            this.response = response;
            this.lastId = lastId;
        }
    }

    private final LiveFeed feed;
    private final int readersMax;
    private final int backlogBytes;
    private final Set<Reader> readers = new LinkedHashSet<>();

    /// The route on the current context of this Vert.x, an event loop.
    public LiveRoutes(Vertx vertx, Settings.Live settings, LiveFeed feed) {
        this.feed = feed;
        this.readersMax = settings.readersMax();
        this.backlogBytes = settings.backlogBytes();
        Context context = vertx.getOrCreateContext();
        feed.onEvent((number, event) -> context.runOnContext(next -> send(number, event.text())));
        vertx.setPeriodic(KEEP_ALIVE.toMillis(), tick -> send(Long.MAX_VALUE, feed.keepAlive()));
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
        Reader reader = new Reader(response, Optional.ofNullable(request.getHeader("Last-Event-ID")));
        response.closeHandler(gone -> readers.remove(reader));
        response.exceptionHandler(broken -> readers.remove(reader));
        readers.add(reader);
        response.write("retry: 1000\n\n");
        catchUp(reader);
    }

    /// Tells a reader the next piece of what it has missed, and the one after that when this one is on its way. What
    /// happens meanwhile it has missed, too. At last it is told the time, from which it knows how old all that is.
    private void catchUp(Reader reader) {
        if (reader.missed.isEmpty()) {
            LiveFeed.Missed missed = feed.since(reader.lastId);
            reader.through = missed.through();
            reader.missed.addAll(missed.events());
        }
        if (reader.missed.isEmpty()) {
            reader.keepingUp = true;
            reader.response.write(feed.keepAlive());
            return;
        }
        StringBuilder piece = new StringBuilder();
        while (!reader.missed.isEmpty() && piece.length() < PIECE_CHARACTERS) {
            Event event = reader.missed.remove();
            piece.append(event.text());
            reader.lastId = Optional.of(event.id());
        }
        reader.response
                .write(piece.toString())
                .onSuccess(written -> catchUp(reader))
                .onFailure(broken -> readers.remove(reader));
    }

    /// Tells everybody who keeps up, and was not told it with what it had missed.
    private void send(long number, String text) {
        readers.removeIf(reader -> reader.response.closed());
        for (Reader reader : Set.copyOf(readers)) {
            if (!reader.keepingUp || number <= reader.through) {
                continue;
            }
            if (reader.response.writeQueueFull()) {
                // It does not keep up; it will come back and be told what it missed.
                readers.remove(reader);
                reader.response.reset();
            } else {
                reader.response.write(text);
            }
        }
    }
}
