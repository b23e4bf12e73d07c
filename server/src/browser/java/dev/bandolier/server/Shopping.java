package dev.bandolier.server;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/// Visitors who come to an experiment at a steady pace, and buy as their arm makes them; they stay away while the server
/// does, and come again.
///
/// A thread of its own, which ends when this is closed.
final class Shopping implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final int AT_ONCE = 25;
    private static final int SEED = 11;

    private final Api api;
    private final String experiment;
    private final Function<String, Double> rates;
    private final Random luck = new Random(SEED);
    private final Thread thread;
    private volatile boolean open = true;
    private volatile Throwable failure;
    private int visitors;

    private Shopping(Api api, String experiment, Map<String, Double> rates) {
        this.api = api;
        this.experiment = experiment;
        this.rates = arm -> rates.getOrDefault(arm, 0.0);
        this.thread = Thread.ofVirtual()
                .uncaughtExceptionHandler((_, thrown) -> failure = thrown)
                .start(this::shop);
    }

    /// Opens the doors.
    ///
    /// @param rates of how many in one, by arm, buy something; of others nobody does
    static Shopping in(Api api, String experiment, Map<String, Double> rates) {
        return new Shopping(api, experiment, rates);
    }

    @Override
    public void close() {
        open = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the last visitors leave", e);
        }
        if (failure != null) {
            throw new AssertionError("the shop was closed early", failure);
        }
    }

    private void shop() {
        while (open) {
            try {
                come();
            } catch (Api.Unanswered away) {
                // The server was stopped; whoever came meanwhile saw nothing, and is not asked again.
            }
            Eventually.pause(PAUSE);
        }
    }

    private void come() {
        JsonArray bought = new JsonArray();
        for (int i = 0; i < AT_ONCE; i++) {
            String visitor = "visitor-" + visitors++;
            JsonObject decision = api.decide(experiment, visitor);
            if (luck.nextDouble() < rates.apply(decision.getString("arm"))) {
                bought.add(new JsonObject()
                        .put("id", "order of " + visitor)
                        .put("metric", "purchase")
                        .put("unit", visitor));
            }
        }
        if (!bought.isEmpty()) {
            api.report(bought);
        }
    }
}
