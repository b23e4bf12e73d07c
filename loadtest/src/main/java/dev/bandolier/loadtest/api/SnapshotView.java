package dev.bandolier.loadtest.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;

/// What the server has learned about one experiment, as it publishes it.
///
/// @param experiment key of the experiment
/// @param version    counts the snapshots of this experiment
/// @param at         when it was published, by the server's clock
/// @param arms       in the order of the experiment
/// @param harmful    arms that a guardrail has paused
public record SnapshotView(String experiment, long version, Instant at, List<ArmView> arms, List<Harmful> harmful) {

    /// An arm that a guardrail has paused.
    ///
    /// @param arm  key
    /// @param note why, in a sentence
    public record Harmful(String arm, String note) {

        private static List<Harmful> of(JsonObject guard) {
            return guard.getJsonArray("verdicts", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .filter(verdict -> "arm-harmful".equals(verdict.getString("kind")))
                    .map(verdict -> new Harmful(verdict.getString("arm"), verdict.getString("note")))
                    .toList();
        }
    }

    /// One arm of a snapshot.
    ///
    /// @param arm         key
    /// @param share       the part of all new visitors that it gets, of whatever segment
    /// @param exposures   visitors that were sent to it
    /// @param conversions of these, how many converted
    /// @param mean        estimated rate
    /// @param lower       lower end of its 95 % credible interval
    /// @param upper       upper end of its 95 % credible interval
    public record ArmView(
            String arm, double share, long exposures, long conversions, double mean, double lower, double upper) {

        private static ArmView of(JsonObject json) {
            JsonObject posterior = json.getJsonObject("posterior", new JsonObject());
            return new ArmView(
                    json.getString("arm"),
                    json.getDouble("served", json.getDouble("share", 0.0)),
                    json.getLong("exposures", 0L),
                    json.getLong("conversions", 0L),
                    posterior.getDouble("mean", Double.NaN),
                    posterior.getDouble("lower", Double.NaN),
                    posterior.getDouble("upper", Double.NaN));
        }
    }

    /// Defensive copies.
    public SnapshotView {
        arms = List.copyOf(arms);
        harmful = List.copyOf(harmful);
    }

    /// A snapshot as it stands in JSON.
    public static SnapshotView of(JsonObject json) {
        return new SnapshotView(
                json.getString("experiment"),
                json.getLong("version", 0L),
                json.getInstant("at"),
                json.getJsonArray("arms").stream()
                        .map(JsonObject.class::cast)
                        .map(ArmView::of)
                        .toList(),
                Harmful.of(json.getJsonObject("guard", new JsonObject())));
    }
}
