package dev.bandolier.loadtest.demo;

import dev.bandolier.bandits.simulation.World;
import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/// The visitors of the shop: each is asked for, sees an arm, and maybe converts later, as the [Truth] has it.
///
/// Confined to one event loop.
final class Visitors {

    /// Unanswered asks, at most: while there are as many nobody comes, so a slow machine sees fewer visitors instead of
    /// ones who give up.
    private static final int IN_FLIGHT_MAX = 64;

    private static final double ON_PHONES = 0.6;

    /// Share of orders that the payment provider reports; the shop reports the others.
    private static final double BY_HOOK = 0.5;

    private static final double REFUNDED = 0.08;
    private static final double REFUNDED_AFTER_HOURS = 20;
    private static final double SECONDS_PER_HOUR = 3600;

    private final Api api;
    private final Post post;
    private final InstantSource clock;
    private final String run;
    private final SplittableRandom random;

    private long came;
    private int inFlight;
    private long answered;
    private long failed;

    /// @param run names these visitors: those of two runs are different people
    Visitors(Api api, Post post, InstantSource clock, String run, SplittableRandom random) {
        this.api = api;
        this.post = post;
        this.clock = clock;
        this.run = run;
        this.random = random;
    }

    /// Somebody looks around: sees a hero and an offer.
    void browse() {
        String device = random.nextDouble() < ON_PHONES ? Programme.MOBILE : Programme.DESKTOP;
        ask(List.of(Programme.HERO, Programme.OFFERS), device);
    }

    /// Somebody goes to the checkout.
    void checkOut() {
        ask(List.of(Programme.CHECKOUT), Programme.MOBILE);
    }

    private void ask(List<String> experiments, String device) {
        if (inFlight >= IN_FLIGHT_MAX) {
            return;
        }
        inFlight++;
        String unit = "shopper-" + run + "-" + came++;
        JsonObject ask = new JsonObject()
                .put("experiments", new JsonArray(experiments))
                .put("unit", unit)
                .put("context", new JsonObject().put("device", device));
        api.post("/v1/decisions", ask.toBuffer()).onComplete(answer -> {
            inFlight--;
            if (answer.succeeded() && answer.result().status() == 200) {
                shown(unit, device, answer.result());
            } else {
                failed += experiments.size();
            }
        });
    }

    private void shown(String unit, String device, Answer answer) {
        Instant now = clock.instant();
        for (Object each : answer.json().getJsonArray("decisions")) {
            JsonObject decision = (JsonObject) each;
            if (decision.getString("decision") != null) {
                answered++;
                live(unit, device, now, decision);
            } else {
                failed++;
            }
        }
    }

    private void live(String unit, String device, Instant now, JsonObject decision) {
        String arm = decision.getString("arm");
        switch (decision.getString("experiment")) {
            case Programme.HERO -> convert(unit, "signup", Truth.HERO, Programme.HERO_ARMS.indexOf(arm), now);
            case Programme.OFFERS -> order(unit, Truth.OFFERS.get(device), Programme.OFFER_ARMS.indexOf(arm), now);
            default -> pay(unit, Programme.CHECKOUT_ARMS.indexOf(arm), now);
        }
    }

    private void convert(String unit, String metric, World world, int arm, Instant now) {
        if (Truth.converts(world, arm, now, random)) {
            post.at(now.plus(Truth.delay(world, random)), conversion(metric + "-" + unit, metric, unit), false);
        }
    }

    /// Who is at the checkout pays at once or not at all, whatever the day.
    private void pay(String unit, int arm, Instant now) {
        World world = Truth.CHECKOUT;
        if (world.converts(arm, random)) {
            post.at(now.plus(world.delay(random)), conversion("paid-" + unit, "paid", unit), false);
        }
    }

    private void order(String unit, Truth.Shelf shelf, int arm, Instant now) {
        if (!Truth.converts(shelf.world(), arm, now, random)) {
            return;
        }
        Instant at = now.plus(Truth.delay(shelf.world(), random));
        boolean hook = random.nextDouble() < BY_HOOK;
        String id = "order-" + unit;
        double euros = Truth.value(shelf, arm, random) / 100.0;
        post.at(at, conversion(id, "order", unit).put("value", euros).put("currency", "EUR"), hook);
        if (random.nextDouble() < REFUNDED) {
            double hours = 1 + REFUNDED_AFTER_HOURS * random.nextExponential();
            Duration later = Duration.ofSeconds(Math.round(hours * SECONDS_PER_HOUR));
            JsonObject refund = conversion("refund-" + unit, "order", unit)
                    .put("value", euros)
                    .put("currency", "EUR")
                    .put("reverses", id);
            post.at(at.plus(later), refund, hook);
        }
    }

    private static JsonObject conversion(String id, String metric, String unit) {
        return new JsonObject().put("id", id).put("metric", metric).put("unit", unit);
    }

    /// Decisions that were answered and are on record.
    long answered() {
        return answered;
    }

    /// Decisions that failed, or were answered without a record.
    long failed() {
        return failed;
    }
}
