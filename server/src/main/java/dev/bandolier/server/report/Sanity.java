package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.guardrail.SampleRatio;
import dev.bandolier.server.ledger.Freshness;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// Whether what is shown of an experiment can be trusted: are arms exposed as they were drawn, do conversions arrive, are
/// all of them counted.
final class Sanity {

    /// Units below which nothing can be said of how they were split.
    private static final long UNITS_MIN = 100;

    /// The largest number that evidence is shown as: beyond it there is nothing left to doubt.
    private static final double EVIDENCE_MAX = 1e300;

    private static final double MILLIS = 1e3;

    private Sanity() {}

    /// The JSON of it.
    static JsonObject json(Experiment experiment, Snapshot standing, Freshness fresh) {
        return new JsonObject()
                .put("sampleRatio", sampleRatio(experiment, standing))
                .put("feed", feed(experiment, standing.guard(), fresh))
                .put("lag", new JsonObject().put("seconds", fresh.behind().toMillis() / MILLIS))
                .put("unattributed", fresh.unattributed())
                .put(
                        "quarantined",
                        new JsonObject()
                                .put("sources", fresh.sources())
                                .put("origins", fresh.origins())
                                .put("conversions", fresh.quarantined()));
    }

    private static JsonObject sampleRatio(Experiment experiment, Snapshot standing) {
        Guard guard = standing.guard();
        boolean watched = experiment.definition().guardrails().ratio();
        boolean odd = guard.verdicts().stream().anyMatch(Verdict.RatioBroken.class::isInstance)
                || guard.ratio().orElse(0) >= SampleRatio.LOG_WARN;
        boolean early = guard.ratio().isEmpty() || Snapshot.exposures(standing.arms()) < UNITS_MIN;
        return new JsonObject()
                .put("state", odd ? "odd" : !watched ? "unwatched" : early ? "too-early" : "sound")
                .put(
                        "evidence",
                        guard.ratio().isPresent()
                                ? (Double) Math.min(Math.exp(guard.ratio().getAsDouble()), EVIDENCE_MAX)
                                : null)
                .put("threshold", (double) Math.round(Math.exp(SampleRatio.LOG_WARN)));
    }

    private static JsonObject feed(Experiment experiment, Guard guard, Freshness fresh) {
        Optional<Verdict.FeedBroken> broken = guard.verdicts().stream()
                .filter(Verdict.FeedBroken.class::isInstance)
                .map(Verdict.FeedBroken.class::cast)
                .findFirst();
        boolean watched =
                experiment.definition().guardrails().feed() && guard.feed().isPresent();
        String state =
                broken.map(each -> each.inflated() ? "surging" : "silent").orElse(watched ? "sound" : "unwatched");
        return new JsonObject()
                .put("state", state)
                .put("last", fresh.last().map(Instant::toString).orElse(null));
    }
}
