package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Snapshot.ArmView;
import dev.bandolier.bandits.Snapshot.Counted;
import dev.bandolier.bandits.Snapshot.SegmentView;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The JSON form of a snapshot: as it is stored and as it is shown.
public final class SnapshotJson {

    private SnapshotJson() {}

    /// What people are shown: what is stored and what follows from it, under the key of the experiment, amounts as
    /// decimals of its currency.
    public static JsonObject show(Experiment experiment, Snapshot snapshot) {
        Optional<String> currency = experiment.definition().objective().currency();
        JsonObject head = new JsonObject()
                .put("experiment", experiment.key())
                .put("version", snapshot.version())
                .put("at", snapshot.at().toString())
                .put("revision", snapshot.revision());
        JsonObject shown = head.mergeIn(write(snapshot, arm -> show(arm, currency)));
        for (Object each : shown.getJsonArray("segments", new JsonArray())) {
            JsonObject segment = (JsonObject) each;
            if (segment.getString("segment").equals(Segments.OTHER)) {
                segment.putNull("segment");
            }
        }
        return guard(shown, snapshot, guard -> GuardJson.show(experiment.definition(), guard));
    }

    /// What a unit of the reward that a posterior is about is shown as: of revenue the major unit of the currency, else
    /// itself.
    public static double unit(Experiment experiment, Posterior posterior) {
        return PosteriorJson.unit(posterior, experiment.definition().objective().currency());
    }

    /// The same of a snapshot of a history, whose segments were not read.
    public static JsonObject show(Experiment experiment, SnapshotLog.Past past) {
        JsonObject shown = show(experiment, past.snapshot());
        for (Object each : shown.getJsonArray("arms")) {
            JsonObject arm = (JsonObject) each;
            Optional.ofNullable(past.served().get(arm.getString("arm"))).ifPresent(served -> arm.put("served", served));
        }
        return shown;
    }

    /// The part of all units that each arm got under the snapshot of a stored row; nothing without segments.
    static Map<String, Double> served(Row row) {
        Map<String, Double> served = new HashMap<>();
        for (Object each : row.get(JsonObject.class, "body").getJsonArray("arms")) {
            JsonObject arm = (JsonObject) each;
            Optional.ofNullable(arm.getDouble("served")).ifPresent(part -> served.put(arm.getString("arm"), part));
        }
        return served;
    }

    /// The columns of a stored snapshot: experiment, version, time, revision, body.
    static Tuple row(Snapshot snapshot) {
        return Tuple.of(
                snapshot.experiment(),
                snapshot.version(),
                Rows.time(snapshot.at()),
                snapshot.revision(),
                store(snapshot));
    }

    /// The snapshot of a stored row.
    static Snapshot read(Row row) {
        return read(
                row.getLong("experiment"),
                row.getLong("version"),
                Rows.time(row, "made_at"),
                row.getLong("revision"),
                row.get(JsonObject.class, "body"));
    }

    /// The body of a stored snapshot.
    static JsonObject store(Snapshot snapshot) {
        return guard(write(snapshot, SnapshotJson::store), snapshot, GuardJson::store);
    }

    /// The snapshot with a stored body. Of the first form, which had exposures, conversions and beta posteriors only,
    /// it makes what it meant: every exposure counted in full, every conversion was one order, and who was the best had
    /// not been asked.
    static Snapshot read(long experiment, long version, Instant at, long revision, JsonObject body) {
        List<SegmentView> segments = new ArrayList<>();
        for (Object each : body.getJsonArray("segments", new JsonArray())) {
            JsonObject segment = (JsonObject) each;
            segments.add(new SegmentView(
                    segment.getString("segment"), segment.getBoolean("own"), read(segment.getJsonArray("arms"))));
        }
        Snapshot.Cause cause = Snapshot.Cause.valueOf(body.getString("cause").toUpperCase(Locale.ROOT));
        return new Snapshot(
                experiment,
                version,
                at,
                revision,
                cause,
                read(body.getJsonArray("arms")),
                segments,
                BasisJson.read(body),
                GuardJson.read(body.getJsonObject("guard")));
    }

    /// Adds what the guardrails say, unless nothing is guarded.
    private static JsonObject guard(JsonObject json, Snapshot snapshot, Function<Guard, JsonObject> form) {
        Guard guard = snapshot.guard();
        return guard.equals(Guard.NONE) ? json : json.put("guard", form.apply(guard));
    }

    private static JsonObject write(Snapshot snapshot, Function<ArmView, JsonObject> form) {
        JsonObject json = new JsonObject()
                .put("cause", snapshot.cause().name().toLowerCase(Locale.ROOT))
                .put("arms", arms(snapshot.arms(), form));
        if (!snapshot.segments().isEmpty()) {
            double[] served = snapshot.served();
            for (int i = 0; i < served.length; i++) {
                json.getJsonArray("arms").getJsonObject(i).put("served", served[i]);
            }
            JsonArray segments = new JsonArray();
            for (SegmentView segment : snapshot.segments()) {
                segments.add(new JsonObject()
                        .put("segment", segment.segment())
                        .put("own", segment.own())
                        .put("arms", arms(segment.arms(), form)));
            }
            json.put("segments", segments);
        }
        BasisJson.write(json, snapshot.basis());
        return json;
    }

    private static JsonArray arms(List<ArmView> views, Function<ArmView, JsonObject> form) {
        JsonArray arms = new JsonArray();
        views.forEach(view -> arms.add(form.apply(view)));
        return arms;
    }

    private static JsonObject store(ArmView arm) {
        JsonObject json = counts(arm)
                .put("value", arm.counted().value())
                .put("raw", arm.counted().raw());
        return best(json, arm).put("posterior", PosteriorJson.store(arm.belief()));
    }

    private static JsonObject show(ArmView arm, Optional<String> currency) {
        JsonObject json = counts(arm);
        currency.ifPresent(code -> json.put("value", Money.text(arm.counted().value(), code))
                .put("raw", Money.text(arm.counted().raw(), code)));
        return best(json, arm).put("posterior", PosteriorJson.show(arm.belief(), currency));
    }

    /// Adds who is the best, unless that was not asked.
    private static JsonObject best(JsonObject json, ArmView arm) {
        double best = arm.belief().best();
        return Double.isNaN(best) ? json : json.put("best", best);
    }

    private static JsonObject counts(ArmView arm) {
        Counted counted = arm.counted();
        return new JsonObject()
                .put("arm", arm.arm())
                .put("share", arm.share())
                .put("exposures", counted.exposures())
                .put("effective", counted.effective())
                .put("conversions", counted.conversions())
                .put("orders", counted.orders());
    }

    private static List<ArmView> read(JsonArray stored) {
        List<ArmView> arms = new ArrayList<>();
        for (Object each : stored) {
            JsonObject arm = (JsonObject) each;
            long exposures = arm.getLong("exposures");
            long conversions = arm.getLong("conversions");
            Counted counted = new Counted(
                    exposures,
                    arm.getDouble("effective", (double) exposures),
                    conversions,
                    arm.getLong("orders", conversions),
                    arm.getLong("value", 0L),
                    arm.getLong("raw", 0L));
            double best = arm.getDouble("best", Double.NaN);
            arms.add(new ArmView(
                    arm.getString("arm"),
                    arm.getDouble("share"),
                    counted,
                    PosteriorJson.read(arm.getJsonObject("posterior"), best)));
        }
        return arms;
    }
}
