package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.ledger.SnapshotJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/// The report on one experiment: what was counted, what is believed, and what follows for the decision.
final class Report {

    /// What of a snapshot is in a report as it is, in this order.
    private static final List<String> SAME = List.of("delay", "epochs", "kappa", "dispersion", "changes");

    private Report() {}

    /// The report on how an experiment stands; all but its sanity, which is of the moment.
    static JsonObject of(Experiment experiment, Snapshot standing, Facts facts) {
        JsonObject shown = SnapshotJson.show(experiment, standing);
        JsonObject definition = DefinitionJson.write(experiment.definition());
        Panel all = new Panel(experiment, standing.arms());
        double unit = SnapshotJson.unit(
                experiment, standing.arms().getFirst().belief().posterior());
        Claims claims = new Claims(experiment.definition(), facts, unit);
        JsonObject report = new JsonObject()
                .put("experiment", experiment.key())
                .put("state", experiment.state().name().toLowerCase(Locale.ROOT))
                .put("at", shown.getValue("at"))
                .put("version", standing.version())
                .put("revision", standing.revision())
                .put("phase", shown.getValue("phase"))
                .put("objective", definition.getValue("objective"))
                .put("policy", definition.getValue("policy"))
                .put("prior", definition.getValue("prior"))
                .put("decision", all.decision())
                .put("advice", Advice.json(experiment, standing, facts.days()))
                .put("arms", all.arms(shown.getJsonArray("arms")));
        if (shown.containsKey("segments")) {
            report.put("segments", segments(experiment, standing, shown.getJsonArray("segments"), claims));
        }
        report.put("claims", claims.json())
                .put("money", Earned.json(experiment.definition(), facts, claims.all(), unit, standing.guard()))
                .put("traffic", Served.json(standing, facts))
                .put("guardrails", guardrails(definition, shown));
        for (String field : SAME) {
            if (shown.containsKey(field)) {
                report.put(field, shown.getValue(field));
            }
        }
        return report;
    }

    /// The rules as they are set, and what they say.
    private static JsonObject guardrails(JsonObject definition, JsonObject shown) {
        JsonObject guardrails = new JsonObject().put("settings", definition.getValue("guardrails"));
        return shown.containsKey("guard") ? guardrails.put("guard", shown.getValue("guard")) : guardrails;
    }

    private static JsonArray segments(Experiment experiment, Snapshot standing, JsonArray shown, Claims claims) {
        JsonArray segments = new JsonArray();
        for (int i = 0; i < shown.size(); i++) {
            JsonObject segment = shown.getJsonObject(i);
            Snapshot.SegmentView view = standing.segments().get(i);
            Panel panel = new Panel(experiment, view.arms());
            segments.add(new JsonObject()
                    .put("segment", segment.getValue("segment"))
                    .put("own", segment.getValue("own"))
                    .put("decision", panel.decision())
                    .put("arms", panel.arms(segment.getJsonArray("arms")))
                    .put("claims", claims.ofSegment(view.segment())));
        }
        return segments;
    }
}
