package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Drift;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Limits;
import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The JSON form of a definition: as owners write it, with defaults for what they leave out, and as it is stored.
public final class DefinitionJson {

    private static final int NAME_CHARACTERS_MAX = 200;

    private DefinitionJson() {}

    /// The definition in a JSON object. What its parts are not together is told once each is sound by itself.
    ///
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    public static Definition read(JsonObject json) {
        Fields in = Fields.of(json);
        String key = name(in, "key");
        String name = limited(in, "name", in.optionalText("name").orElse(key), NAME_CHARACTERS_MAX);
        String unit = limited(in, "unit", in.optionalText("unit").orElse("visitor"), NAME_CHARACTERS_MAX);
        Stickiness sticky = sticky(in);
        List<Arm> arms = ArmsJson.read(in);
        Fields earned = in.object("objective");
        Objective objective = ObjectiveJson.read(earned);
        Policy policy = PolicyJson.read(in.object("policy"), objective);
        Fields believed = in.object("prior");
        // A history and a budget are of what the objective says; beside one that was refused they would be blamed for
        // nothing.
        Prior prior = earned.clean() ? PriorJson.read(believed, objective, arms) : new Prior.UnitSuccess();
        double holdout = LimitsJson.holdout(in);
        Limits limits = LimitsJson.read(in, arms.size(), holdout);
        Drift drift = DriftJson.read(in);
        Optional<Segments> segments = SegmentsJson.read(in);
        Guardrails guardrails = GuardrailsJson.read(
                in.object("guardrails"), earned.clean() ? Optional.of(objective) : Optional.empty());
        in.nothingElse();
        in.done();
        CreditingJson.check(earned, objective, sticky);
        PolicyJson.check(in, policy, arms, objective, limits);
        in.done();
        return new Definition(
                key, name, unit, sticky, arms, objective, policy, prior, limits, drift, segments, holdout, guardrails);
    }

    /// The JSON object of a definition, with every default filled in.
    public static JsonObject write(Definition definition) {
        JsonObject json = new JsonObject()
                .put("key", definition.key())
                .put("name", definition.name())
                .put("unit", definition.unit())
                .put("sticky", definition.sticky().name().toLowerCase(Locale.ROOT))
                .put("arms", ArmsJson.write(definition.arms()))
                .put("objective", ObjectiveJson.write(definition.objective()))
                .put("policy", PolicyJson.write(definition.policy(), definition.objective()))
                .put("prior", PriorJson.write(definition.prior(), definition.objective()));
        LimitsJson.write(json, definition.limits());
        json.put("holdout", definition.holdout());
        DriftJson.write(json, definition.drift());
        definition.segments().ifPresent(segments -> json.put("segments", SegmentsJson.write(segments)));
        return json.put("guardrails", GuardrailsJson.write(definition.guardrails(), definition.objective()));
    }

    /// The name in a field, refused if it is none.
    static String name(Fields in, String field) {
        String text = in.text(field);
        if (!text.isEmpty() && !Names.valid(text)) {
            in.refuse(field, "'" + shortened(text) + "' " + Names.RULE);
        }
        return text;
    }

    /// The text of a field, refused if it is longer than so many characters.
    static String limited(Fields in, String field, String text, int charactersMax) {
        if (text.length() > charactersMax) {
            in.refuse(field, "has " + text.length() + " characters; " + charactersMax + " are the most");
        }
        return text;
    }

    /// The text as it is quoted in a message.
    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    private static Stickiness sticky(Fields in) {
        String text = in.optionalText("sticky").orElse("unit");
        return switch (text) {
            case "unit" -> Stickiness.UNIT;
            case "none" -> Stickiness.NONE;
            default -> {
                in.refuse("sticky", "must be 'unit' (a unit keeps its arm) or 'none' (every request draws again)");
                yield Stickiness.UNIT;
            }
        };
    }
}
