package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.platform.Heard;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problem.FieldError;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What the events of a sample would become, up to the point where something would be stored.
final class Rehearsal {

    private final Receiver receiver;
    private final String source;
    private final Claims claims;

    /// A rehearsal of a delivery of a source that arrives now.
    Rehearsal(Receiver receiver, String source) {
        this.receiver = receiver;
        this.source = source;
        this.claims = receiver.claims();
    }

    /// The events as items of the answer.
    JsonArray items(List<Heard> heard) {
        JsonArray items = new JsonArray();
        for (Heard each : heard) {
            items.add(item(items.size(), each));
        }
        return items;
    }

    private JsonObject item(int index, Heard heard) {
        if (!(heard instanceof Heard.Reported reported)) {
            return new Handled(heard, Optional.empty()).json(index);
        }
        JsonObject conversion = reported.conversion();
        try {
            Known known = receiver.delivered(source, conversion, claims);
            Verdict accepted = new Verdict.Accepted(known.conversion().id());
            return new Handled(heard, Optional.of(accepted))
                    .json(index)
                    .put("conversion", conversion)
                    .put("attribution", attribution(known));
        } catch (Problem e) {
            Verdict refused = new Verdict.Refused(Optional.empty(), e.errors().getFirst());
            return new Handled(heard, Optional.of(refused)).json(index).put("conversion", conversion);
        }
    }

    private JsonArray attribution(Known known) {
        List<Decision> decisions = receiver.decisions(known);
        JsonArray shown = new JsonArray();
        for (Experiment experiment : receiver.experiments(known.conversion().metric())) {
            JsonObject each = new JsonObject().put("experiment", experiment.key());
            shown.add(receiver.objection(known, experiment, decisions)
                    .map(error -> each.put("would", "not").put("reason", words(error)))
                    .orElseGet(() -> each.put("would", "earn")));
        }
        return shown;
    }

    private static String words(FieldError error) {
        return error.field() + ": " + error.reason();
    }
}
