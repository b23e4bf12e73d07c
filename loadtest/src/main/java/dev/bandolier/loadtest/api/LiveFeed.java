package dev.bandolier.loadtest.api;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A subscription to `GET /v1/live` that comes back after every break, where it left off.
///
/// Confined to one context, on which the events are delivered as well.
public final class LiveFeed {

    /// How long the stream may take to open for the first time.
    static final Duration OPEN_MAX = Duration.ofSeconds(5);

    private static final String PATH = "/v1/live";

    /// The pause before a broken stream is opened again.
    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Context context;
    private final Api api;
    private final Consumer<LiveEvent> events;
    private final Promise<Void> opened = Promise.promise();

    private String lastEventId;
    private long breaks;
    private volatile boolean closed;

    /// A feed that is not open yet.
    ///
    /// @param context where events are delivered
    public LiveFeed(Vertx vertx, Context context, Api api, Consumer<LiveEvent> events) {
        this.vertx = vertx;
        this.context = context;
        this.api = api;
        this.events = events;
    }

    /// Subscribes. Completes when the stream is open for the first time, and fails if that takes longer than
    /// [#OPEN_MAX].
    public Future<Void> open() {
        context.runOnContext(_ -> connect());
        return opened.future()
                .timeout(OPEN_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ -> {
                    closed = true;
                    return Future.failedFuture(new CommandFailure("the live feed at "
                            + api.address().url() + PATH + " did not open within " + OPEN_MAX.toSeconds() + " s"));
                });
    }

    /// Ends the subscription, from any thread; the connection itself ends with the client.
    public void close() {
        closed = true;
    }

    /// How often the stream broke, or could not be opened again after that.
    public long breaks() {
        return breaks;
    }

    private void connect() {
        if (!closed) {
            api.stream(PATH, lastEventId).onSuccess(this::listen).onFailure(_ -> reconnect());
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
