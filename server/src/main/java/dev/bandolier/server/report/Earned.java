package dev.bandolier.server.report;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guard;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Verdict;
import dev.bandolier.bandits.evaluation.Aipw;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.ObjectiveJson;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/// What an experiment has earned, and how much more or less that is than it would have been without it: in money if its
/// objective is revenue, else in conversions.
final class Earned {

    private Earned() {}

    /// The JSON of it.
    ///
    /// @param aipw estimates over all mature units that were drawn
    /// @param unit what one of what units earn is shown as
    static JsonObject json(Definition definition, Facts facts, Aipw aipw, double unit, Guard guard) {
        Objective objective = definition.objective();
        boolean money = objective.kind() == Objective.Kind.REVENUE;
        long earned = facts.groups().stream().mapToLong(Group::earned).sum();
        double ofControl = aipw.units() == 0 ? 0 : aipw.covered(definition.controlIndex()) * aipw.units();
        return new JsonObject()
                .put("currency", money ? objective.currency().orElseThrow() : null)
                .put("earned", money ? ObjectiveJson.amount((double) earned, objective) : (Object) earned)
                .put("uniform", EstimateJson.of(aipw.againstUniform(), aipw.units() * unit))
                .put("control", EstimateJson.of(aipw.againstControl(), ofControl * unit))
                .put("budget", budget(objective, guard).orElse(null));
    }

    /// What exploring may cost and has cost, as its budget is held against it.
    private static Optional<JsonObject> budget(Objective objective, Guard guard) {
        boolean paused = guard.verdicts().stream()
                .anyMatch(each -> each instanceof Verdict.BudgetSpent spent && spent.exhausted());
        return guard.spending()
                .map(spending -> new JsonObject()
                        .put("agreed", ObjectiveJson.amount(spending.allowed(), objective))
                        .put("spent", ObjectiveJson.amount(spending.held(), objective))
                        .put("left", ObjectiveJson.amount(Math.max(spending.allowed() - spending.held(), 0), objective))
                        .put("paused", paused));
    }
}
