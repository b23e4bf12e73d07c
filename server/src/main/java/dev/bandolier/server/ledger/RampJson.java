package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Guardrails.Ramp;
import dev.bandolier.bandits.Guardrails.Stage;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The JSON form of how the share of all arms but control may grow: `"none"`, `"cautious"`, or the stages.
final class RampJson {

    /// How long a stage lasts unless its owner says otherwise.
    private static final Duration HOLD = Duration.ofDays(1);

    /// As long as the longest window: a stage that waits longer is no ramp.
    private static final Duration HOLD_MAX = Duration.ofDays(90);

    private static final long CONVERSIONS_MAX = 1_000_000_000;

    private RampJson() {}

    /// The ramp in the field `ramp`; none, if it was refused.
    static Ramp read(Fields guardrails) {
        if (guardrails.isText("ramp")) {
            return switch (guardrails.optionalText("ramp").orElseThrow()) {
                case "none" -> Ramp.NONE;
                case "cautious" -> Ramp.CAUTIOUS;
                default -> {
                    guardrails.refuse("ramp", "must be 'none', 'cautious' or an array of stages");
                    yield Ramp.NONE;
                }
            };
        }
        List<Fields> listed = guardrails.objects("ramp");
        if (listed.size() > Ramp.STAGES_MAX) {
            guardrails.refuse("ramp", "has " + listed.size() + " stages; " + Ramp.STAGES_MAX + " are the most");
        }
        List<Stage> stages = new ArrayList<>();
        for (Fields each : listed) {
            double before = stages.isEmpty() ? 0 : stages.getLast().share();
            stage(each, before).ifPresent(stages::add);
        }
        return new Ramp(stages);
    }

    private static Optional<Stage> stage(Fields in, double before) {
        double share = in.number("share").orElse(0.0);
        if (!(share > before && share < 1)) {
            in.refuse(
                    "share",
                    before == 0
                            ? "is required: the most that all arms but control may have together, less than 1"
                            : "must be more than " + before + ", that of the stage before, and less than 1");
        }
        Duration hold = in.duration("hold", HOLD);
        if (hold.isNegative() || hold.compareTo(HOLD_MAX) > 0) {
            in.refuse("hold", "must be between PT0S and " + Durations.text(HOLD_MAX));
        }
        long conversions = in.whole("conversions", 0, CONVERSIONS_MAX).orElse(0L);
        in.nothingElse();
        return in.clean() ? Optional.of(new Stage(share, hold, conversions)) : Optional.empty();
    }

    /// The JSON form of a ramp, as its owner may write it.
    static Object write(Ramp ramp) {
        if (ramp.stages().isEmpty()) {
            return "none";
        }
        if (ramp.equals(Ramp.CAUTIOUS)) {
            return "cautious";
        }
        JsonArray stages = new JsonArray();
        for (Stage stage : ramp.stages()) {
            stages.add(new JsonObject()
                    .put("share", stage.share())
                    .put("hold", Durations.text(stage.hold()))
                    .put("conversions", stage.conversions()));
        }
        return stages;
    }
}
