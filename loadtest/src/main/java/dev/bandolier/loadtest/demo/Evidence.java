package dev.bandolier.loadtest.demo;

import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the guardrail has against the harmful arm of the checkout, as the API tells it.
///
/// @param paused    why the arm was paused, in the server's words; empty while it is not
/// @param e         the evidence of final outcomes, 0 if there is none
/// @param threshold what it has to reach, 0 if there is none
record Evidence(Optional<String> paused, double e, double threshold) {

    /// What is known by now. Blocks.
    static Evidence read(Api api, String arm) {
        Answer answer = api.await(api.get("/v1/experiments/" + Programme.CHECKOUT));
        JsonObject experiment = answer.status() == 200 ? answer.json() : new JsonObject();
        JsonObject latest = Optional.ofNullable(experiment.getJsonObject("standing"))
                .or(() -> Optional.ofNullable(experiment.getJsonObject("snapshot")))
                .orElseGet(JsonObject::new);
        return of(latest.getJsonObject("guard", new JsonObject()), arm);
    }

    /// What the guardrails of a snapshot say of an arm.
    static Evidence of(JsonObject guard, String arm) {
        Optional<String> paused = objects(guard, "verdicts")
                .filter(each -> "arm-harmful".equals(each.getString("kind")) && arm.equals(each.getString("arm")))
                .map(each -> each.getString("note", ""))
                .findFirst();
        Optional<JsonObject> strongest = objects(guard, "arms")
                .filter(each -> arm.equals(each.getString("arm")))
                .flatMap(each -> objects(each, "harm"))
                .filter(each -> !"arrived".equals(each.getString("horizon")))
                .max(Comparator.comparingDouble(each -> each.getDouble("e", 0.0)));
        return new Evidence(
                paused,
                strongest.map(each -> each.getDouble("e", 0.0)).orElse(0.0),
                strongest.map(each -> each.getDouble("threshold", 0.0)).orElse(0.0));
    }

    private static Stream<JsonObject> objects(JsonObject json, String field) {
        return json.getJsonArray(field, new JsonArray()).stream().map(JsonObject.class::cast);
    }

    /// As in `evidence 3.1 of 80`.
    String text() {
        return String.format(Locale.ROOT, "evidence %.1f of %.0f", e, threshold);
    }
}
