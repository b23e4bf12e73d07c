package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Snapshot.Basis;
import dev.bandolier.bandits.Snapshot.Change;
import dev.bandolier.bandits.Snapshot.Delay;
import dev.bandolier.bandits.Snapshot.Epochs;
import dev.bandolier.bandits.Snapshot.Phase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The JSON form of what the beliefs of a snapshot rest on: fields of the snapshot itself.
final class BasisJson {

    private BasisJson() {}

    /// Adds the basis to the JSON object of its snapshot.
    static void write(JsonObject json, Basis basis) {
        JsonObject delay = new JsonObject().put("estimated", basis.delay().estimated());
        basis.delay().median().ifPresent(median -> delay.put("median", Durations.text(readable(median))));
        delay.put("conversions", basis.delay().conversions());
        JsonArray changes = new JsonArray();
        for (Change change : basis.changes()) {
            changes.add(new JsonObject()
                    .put("arm", change.arm())
                    .put("since", change.since().toString())
                    .put("statistic", change.statistic())
                    .put("threshold", change.threshold()));
        }
        json.put("phase", phase(basis.phase()))
                .put("delay", delay)
                .put(
                        "epochs",
                        new JsonObject()
                                .put("width", Durations.text(basis.epochs().width()))
                                .put("count", basis.epochs().count())
                                .put("latest", basis.epochs().latest()));
        // JSON has no infinity: null says that nothing tells the segments apart.
        basis.kappa().ifPresent(each -> json.put("kappa", Double.isInfinite(each) ? null : each));
        basis.dispersion().ifPresent(each -> json.put("dispersion", each));
        json.put("changes", changes);
    }

    /// The basis that was stored; none of it is in snapshots of the first form.
    static Basis read(JsonObject json) {
        List<Change> changes = new ArrayList<>();
        for (Object each : json.getJsonArray("changes", new JsonArray())) {
            JsonObject change = (JsonObject) each;
            changes.add(new Change(
                    change.getString("arm"),
                    Instant.parse(change.getString("since")),
                    change.getDouble("statistic"),
                    change.getDouble("threshold")));
        }
        return new Basis(
                json.getString("phase", "learning").equals("learning") ? Phase.LEARNING : Phase.WARMING_UP,
                delay(json.getJsonObject("delay", new JsonObject())),
                epochs(json.getJsonObject("epochs", new JsonObject())),
                json.containsKey("kappa") && json.getValue("kappa") == null
                        ? OptionalDouble.of(Double.POSITIVE_INFINITY)
                        : optional(json, "kappa"),
                optional(json, "dispersion"),
                changes);
    }

    private static Delay delay(JsonObject json) {
        return new Delay(
                json.getBoolean("estimated", false),
                Optional.ofNullable(json.getString("median")).map(Duration::parse),
                json.getLong("conversions", 0L));
    }

    private static Epochs epochs(JsonObject json) {
        return new Epochs(
                Duration.parse(json.getString("width", "P1D")),
                json.getInteger("count", 1),
                json.getDouble("latest", 1.0));
    }

    private static OptionalDouble optional(JsonObject json, String field) {
        Double value = json.getDouble(field);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static String phase(Phase phase) {
        return switch (phase) {
            case WARMING_UP -> "warming-up";
            case LEARNING -> "learning";
        };
    }

    /// Without digits that nobody reads: whole seconds from a minute on, else milliseconds.
    private static Duration readable(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) >= 0
                ? Duration.ofSeconds(time.toSeconds())
                : Duration.ofMillis(time.toMillis());
    }
}
