package dev.bandolier.server.report;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.evaluation.Estimate;
import dev.bandolier.bandits.evaluation.OffPolicy;
import dev.bandolier.server.ledger.SnapshotJson;
import dev.bandolier.server.ledger.TargetJson.Target;
import dev.bandolier.server.ledger.UnitWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/// What another policy would have earned, as it is answered: estimates in the unit of the objective, how far they can be
/// trusted, and why in words.
///
/// @param standing how the experiment stands
record WhatIfAnswer(Experiment experiment, Snapshot standing, Target target) {

    /// Above this share that went to other arms an answer is thin.
    private static final double AWAY_THIN = 0.05;

    /// Above this share it is about another policy than the one asked for.
    private static final double AWAY_REFUSED = 0.5;

    /// The answer from what came of all units.
    JsonObject of(WhatIf whatIf, Instant through) {
        OffPolicy log = whatIf.log();
        JsonArray warnings = new JsonArray();
        JsonArray sentences = new JsonArray();
        say(whatIf, log, warnings, sentences);
        return new JsonObject()
                .put("experiment", experiment.key())
                .put("through", through.toString())
                .put("units", log.units())
                .put(target.field(), target.shown())
                .put("log", amount(log.log()))
                .put("ips", amount(log.weighted()))
                .put("snips", amount(log.selfNormalised()))
                .put("dm", log.units() == 0 ? null : new JsonObject().put("estimate", log.direct() * unit()))
                .put("dr", amount(log.doublyRobust()))
                .put("lift", EstimateJson.of(log.lift(), 1))
                .put("effective", log.effective())
                .put("maxWeight", log.maxWeight())
                .put("clipped", log.clipped())
                .put("allocation", allocation(whatIf.serves(standing)))
                .put("trust", trust(log, whatIf.away()))
                .put("warnings", warnings)
                .put("sentences", sentences);
    }

    /// Whether to rely on the estimates.
    ///
    /// @param away share of what was asked for that went to other arms: the estimates are about what was served instead
    static String trust(OffPolicy log, double away) {
        if (log.effective() == 0 || away > AWAY_REFUSED) {
            return "refused";
        }
        return log.thin() || away > AWAY_THIN ? "thin" : "sound";
    }

    private void say(WhatIf whatIf, OffPolicy log, JsonArray warnings, JsonArray sentences) {
        UnitWords words = UnitWords.of(experiment.definition());
        if (log.units() == 0) {
            warnings.add("no-units");
            sentences.add("No " + words.one()
                    + " has had the whole window to convert yet, so there is nothing to look back" + " on.");
            return;
        }
        if (log.effective() == 0) {
            warnings.add("nothing-in-common");
            sentences.add("No " + words.one()
                    + " got an arm that this policy would have served, so the log says nothing" + " about it.");
            return;
        }
        if (!log.telling()) {
            warnings.add("nothing-earned");
            sentences.add(
                    "No " + words.one() + " with an arm that this policy would have served has earned anything yet, so"
                            + " what it would have earned cannot be said.");
        }
        if (log.effective() < OffPolicy.EFFECTIVE_MIN) {
            warnings.add("few-effective-units");
            sentences.add(String.format(
                    Locale.ROOT,
                    "What was served differs so much from this policy that its %,d %s say as much as %,.0f of its"
                            + " own would. Below %,.0f the figures are a hint, not evidence.",
                    log.units(),
                    words.many(),
                    log.effective(),
                    OffPolicy.EFFECTIVE_MIN));
        }
        if (log.maxWeight() > OffPolicy.WEIGHT_MAX) {
            warnings.add("large-weights");
            sentences.add(String.format(
                    Locale.ROOT,
                    "Some %s stand for %,.0f others, because the policy would often have served what was rarely"
                            + " served. They count as %,.0f, which leaves out %.1f%% of the weight.",
                    words.many(),
                    log.maxWeight(),
                    OffPolicy.WEIGHT_MAX,
                    100 * log.clipped()));
        }
        if (whatIf.away() > 0) {
            warnings.add("arm-away");
            sentences.add(String.format(
                    Locale.ROOT,
                    "%.1f%% of the shares were asked for arms that could not be served at the time: they were paused,"
                            + " not there yet, not eligible or held back by a guardrail. The other arms got them%s.",
                    100 * whatIf.away(),
                    whatIf.away() > AWAY_REFUSED
                            ? ", so the figures are about another policy than the one asked for"
                            : whatIf.away() > AWAY_THIN ? ", and the figures are in part about those" : ""));
        }
        if (sentences.isEmpty()) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%,d %s say as much about this policy as %,.0f of its own would.",
                    log.units(),
                    words.many(),
                    log.effective()));
        }
    }

    private JsonArray allocation(double[] shares) {
        JsonArray allocation = new JsonArray();
        for (int i = 0; i < shares.length; i++) {
            allocation.add(new JsonObject()
                    .put("arm", experiment.definition().arms().get(i).key())
                    .put("share", shares[i]));
        }
        return allocation;
    }

    private JsonObject amount(Estimate estimate) {
        return EstimateJson.of(estimate, unit());
    }

    /// What one of the reward that beliefs are about is shown as.
    private double unit() {
        return SnapshotJson.unit(experiment, standing.arms().getFirst().belief().posterior());
    }
}
