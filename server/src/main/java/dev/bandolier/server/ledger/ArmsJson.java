package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Names;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The JSON form of the arms of a definition.
final class ArmsJson {

    private static final int PAYLOAD_CHARACTERS_MAX = 16_384;

    private ArmsJson() {}

    /// The arms in the field `arms`; those that are sound, if some are not.
    static List<Arm> read(Fields in) {
        List<Arm> arms = new ArrayList<>();
        int controls = 0;
        List<Fields> listed = in.objects("arms");
        for (Fields each : listed) {
            String key = DefinitionJson.name(each, "key");
            boolean control = each.flag("control", false);
            String payload = DefinitionJson.limited(each, "payload", each.payload("payload"), PAYLOAD_CHARACTERS_MAX);
            String sound = Names.valid(key) ? key : "refused";
            Arm arm = new Arm(sound, control, payload, status(each), each.time("since"), each.time("watched"));
            each.nothingElse();
            if (arms.stream().anyMatch(other -> other.key().equals(key))) {
                each.refuse("key", "'" + key + "' stands twice");
            }
            controls += control ? 1 : 0;
            arms.add(arm);
        }
        if (listed.size() < 2 || listed.size() > Definition.ARMS_MAX) {
            in.refuse("arms", "must be 2 to " + Definition.ARMS_MAX + " arms, not " + listed.size());
        } else if (controls != 1) {
            in.refuse("arms", "must have exactly one arm with \"control\": true, not " + controls);
        }
        return arms;
    }

    private static Arm.Status status(Fields in) {
        String text = in.optionalText("status").orElse("live");
        return switch (text) {
            case "live" -> Arm.Status.LIVE;
            case "paused" -> Arm.Status.PAUSED;
            default -> {
                in.refuse("status", "must be 'live' or 'paused'");
                yield Arm.Status.LIVE;
            }
        };
    }

    static JsonArray write(List<Arm> arms) {
        JsonArray listed = new JsonArray();
        for (Arm arm : arms) {
            JsonObject json = new JsonObject()
                    .put("key", arm.key())
                    .put("control", arm.control())
                    .put("payload", new JsonObject(arm.payload()))
                    .put("status", arm.status().name().toLowerCase(Locale.ROOT));
            arm.since().ifPresent(time -> json.put("since", time.toString()));
            arm.watched().ifPresent(time -> json.put("watched", time.toString()));
            listed.add(json);
        }
        return listed;
    }
}
