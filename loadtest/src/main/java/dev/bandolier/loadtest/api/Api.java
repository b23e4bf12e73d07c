package dev.bandolier.loadtest.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;

/// A caller's end of the HTTP API of one server.
///
/// Futures complete on the event loop of the caller. A future fails if no answer came; an answer of any status is a
/// success.
public final class Api {

    /// How long a request waits for a connection, and then for each part of its answer.
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    /// How long a stream may be silent; the server sends a comment every 15 s.
    private static final Duration STREAM_SILENCE_MAX = Duration.ofSeconds(45);

    /// How long a TCP connection may take.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Address address;

    /// A client with at most this many connections for requests, and one more for the live feed.
    public Api(Vertx vertx, Address address, int connections) {
        this.address = address;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setDefaultHost(address.host())
                        .setDefaultPort(address.port())
                        .setSsl(address.tls())
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis()),
                new PoolOptions().setHttp1MaxSize(connections + 1));
    }

    /// Where the server is.
    public Address address() {
        return address;
    }

    /// Asks for a decision. Fails with the server's words if there was none.
    public Future<Decision> decide(JsonObject ask) {
        return post("/v1/decisions", ask.toBuffer()).map(answer -> {
            if (answer.status() != 200) {
                throw new CommandFailure(answer.problem());
            }
            return Decision.of(answer.json());
        });
    }

    /// Posts a JSON body.
    public Future<Answer> post(String path, Buffer body) {
        return post(path, body, Map.of());
    }

    /// Posts a JSON body with further headers.
    public Future<Answer> post(String path, Buffer body, Map<String, String> headers) {
        return client.request(options(HttpMethod.POST, path)).compose(request -> {
            headers.forEach(request::putHeader);
            return read(request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .send(body));
        });
    }

    /// Gets a JSON body.
    public Future<Answer> get(String path) {
        return client.request(options(HttpMethod.GET, path)).compose(request -> read(request.send()));
    }

    /// Deletes what is at a path.
    public Future<Answer> delete(String path) {
        return client.request(options(HttpMethod.DELETE, path)).compose(request -> read(request.send()));
    }

    /// Opens a stream of server-sent events. The response is not read yet, so this is called on an event loop.
    ///
    /// @param lastEventId the id to resume after, or null
    Future<HttpClientResponse> stream(String path, String lastEventId) {
        RequestOptions options = options(HttpMethod.GET, path)
                .setIdleTimeout(STREAM_SILENCE_MAX.toMillis())
                .putHeader(HttpHeaders.ACCEPT, "text/event-stream");
        if (lastEventId != null) {
            options.putHeader("Last-Event-ID", lastEventId);
        }
        return client.request(options).compose(request -> request.send());
    }

    /// The outcome of a future, waited for; not for event loops.
    ///
    /// @throws CommandFailure if it failed, with one line that says what to do about it
    public <T> T await(Future<T> future) {
        try {
            return future.await();
        } catch (Throwable failure) {
            // Vert.x rethrows whatever failed the future here, checked or not.
            throw failure instanceof CommandFailure explained ? explained : address.explain(failure);
        }
    }

    private static RequestOptions options(HttpMethod method, String path) {
        return new RequestOptions()
                .setMethod(method)
                .setURI(path)
                .setConnectTimeout(REQUEST_TIMEOUT.toMillis())
                .setIdleTimeout(REQUEST_TIMEOUT.toMillis());
    }

    /// Reads a response to its end. Called on the event loop of the connection: asked for from another thread, the
    /// body may have passed by before somebody reads it.
    private static Future<Answer> read(Future<HttpClientResponse> arriving) {
        return arriving.compose(response -> response.body()
                .map(body -> new Answer(response.statusCode(), body, response.getHeader(HttpHeaders.RETRY_AFTER))));
    }
}
