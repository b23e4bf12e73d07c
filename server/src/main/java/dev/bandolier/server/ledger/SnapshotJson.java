package dev.bandolier.server.ledger;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Snapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The JSON form of a snapshot: as it is stored and as it is shown.
public final class SnapshotJson {

    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    private SnapshotJson() {}

    /// What people are shown: the stored form, what follows from it, and the key of the experiment.
    public static JsonObject show(String experiment, Snapshot snapshot) {
        JsonObject json = new JsonObject()
                .put("experiment", experiment)
                .put("version", snapshot.version())
                .put("at", snapshot.at().toString())
                .put("revision", snapshot.revision());
        JsonObject body = write(snapshot);
        JsonArray arms = body.getJsonArray("arms");
        for (int i = 0; i < arms.size(); i++) {
            Posterior posterior = snapshot.arms().get(i).posterior();
            arms.getJsonObject(i)
                    .getJsonObject("posterior")
                    .put("mean", posterior.mean())
                    .put("lower", posterior.quantile(LOWER))
                    .put("upper", posterior.quantile(UPPER));
        }
        return json.mergeIn(body);
    }

    /// The columns of a stored snapshot: experiment, version, time, revision, body.
    static Tuple row(Snapshot snapshot) {
        return Tuple.of(
                snapshot.experiment(),
                snapshot.version(),
                Rows.time(snapshot.at()),
                snapshot.revision(),
                write(snapshot));
    }

    private static JsonObject write(Snapshot snapshot) {
        JsonArray arms = new JsonArray();
        for (Snapshot.ArmView arm : snapshot.arms()) {
            arms.add(new JsonObject()
                    .put("arm", arm.arm())
                    .put("share", arm.share())
                    .put("exposures", arm.exposures())
                    .put("conversions", arm.conversions())
                    .put("posterior", posterior(arm.posterior())));
        }
        return new JsonObject()
                .put("cause", snapshot.cause().name().toLowerCase(Locale.ROOT))
                .put("arms", arms);
    }

    /// The snapshot of a stored row.
    static Snapshot read(Row row) {
        JsonObject body = row.get(JsonObject.class, "body");
        List<Snapshot.ArmView> arms = new ArrayList<>();
        JsonArray stored = body.getJsonArray("arms");
        for (int i = 0; i < stored.size(); i++) {
            JsonObject arm = stored.getJsonObject(i);
            JsonObject posterior = arm.getJsonObject("posterior");
            arms.add(new Snapshot.ArmView(
                    arm.getString("arm"),
                    arm.getDouble("share"),
                    arm.getLong("exposures"),
                    arm.getLong("conversions"),
                    new BetaPosterior(posterior.getDouble("alpha"), posterior.getDouble("beta"))));
        }
        Snapshot.Cause cause = Snapshot.Cause.valueOf(body.getString("cause").toUpperCase(Locale.ROOT));
        return new Snapshot(
                row.getLong("experiment"),
                row.getLong("version"),
                Rows.time(row, "made_at"),
                row.getLong("revision"),
                cause,
                arms);
    }

    private static JsonObject posterior(Posterior posterior) {
        return switch (posterior) {
            case BetaPosterior(double alpha, double beta) ->
                new JsonObject().put("kind", "beta").put("alpha", alpha).put("beta", beta);
        };
    }
}
