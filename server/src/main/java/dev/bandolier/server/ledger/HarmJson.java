package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Guardrails.Form;
import dev.bandolier.bandits.Guardrails.Harm;
import dev.bandolier.bandits.Objective;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/// The JSON form of the test that pauses an arm: `"off"`, or an object.
final class HarmJson {

    /// The greatest margin: who tolerates more than that tests nothing.
    static final double MARGIN_MAX = 0.99;

    /// The least error rate; below it nothing is ever paused.
    private static final double ALPHA_MIN = 1e-6;

    private static final double ALPHA_MAX = 0.5;

    private HarmJson() {}

    /// The test in the field `harm`; the default one, if it was refused.
    static Optional<Harm> read(Fields guardrails, Optional<Objective> objective) {
        if (GuardrailsJson.isOff(guardrails, "harm")) {
            return Optional.empty();
        }
        if (guardrails.isText("harm")) {
            guardrails.refuse("harm", "must be 'off' or an object");
            return Optional.of(Harm.DEFAULT);
        }
        Fields in = guardrails.object("harm");
        double margin = in.number("margin", 0, MARGIN_MAX, Harm.DEFAULT.margin());
        double alpha = in.number("alpha", ALPHA_MIN, ALPHA_MAX, Harm.DEFAULT.alpha());
        Duration window = window(in, objective);
        Form form = form(in);
        in.nothingElse();
        return Optional.of(in.clean() ? new Harm(margin, alpha, window, form) : Harm.DEFAULT);
    }

    /// The short window. The default one may be longer than that of the objective, which then stands for both.
    private static Duration window(Fields in, Optional<Objective> objective) {
        Duration usual = Harm.DEFAULT.window();
        Duration window = in.duration("window", usual);
        Duration most = objective.map(Objective::window).orElse(ObjectiveJson.WINDOW_MAX);
        boolean longer = window.compareTo(most) > 0 && !window.equals(usual);
        if (window.compareTo(Objective.WINDOW_MIN) < 0 || longer) {
            in.refuse(
                    "window",
                    "must be at least " + Objective.WINDOW_MIN + " and not longer than the window of the objective, "
                            + Durations.text(most));
            return usual;
        }
        return window;
    }

    private static Form form(Fields in) {
        return switch (in.optionalText("form").orElse("finite")) {
            case "finite" -> Form.FINITE;
            case "always-on" -> Form.ALWAYS_ON;
            default -> {
                in.refuse("form", "must be 'finite' (the experiment ends) or 'always-on' (it goes on for ever)");
                yield Form.FINITE;
            }
        };
    }

    static JsonObject write(Harm harm) {
        String form = switch (harm.form()) {
            case FINITE -> "finite";
            case ALWAYS_ON -> "always-on";
        };
        return new JsonObject()
                .put("margin", harm.margin())
                .put("alpha", harm.alpha())
                .put("window", Durations.text(harm.window()))
                .put("form", form);
    }
}
