package dev.bandolier.loadtest.demo;

import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// The conversions that are still to happen, and those that happen now: sent when the clock of the shop comes to them,
/// some by the API, some by the webhooks of a payment provider.
///
/// Confined to one event loop.
final class Post {

    /// Conversions in one request: the webhooks take no more than a hundred.
    private static final int BATCH_MAX = 100;

    /// Conversions that may be ahead; more are forgotten.
    private static final int AHEAD_MAX = 100_000;

    private static final int TRIES_MAX = 5;

    /// A conversion that is to happen.
    private record Due(Instant at, JsonObject conversion, boolean hook) {}

    private final Api api;
    private final Payments payments;
    private final InstantSource clock;
    private final PriorityQueue<Due> ahead = new PriorityQueue<>(Comparator.comparing(Due::at));

    private long accepted;
    private long refused;

    Post(Api api, Payments payments, InstantSource clock) {
        this.api = api;
        this.payments = payments;
        this.clock = clock;
    }

    /// Notes that a conversion happens at this time of the shop.
    ///
    /// @param hook whether the payment provider reports it
    void at(Instant at, JsonObject conversion, boolean hook) {
        if (ahead.size() < AHEAD_MAX) {
            ahead.add(new Due(at, conversion.put("at", at.toString()), hook));
        }
    }

    /// Sends all that has happened by now.
    void send() {
        Instant now = clock.instant();
        List<JsonObject> direct = new ArrayList<>();
        List<JsonObject> hooks = new ArrayList<>();
        while (!ahead.isEmpty() && !ahead.peek().at().isAfter(now) && direct.size() + hooks.size() < BATCH_MAX) {
            Due due = ahead.poll();
            (due.hook() ? hooks : direct).add(due.conversion());
        }
        send(direct, false, 1);
        send(hooks, true, 1);
    }

    private void send(List<JsonObject> items, boolean hook, int tries) {
        if (items.isEmpty()) {
            return;
        }
        JsonArray body = new JsonArray(items);
        Future<Answer> sent = hook ? payments.deliver(body) : api.post("/v1/conversions", body.toBuffer());
        sent.onComplete(answer -> {
            boolean again = answer.failed() || answer.result().status() == 503;
            if (again && tries < TRIES_MAX) {
                send(items, hook, tries + 1);
            } else {
                note(items.size(), answer.succeeded() ? answer.result() : null);
            }
        });
    }

    private void note(int items, Answer answer) {
        long wrong =
                answer == null || answer.status() != 202 ? items : answer.json().getInteger("refused", 0);
        refused += wrong;
        accepted += items - wrong;
    }

    /// Conversions that the server took.
    long accepted() {
        return accepted;
    }

    /// Conversions that it did not.
    long refused() {
        return refused;
    }
}
