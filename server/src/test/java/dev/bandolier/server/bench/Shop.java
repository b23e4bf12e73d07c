package dev.bandolier.server.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/// What a shop reports: orders of visitors that a decision was made for, each with an id of its own, a value and a time.
///
/// @param tokens decision token of each visitor, by number
record Shop(List<String> tokens) {

    /// How a report says whom the order belongs to.
    enum Naming {
        TOKEN,
        UNIT
    }

    private static final String EXPERIMENT = "bench";
    private static final String METRIC = "purchase";
    private static final String DEFINITION = """
        {"key":"bench","arms":[{"key":"classic","control":true},{"key":"video"},{"key":"offer"}],
         "objective":{"metric":"purchase","currency":"EUR"},"holdout":0}\
        """;

    private static final int ASKERS = 64;
    private static final int ATTEMPTS_MAX = 10;

    /// Opens at a server: an experiment, and a decision for each visitor.
    static Shop open(int port, int visitors) throws IOException, InterruptedException, ExecutionException {
        try (HttpClient client = HttpClient.newHttpClient();
                ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            post(client, port, "/v1/experiments", DEFINITION);
            post(client, port, "/v1/experiments/" + EXPERIMENT + "/start", "");
            List<Callable<String>> asks = new ArrayList<>();
            for (int visitor = 0; visitor < visitors; visitor++) {
                JsonObject ask = new JsonObject().put("experiment", EXPERIMENT).put("unit", unit(visitor));
                asks.add(() -> token(client, port, ask));
            }
            List<String> tokens = new ArrayList<>();
            for (Future<String> answer : askers.invokeAll(asks)) {
                tokens.add(answer.get());
            }
            return new Shop(tokens);
        }
    }

    /// The token of a decision that is on record: asked for again while the server is too slow to record one.
    private static String token(HttpClient client, int port, JsonObject ask) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            String token = new JsonObject(post(client, port, "/v1/decisions", ask.encode())).getString("decision");
            if (token != null) {
                return token;
            }
        }
        throw new IOException("no decision was recorded for " + ask);
    }

    private static String post(HttpClient client, int port, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("POST " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /// The visitor's name.
    static String unit(int visitor) {
        return "visitor-" + visitor;
    }

    /// Whole requests, each with so many orders that were never reported before; an array if there are several.
    ///
    /// @param run tells the ids of this supplier from those of all others
    /// @param now when the orders happened
    Supplier<Buffer> orders(Naming naming, int perRequest, String run, Instant now) {
        String rest = "\",\"value\":49.90,\"currency\":\"EUR\",\"at\":\"" + now.truncatedTo(ChronoUnit.MILLIS) + "\"}";
        return new Supplier<>() {
            private long next;

            @Override
            public Buffer get() {
                StringBuilder body = new StringBuilder(perRequest == 1 ? "" : "[");
                for (int i = 0; i < perRequest; i++) {
                    body.append(i == 0 ? "" : ",");
                    order(body);
                }
                body.append(perRequest == 1 ? "" : "]");
                return Buffer.buffer(
                        "POST /v1/conversions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json"
                                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }

            private void order(StringBuilder body) {
                // Neighbours in time are not neighbours in the table of decisions.
                int visitor = (int) (next * 7919 % tokens.size());
                body.append("{\"id\":\"order-").append(run).append('-').append(next);
                body.append("\",\"metric\":\"").append(METRIC);
                switch (naming) {
                    case TOKEN -> body.append("\",\"decision\":\"").append(tokens.get(visitor));
                    case UNIT -> body.append("\",\"unit\":\"").append(unit(visitor));
                }
                body.append(rest);
                next++;
            }
        };
    }
}
