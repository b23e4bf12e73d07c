package dev.bandolier.server.report;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.guardrail.Chance;
import dev.bandolier.bandits.guardrail.RatioInterval;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.Terms;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The interval of an arm's lift that may be looked at at any time, as often as one likes (`methods.md` 7b).
final class Anytime {

    private static final double ALPHA = 0.05;

    private Anytime() {}

    /// The interval of one arm's lift over control.
    ///
    /// The bets behind it are settled unit by unit, by what each earned. Of conversions sums say that, because every unit
    /// earned one; of revenue and counts they do not, and there is none. Nor is there one while an end of it is open.
    ///
    /// @param those groups that count
    static Optional<JsonObject> of(Definition definition, Facts facts, Predicate<Group> those, String arm) {
        if (definition.objective().kind() != Objective.Kind.CONVERSION) {
            return Optional.empty();
        }
        String control = definition.control().key();
        List<RatioInterval.Row> rows = new ArrayList<>();
        for (Group group : facts.groups()) {
            boolean ofArm = group.arm().equals(arm) && !group.holdout();
            boolean compared = ofArm || group.arm().equals(control);
            long converted = (long) group.mature().sum();
            Terms terms = facts.terms().get(group.version());
            if (compared && converted > 0 && terms != null && those.test(group)) {
                Optional<Chance> chance = terms.lots().chance(group.segment(), group.eligible(), arm, control);
                chance.ifPresent(each -> rows.add(new RatioInterval.Row(each, 1, ofArm, converted)));
            }
        }
        RatioInterval.Interval ratio = RatioInterval.of(rows, ALPHA);
        boolean closed = ratio.lower() > 0 && ratio.upper() < Double.POSITIVE_INFINITY;
        return closed && ratio.lower() <= ratio.upper()
                ? Optional.of(new JsonObject().put("lower", ratio.lower() - 1).put("upper", ratio.upper() - 1))
                : Optional.empty();
    }
}
