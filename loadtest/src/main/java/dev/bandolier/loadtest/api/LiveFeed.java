package dev.bandolier.loadtest.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.function.Consumer;

/// A subscription to `GET /v1/live` that comes back after every break, where it left off.
///
/// Confined to one context, on which the events are delivered as well.
public final class LiveFeed {

    /// The pause before a broken stream is opened again.
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final Api api;
    private final Consumer<LiveEvent> events;
    private final Promise<Void> opened = Promise.promise();

    private String lastEventId;
    private long breaks;
    private boolean closed;

    /// A feed that is not open yet.
    ///
    /// @param context where events are delivered
    public LiveFeed(Vertx vertx, Context context, Api api, Consumer<LiveEvent> events) {
        this.vertx = vertx;
        this.context = context;
        this.api = api;
        this.events = events;
    }

    /// Subscribes. Completes when the stream is open for the first time.
    public Future<Void> open() {
        context.runOnContext(_ -> connect());
        return opened.future();
    }

    /// Ends the subscription; the connection itself ends with the client.
    public void close() {
        context.runOnContext(_ -> closed = true);
    }

    /// How often the stream broke and was opened again.
    public long breaks() {
        return breaks;
    }

    private void connect() {
        if (!closed) {
            api.stream("/v1/live", lastEventId).onSuccess(this::listen).onFailure(_ -> reconnect());
        }
    }

    private void listen(HttpClientResponse response) {
        if (response.statusCode() != 200) {
            response.end().onComplete(_ -> reconnect());
            return;
        }
        SseParser parser = new SseParser(this::deliver);
        response.handler(parser::accept);
        response.end().onComplete(_ -> reconnect());
        opened.tryComplete();
    }

    private void deliver(SseParser.Event event) {
        lastEventId = event.id();
        if (!closed) {
            LiveEvent.of(event.name(), event.data()).ifPresent(events);
        }
    }

    private void reconnect() {
        if (!closed) {
            breaks++;
            vertx.setTimer(RECONNECT_AFTER.toMillis(), _ -> connect());
        }
    }
}
