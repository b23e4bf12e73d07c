package dev.bandolier.loadtest.shoppers;

import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.FailureKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The sender of conversions: waits until each is due, sends it, and tries again what was not acknowledged.
///
/// Each has an id of its own, so trying again cannot count one twice. Confined to one event loop.
final class Conversions {

    /// The most conversions in one request that the API takes.
    static final int BATCH_MAX = 1000;

    /// Conversions that may wait for their time or their answer; further ones are counted as not sent.
    static final int OPEN_MAX = 200_000;

    /// How often a conversion is sent again before it is given up.
    static final int RETRIES_MAX = 5;

    /// How long a batch waits to be filled.
    private static final Duration LINGER = Duration.ofMillis(50);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String PATH = "/v1/conversions";

    private final Vertx vertx;
    private final Api api;
    private final int batch;
    private final LearningLag lag;
    private final InstantSource clock;
    private final Counts verdicts = new Counts();
    private final Counts errors = new Counts();

    private List<JsonObject> filling = new ArrayList<>();
    private long open;
    private long sent;
    private long retried;
    private long acknowledged;
    private long notSent;

    /// A sender of requests with this many conversions each. With one, an object is sent, otherwise an array.
    Conversions(Vertx vertx, Api api, int batch, LearningLag lag, InstantSource clock) {
        this.vertx = vertx;
        this.api = api;
        this.batch = batch;
        this.lag = lag;
        this.clock = clock;
    }

    /// Sends a conversion after a delay.
    void schedule(JsonObject conversion, Duration delay) {
        if (open >= OPEN_MAX) {
            notSent++;
            return;
        }
        open++;
        vertx.setTimer(Math.max(1, delay.toMillis()), _ -> due(conversion));
    }

    private void due(JsonObject conversion) {
        sent++;
        filling.add(conversion);
        if (filling.size() >= batch) {
            flush();
        } else if (filling.size() == 1) {
            vertx.setTimer(LINGER.toMillis(), _ -> flush());
        }
    }

    private void flush() {
        if (!filling.isEmpty()) {
            List<JsonObject> full = filling;
            filling = new ArrayList<>();
            post(full, 0);
        }
    }

    private void post(List<JsonObject> items, int retries) {
        Buffer body = batch == 1 ? items.getFirst().toBuffer() : new JsonArray(items).toBuffer();
        api.post(PATH, body)
                .onSuccess(answer -> answered(items, retries, answer))
                .onFailure(failure -> {
                    errors.add(FailureKind.of(failure));
                    again(items, retries, RETRY_AFTER);
                });
    }

    private void answered(List<JsonObject> items, int retries, Answer answer) {
        switch (answer.status()) {
            case 202 -> accepted(items, answer.json());
            case 503 -> {
                errors.add("HTTP 503");
                again(items, retries, pause(answer));
            }
            case 422 -> {
                open -= items.size();
                verdicts.add("refused");
                errors.add(answer.problem());
            }
            default -> {
                open -= items.size();
                errors.add(answer.problem());
            }
        }
    }

    private void accepted(List<JsonObject> items, JsonObject answer) {
        open -= items.size();
        List<String> statuses = batch == 1
                ? List.of(answer.getString("status", "accepted"))
                : answer.getJsonArray("items").stream()
                        .map(item -> ((JsonObject) item).getString("status"))
                        .toList();
        long nanos = System.nanoTime();
        for (String status : statuses) {
            verdicts.add(status);
            if (!"refused".equals(status)) {
                acknowledged++;
                lag.acknowledged(clock.instant(), nanos);
            }
        }
    }

    private void again(List<JsonObject> items, int retries, Duration pause) {
        if (retries == RETRIES_MAX) {
            open -= items.size();
            verdicts.add("given up");
            return;
        }
        retried += items.size();
        vertx.setTimer(pause.toMillis(), _ -> post(items, retries + 1));
    }

    private static Duration pause(Answer answer) {
        try {
            return Duration.ofSeconds(Math.clamp(Long.parseLong(answer.retryAfter()), 1, 30));
        } catch (NumberFormatException _) {
            // No header, or a date: the usual pause will do.
            return RETRY_AFTER;
        }
    }

    /// Conversions that wait for their time or their answer.
    long open() {
        return open;
    }

    /// Conversions that were sent, each counted once.
    long sent() {
        return sent;
    }

    /// Conversions that were sent again because there was no answer or a 503.
    long retried() {
        return retried;
    }

    /// Conversions that the server acknowledged, duplicates included.
    long acknowledged() {
        return acknowledged;
    }

    /// Conversions that were never sent because [#OPEN_MAX] were open.
    long notSent() {
        return notSent;
    }

    /// What the server said to each: `accepted`, `duplicate`, `refused`; or `given up`.
    Counts verdicts() {
        return verdicts;
    }

    /// Failed requests by kind.
    Counts errors() {
        return errors;
    }
}
