package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Drift;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/// The JSON form of how an experiment allows for change: fields of the definition itself.
final class DriftJson {

    /// Two weekly cycles: what forgets faster takes a weekend for a change (`methods.md` 5).
    private static final Duration HALF_LIFE_MIN = Duration.ofDays(14);

    /// Ten years: longer is never.
    private static final Duration HALF_LIFE_MAX = Duration.ofDays(3650);

    private DriftJson() {}

    /// The drift in these fields of a definition.
    static Drift read(Fields in) {
        boolean epochs = in.flag("epochs", Drift.DEFAULT.epochs());
        Optional<Duration> halfLife = in.duration("halfLife");
        boolean sound = halfLife.isEmpty()
                || (halfLife.get().compareTo(HALF_LIFE_MIN) >= 0
                        && halfLife.get().compareTo(HALF_LIFE_MAX) <= 0);
        if (!sound) {
            in.refuse(
                    "halfLife",
                    "must be between " + Durations.text(HALF_LIFE_MIN) + ", two weekly cycles, and "
                            + Durations.text(HALF_LIFE_MAX) + "; leave it out and nothing is forgotten");
        }
        return sound ? new Drift(epochs, halfLife) : Drift.DEFAULT;
    }

    /// Adds the drift to the JSON object of its definition.
    static void write(JsonObject json, Drift drift) {
        json.put("epochs", drift.epochs());
        drift.halfLife().ifPresent(time -> json.put("halfLife", Durations.text(time)));
    }
}
