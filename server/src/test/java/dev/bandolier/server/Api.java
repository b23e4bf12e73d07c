package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// A node as its callers see it: HTTP and JSON, nothing else.
///
/// @param address where the node listens
record Api(String address) {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /// What was answered.
    ///
    /// @param status HTTP status
    /// @param type   media type, empty if there was none
    /// @param raw    the whole response
    /// @param text   the body
    record Answer(int status, String type, HttpResponse<String> raw, String text) {

        /// The body as a JSON object.
        JsonObject json() {
            return new JsonObject(text);
        }

        /// A header.
        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        /// This answer, if it has the status.
        Answer with(int expected) {
            if (status != expected) {
                throw new AssertionError("answered " + status + ", not " + expected + ": " + text);
            }
            return this;
        }
    }

    /// Any request; its body may be absent.
    Answer send(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = request(path).timeout(ANSWER_MAX).method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("content-type").orElse("");
            return new Answer(response.statusCode(), type, response, response.body());
        } catch (IOException e) {
            throw new Unanswered(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(method + " " + path, e);
        }
    }

    /// A request to this node, to be finished by the caller.
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("Content-Type", "application/json");
    }

    /// The client, for what does not end with one answer.
    static HttpClient client() {
        return CLIENT;
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body));
    }

    Answer post(String path) {
        return send("POST", path, BodyPublishers.noBody());
    }

    Answer patch(String path, String etag, JsonObject change) {
        return send("PATCH", path, BodyPublishers.ofString(change.encode()), "If-Match", etag);
    }

    /// Creates an experiment and starts it.
    void start(JsonObject definition) {
        post("/v1/experiments", definition.encode()).with(201);
        post("/v1/experiments/" + definition.getString("key") + "/start").with(200);
    }

    /// Changes the state of an experiment or an arm, as in `hero/pause` or `hero/arms/b/pause`.
    JsonObject command(String path) {
        return post("/v1/experiments/" + path).with(200).json();
    }

    /// The answer to a well-formed ask.
    JsonObject decide(JsonObject ask) {
        return post("/v1/decisions", ask.encode()).with(200).json();
    }

    /// The answer to the plainest ask.
    JsonObject decide(String experiment, String unit) {
        return decide(new JsonObject().put("experiment", experiment).put("unit", unit));
    }

    /// Reports conversions in one request.
    Answer report(JsonArray conversions) {
        return post("/v1/conversions", conversions.encode());
    }

    /// Reports one conversion.
    Answer report(JsonObject conversion) {
        return post("/v1/conversions", conversion.encode());
    }

    /// Nobody answered: whether the request was carried out is not known.
    static final class Unanswered extends RuntimeException {

        private static final long serialVersionUID = 1;

        Unanswered(String request, Exception cause) {
            super(request + " was not answered: " + cause, cause);
        }
    }
}
