package dev.bandolier.server.report;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.evaluation.Aipw;
import dev.bandolier.bandits.evaluation.DetectableEffect;
import dev.bandolier.bandits.evaluation.Sums;
import dev.bandolier.bandits.evaluation.Uplift;
import dev.bandolier.server.ledger.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// The claims panel of an experiment: what each arm would have earned with all units, and what choosing among them is
/// worth, whatever the shares were meanwhile (`methods.md` 8). About mature units alone.
final class Claims {

    private static final double LEVEL = 0.95;
    private static final double POWER = 0.8;

    private final Definition definition;
    private final Facts facts;
    private final double unit;
    private final Aipw all;

    /// The claims that follow from these facts.
    ///
    /// @param unit what one of what units earn is shown as
    Claims(Definition definition, Facts facts, double unit) {
        this.definition = definition;
        this.facts = facts;
        this.unit = unit;
        this.all = aipw(group -> true);
    }

    /// The estimates over all segments.
    Aipw all() {
        return all;
    }

    /// The claims about all units together.
    JsonObject json() {
        return new JsonObject()
                .put("through", facts.mature().toString())
                .put("units", all.units())
                .put("versions", facts.versions())
                .put("level", LEVEL)
                .put("arms", arms(all, group -> true))
                .put("holdout", holdout());
    }

    /// The claims about the units of a segment.
    JsonArray ofSegment(String segment) {
        Predicate<Group> those = group -> group.segment().equals(segment);
        return arms(aipw(those), those);
    }

    private Aipw aipw(Predicate<Group> those) {
        return Aipw.of(facts.strata(definition, those), definition.arms().size(), definition.controlIndex());
    }

    private JsonArray arms(Aipw aipw, Predicate<Group> those) {
        JsonArray arms = new JsonArray();
        for (int i = 0; i < definition.arms().size(); i++) {
            Arm arm = definition.arms().get(i);
            Sums drawn = facts.matureOf(
                    those.and(group -> !group.holdout() && group.arm().equals(arm.key())));
            JsonObject claim = new JsonObject()
                    .put("arm", arm.key())
                    .put("units", drawn.units())
                    .put("observed", EstimateJson.number(drawn.mean() * unit))
                    .put("value", EstimateJson.of(aipw.value(i), unit))
                    .put("covered", EstimateJson.number(aipw.covered(i)));
            boolean compared = !arm.control();
            arms.add(claim.put("lift", compared ? EstimateJson.of(aipw.lift(i), 1) : null)
                    .put("stabilised", compared ? EstimateJson.of(aipw.stabilisedLift(i), 1) : null)
                    .put(
                            "anytime",
                            compared
                                    ? Anytime.of(definition, facts, those, arm.key())
                                            .orElse(null)
                                    : null));
        }
        return arms;
    }

    /// What choosing is worth; null if nobody is held out.
    private JsonObject holdout() {
        boolean none = definition.holdout() == 0 && facts.groups().stream().noneMatch(Group::holdout);
        if (none) {
            return null;
        }
        List<Uplift.Split> splits = facts.splits();
        Uplift uplift = new Uplift(splits);
        // Units are held out, but with draws per request it is requests that count: those of one unit are alike, so
        // errors that take them as independent would be too small, by nobody knows how much.
        boolean independent = definition.sticky() == Stickiness.UNIT;
        return new JsonObject()
                .put("units", units(splits, Uplift.Split::heldOut))
                .put("others", units(splits, Uplift.Split::drawn))
                .put("rate", EstimateJson.number(uplift.heldOutMean() * unit))
                .put("othersRate", EstimateJson.number(uplift.drawnMean() * unit))
                .put("uplift", independent ? EstimateJson.of(uplift.relative(), 1) : null)
                .put("difference", independent ? EstimateJson.of(uplift.difference(), unit) : null)
                .put("detectable", independent ? detectable(uplift).orElse(null) : null);
    }

    private static long units(List<Uplift.Split> splits, Function<Uplift.Split, Sums> group) {
        return splits.stream().mapToLong(split -> group.apply(split).units()).sum();
    }

    /// The least uplift, relative to the holdout, that so many units would probably show; nothing as long as one group has
    /// no units, or nothing was earned.
    private Optional<Double> detectable(Uplift uplift) {
        // A small holdout may not have earned anything yet; what control earns is not far from what the others do.
        boolean own = uplift.heldOut().sum() > 0;
        Sums base = own ? uplift.heldOut() : uplift.drawn();
        double mean = own ? uplift.heldOutMean() : uplift.drawnMean();
        if (base.units() < 2 || !(mean > 0)) {
            return Optional.empty();
        }
        boolean rate = definition.objective().kind() == Objective.Kind.CONVERSION;
        double variance = rate ? mean * (1 - mean) : (base.sumSq() / base.units() - base.mean() * base.mean());
        return variance > 0
                ? Optional.of(DetectableEffect.ofMean(mean, variance, uplift.spread(), 1 - LEVEL, POWER)
                        .relative())
                : Optional.empty();
    }
}
