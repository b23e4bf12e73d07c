package dev.bandolier.server.decide;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.bandolier.server.Settings;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a front end asks for: an arm for one unit in one or several experiments.
///
/// @param unit        the unit as the shop knows it; never stored, never logged
/// @param experiments keys, in the order asked
/// @param single      whether one experiment was asked for as `experiment`, and is answered without a list
/// @param eligible    arms that may be served; null: all
/// @param exclude     arms that may not be served
/// @param consent     whether the unit agreed to be counted
/// @param record      whether the decision is to be kept; without, this is a preview
/// @param context     plain values of attributes by their name, as JSON text without quotes; what is nested, too long
///                    or too much is left out
/// @param force       arm to serve whatever the draw, by key of the experiment; a look at an arm that is never recorded
record Ask(
        String unit,
        List<String> experiments,
        boolean single,
        Set<String> eligible,
        Set<String> exclude,
        boolean consent,
        boolean record,
        Map<String, String> context,
        Map<String, String> force) {

    /// Whether the ask leaves the choice of arms open.
    boolean narrows() {
        return eligible != null || !exclude.isEmpty();
    }

    /// Whether an arm may be served.
    boolean allows(String arm) {
        return (eligible == null || eligible.contains(arm)) && !exclude.contains(arm);
    }

    /// Reads asks: a streaming parser, because this is the hottest text of the server. Confined to one thread at a
    /// time.
    static final class Reader {

        private static final int LISTED_ARMS_MAX = 100;

        private final JsonFactory json;
        private final Settings.Decide limits;

        Reader(Settings.Decide limits, int depthMax) {
            this.limits = limits;
            this.json = JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(depthMax)
                            .build())
                    .build();
        }

        /// The ask in these bytes.
        ///
        /// @throws Problem 400 if they are no JSON object, 422 naming a field that is wrong
        Ask read(byte[] body) {
            try (JsonParser in = json.createParser(body)) {
                if (in.nextToken() != JsonToken.START_OBJECT) {
                    throw Problem.malformed("the body is not a JSON object");
                }
                Ask ask = object(in);
                if (in.nextToken() != null) {
                    throw Problem.malformed("something follows the JSON object");
                }
                return ask;
            } catch (IOException e) {
                throw Problem.malformed("the body is not a JSON object: " + Call.firstLine(e));
            }
        }

        private Ask object(JsonParser in) throws IOException {
            String unit = null;
            String experiment = null;
            List<String> experiments = null;
            Set<String> eligible = null;
            Set<String> exclude = Set.of();
            boolean consent = true;
            boolean keep = true;
            String force = null;
            Map<String, String> forces = Map.of();
            Map<String, String> context = Map.of();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                JsonToken value = in.nextToken();
                switch (field) {
                    case "unit" -> unit = text(in, field);
                    case "experiment" -> experiment = text(in, field);
                    case "experiments" -> experiments = texts(in, field, limits.experimentsMax());
                    case "eligible" -> eligible = new HashSet<>(texts(in, field, LISTED_ARMS_MAX));
                    case "exclude" -> exclude = new HashSet<>(texts(in, field, LISTED_ARMS_MAX));
                    case "consent" -> consent = flag(in, field);
                    case "record" -> keep = flag(in, field);
                    case "force" -> {
                        if (value == JsonToken.START_OBJECT) {
                            forces = forces(in);
                        } else {
                            force = text(in, field);
                        }
                    }
                    case "context" -> {
                        if (value != JsonToken.START_OBJECT) {
                            throw Problem.field(field, "must be an object");
                        }
                        context = context(in);
                    }
                    default ->
                        throw Problem.field(
                                field,
                                "is not known here; known are unit, experiment, experiments, "
                                        + "context, eligible, exclude, consent, record, force");
                }
            }
            return checked(unit, experiment, experiments, eligible, exclude, consent, keep, context, force, forces);
        }

        @SuppressWarnings("TooManyParameters") // one per field of the ask, called from one place
        private Ask checked(
                String unit,
                String experiment,
                List<String> experiments,
                Set<String> eligible,
                Set<String> exclude,
                boolean consent,
                boolean keep,
                Map<String, String> context,
                String force,
                Map<String, String> forces) {
            if (unit == null || unit.isEmpty()) {
                throw Problem.field("unit", "is required: who is to be served, as in 'visitor-123'");
            }
            if (unit.length() > limits.unitCharactersMax()) {
                throw Problem.field("unit", "is longer than " + limits.unitCharactersMax() + " characters");
            }
            if ((experiment == null) == (experiments == null)) {
                throw Problem.field("experiment", "name one 'experiment' or several 'experiments'");
            }
            boolean single = experiment != null;
            Map<String, String> forced = force == null ? forces : forcedOne(single, experiment, force);
            List<String> keys = single ? List.of(experiment) : experiments;
            return new Ask(unit, keys, single, eligible, exclude, consent, keep, context, forced);
        }

        private static Map<String, String> forcedOne(boolean single, String experiment, String arm) {
            if (!single) {
                throw Problem.field("force", "with several experiments must be an object, arm by experiment");
            }
            return Map.of(experiment, arm);
        }

        private static String text(JsonParser in, String field) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_STRING) {
                throw Problem.field(field, "must be a text");
            }
            return in.getText();
        }

        private static boolean flag(JsonParser in, String field) {
            return switch (in.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw Problem.field(field, "must be true or false");
            };
        }

        private static List<String> texts(JsonParser in, String field, int most) throws IOException {
            if (in.currentToken() != JsonToken.START_ARRAY) {
                throw Problem.field(field, "must be an array of texts");
            }
            List<String> texts = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (texts.size() == most) {
                    throw Problem.field(field, "has more than " + most + " entries");
                }
                texts.add(text(in, field + "[" + texts.size() + "]"));
            }
            if (texts.isEmpty() && field.equals("experiments")) {
                throw Problem.field(field, "names no experiment");
            }
            return texts;
        }

        /// The plain values; what is nested is skipped, and so are what is null, what is longer than the limit, and
        /// attributes beyond the most that are kept. A visitor is served all the same: a segment that is not seen is no
        /// reason to show nothing.
        private Map<String, String> context(JsonParser in) throws IOException {
            Map<String, String> context = new HashMap<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String attribute = in.currentName();
                JsonToken value = in.nextToken();
                if (value == JsonToken.VALUE_NULL || !value.isScalarValue() || tooLong(attribute, in)) {
                    in.skipChildren();
                    context.remove(attribute);
                } else if (context.size() < limits.contextValuesMax() || context.containsKey(attribute)) {
                    context.put(attribute, in.getText());
                }
            }
            return context;
        }

        private boolean tooLong(String attribute, JsonParser in) throws IOException {
            return attribute.length() > limits.contextCharactersMax()
                    || in.getTextLength() > limits.contextCharactersMax();
        }

        private static Map<String, String> forces(JsonParser in) throws IOException {
            Map<String, String> forces = new HashMap<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String experiment = in.currentName();
                in.nextToken();
                forces.put(experiment, text(in, "force." + experiment));
            }
            return forces;
        }
    }
}
