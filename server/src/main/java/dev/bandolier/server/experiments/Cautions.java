package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.simulation.Foresight;
import dev.bandolier.server.ledger.UnitWords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;

/// What may be created but will hardly do what its owner wants, each by the field to be looked at. Confined to the call
/// that made it.
final class Cautions {

    /// The longest that anybody waits for an answer.
    private static final int DAYS_MAX = 90;

    private static final int HORIZON_DAYS = Math.toIntExact(Foresight.HORIZON.toDays());

    /// A window with which half of the four weeks is still open in the end.
    private static final Duration WINDOW_LONG = Duration.ofDays(14);

    /// A ramp that takes most of the first week.
    private static final Duration RAMP_LONG = Duration.ofDays(14);

    /// Conversions from which on a segment has shares of its own.
    private static final double SEGMENT_CONVERSIONS = 50;

    /// How far what is expected may be from the baseline that the prior is made of.
    private static final double BASELINE_RATIO = 2;

    /// Orders that a budget has to pay for, for each arm but control.
    private static final int BUDGET_ORDERS = 20;

    private final Preview preview;
    private final Definition definition;
    private final Set<String> taken;
    private final JsonArray listed = new JsonArray();

    /// The cautions of a preview.
    ///
    /// @param taken keys that are in use
    Cautions(Preview preview, Set<String> taken) {
        this.preview = preview;
        this.definition = preview.definition();
        this.taken = taken;
    }

    /// All, as a list of fields and sentences.
    JsonArray json() {
        say(taken.contains(definition.key()), "key", "There is an experiment with this key already.");
        traffic();
        objective();
        holdout();
        guardrails();
        segments();
        return listed;
    }

    private void traffic() {
        double days = PreviewJson.daysNeeded(preview);
        long arms = definition.arms().stream().filter(Arm::live).count();
        say(
                days > DAYS_MAX,
                "arms",
                "With " + PreviewWords.number(preview.prospects().units()) + " "
                        + UnitWords.of(definition).many() + " a day, " + arms
                        + " arms need " + PreviewWords.days(days) + " to tell a difference of "
                        + PreviewWords.percent(preview.effect())
                        + " apart. Fewer arms, or a larger effect, take less.");
        double floors = definition.limits().floor() * (definition.arms().size() - 1);
        say(
                floors > 0.3,
                "floor",
                "The floor keeps up to " + PreviewWords.percent(floors)
                        + " of all traffic away from the best arm for ever.");
    }

    private void objective() {
        Objective objective = definition.objective();
        say(
                objective.window().compareTo(WINDOW_LONG) > 0,
                "objective.window",
                "A window of " + objective.window().toDays() + " days is long: nothing is final before it is over, and"
                        + " shares move slowly until then.");
        say(
                objective.kind() == Objective.Kind.REVENUE && objective.cap().isEmpty(),
                "objective.cap",
                "Without a cap the experiment starts only if the last four weeks have orders to take it from.");
        double ratio = preview.prospects().baseline() / objective.baseline();
        say(
                ratio > BASELINE_RATIO || ratio < 1 / BASELINE_RATIO,
                "objective.baseline",
                "The baseline is " + written(objective.baseline()) + " but "
                        + written(preview.prospects().baseline())
                        + " is expected: the first days would be judged by a wrong measure.");
    }

    private void holdout() {
        double share = definition.holdout();
        if (share == 0) {
            say(true, "holdout", "Without a holdout nobody can say what the whole experiment earns.");
            return;
        }
        double provable = PreviewJson.provable(preview, HORIZON_DAYS);
        double units = preview.prospects().units() * HORIZON_DAYS;
        say(
                provable > preview.effect(),
                "holdout",
                "With " + PreviewWords.number(units) + " "
                        + UnitWords.of(definition).many() + " in four weeks a "
                        + PreviewWords.percent(share) + " holdout cannot prove a "
                        + PreviewWords.percent(preview.effect()) + " uplift; the least it can prove is "
                        + PreviewWords.percent(provable) + ".");
    }

    private void guardrails() {
        Guardrails rules = definition.guardrails();
        say(rules.harm().isEmpty(), "guardrails.harm", "Nothing pauses an arm that earns less than control.");
        say(
                rules.harm().isEmpty() && rules.budget().isEmpty(),
                "guardrails.budget",
                "Nothing bounds what bad arms may cost.");
        Duration ramp =
                rules.ramp().stages().stream().map(Guardrails.Stage::hold).reduce(Duration.ZERO, Duration::plus);
        say(
                ramp.compareTo(RAMP_LONG) > 0,
                "guardrails.ramp",
                "The ramp takes " + ramp.toDays() + " days; until then control gets most of the traffic.");
        rules.budget()
                .filter(budget -> budget.unit() == Guardrails.Unit.CONVERSIONS)
                .ifPresent(budget -> budget.total().ifPresent(total -> {
                    int least = BUDGET_ORDERS * (definition.arms().size() - 1);
                    say(
                            total < least,
                            "guardrails.budget.conversions",
                            "A budget of fewer than " + least
                                    + " conversions is spent before anything can be said of these arms.");
                }));
    }

    private void segments() {
        definition.segments().ifPresent(segments -> {
            double each = preview.prospects().units()
                    * HORIZON_DAYS
                    * preview.prospects().baseline()
                    / (segments.values().size() + 1);
            say(
                    each < SEGMENT_CONVERSIONS,
                    "segments",
                    "In four weeks each segment has about " + PreviewWords.number(each)
                            + " conversions; below 50 it gets the shares of all.");
        });
    }

    private String written(double baseline) {
        return definition.objective().kind() == Objective.Kind.COUNT
                ? PreviewWords.number(baseline)
                : PreviewWords.percent(baseline);
    }

    private void say(boolean so, String field, String sentence) {
        if (so) {
            listed.add(new JsonObject().put("field", field).put("sentence", sentence));
        }
    }
}
