package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Segments;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// The JSON form of the segments of a definition.
final class SegmentsJson {

    private static final int CHARACTERS_MAX = 100;

    private SegmentsJson() {}

    /// The segments in the field `segments`, if it is there.
    static Optional<Segments> read(Fields definition) {
        if (!definition.has("segments")) {
            return Optional.empty();
        }
        Fields in = definition.object("segments");
        String attribute = in.text("attribute");
        if (!attribute.isEmpty()) {
            checkText(in, "attribute", attribute);
        }
        List<String> values = in.texts("values");
        if (values.isEmpty() || values.size() > Segments.VALUES_MAX) {
            in.refuse(
                    "values",
                    "must be 1 to " + Segments.VALUES_MAX + " values of the attribute, not " + values.size()
                            + "; all others are learned from together");
        }
        for (int i = 0; i < values.size(); i++) {
            String field = "values[" + i + "]";
            checkText(in, field, values.get(i));
            if (values.indexOf(values.get(i)) < i) {
                in.refuse(field, "'" + DefinitionJson.shortened(values.get(i)) + "' stands twice");
            }
        }
        in.nothingElse();
        return in.clean() ? Optional.of(new Segments(attribute, values)) : Optional.empty();
    }

    private static void checkText(Fields in, String field, String text) {
        if (text.isBlank() || text.length() > CHARACTERS_MAX) {
            in.refuse(field, "must be a text of 1 to " + CHARACTERS_MAX + " characters");
        }
    }

    static JsonObject write(Segments segments) {
        return new JsonObject()
                .put("attribute", segments.attribute())
                .put("values", new JsonArray(List.copyOf(segments.values())));
    }
}
