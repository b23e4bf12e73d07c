package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.simulation.Prospects;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/// What somebody asks who thinks of starting an experiment: its definition, what is expected of the shop, and what is to
/// be found.
///
/// @param definition as it would be created
/// @param prospects  what comes, and what that earns
/// @param effect     relative lift that is worth finding
record Preview(Definition definition, Prospects prospects, double effect) {

    private static final double EFFECT = 0.1;
    private static final double EFFECT_MIN = 0.001;
    private static final double EFFECT_MAX = 10;
    private static final double UNITS_MIN = 1;

    /// More than all people in a day.
    private static final double UNITS_MAX = 1e10;

    private static final double BASELINE_MIN = 1e-6;
    private static final double COUNT_MAX = 1e6;

    /// As much as an order is worth, in minor units.
    private static final long ORDER_MAX = 1_000_000_000_000L;

    /// Of an order that was not said to be worth anything, whatever is needed to go on reading.
    private static final double UNIT_OF_ORDER = 1;

    /// The preview that a request asks for: the fields of a definition, `traffic` and `effect`.
    ///
    /// @throws Problem 422 naming every field that is wrong, those of the definition as its creation would
    static Preview read(JsonObject json) {
        JsonObject written = json.copy();
        JsonObject asked = new JsonObject();
        for (String name : List.of("traffic", "effect")) {
            if (written.containsKey(name)) {
                asked.put(name, written.remove(name));
            }
        }
        List<Problem.FieldError> errors = new ArrayList<>();
        Fields in = Fields.of(asked);
        try {
            Definition definition = DefinitionJson.read(written);
            Redefinition.checkNew(definition);
            return read(in, definition);
        } catch (Problem refused) {
            errors.addAll(refused.errors());
        }
        try {
            // Without an objective only what stands for itself can be said of the rest.
            effect(in);
            units(in.object("traffic"));
            in.done();
        } catch (Problem refused) {
            refused.errors().stream().filter(each -> !errors.contains(each)).forEach(errors::add);
        }
        throw Problem.fields(errors);
    }

    private static Preview read(Fields in, Definition definition) {
        Objective objective = definition.objective();
        double effect = effect(in);
        Fields traffic = in.object("traffic");
        double units = units(traffic);
        boolean counts = objective.kind() == Objective.Kind.COUNT;
        double baseline =
                traffic.number("baseline", BASELINE_MIN, counts ? COUNT_MAX : 1 - BASELINE_MIN, objective.baseline());
        double order = order(traffic, objective);
        traffic.nothingElse();
        in.nothingElse();
        if (in.clean() && !counts && baseline * (1 + effect) >= 1) {
            in.refuse("effect", "cannot be: of " + baseline + " that convert it makes more than all");
        }
        in.done();
        return new Preview(definition, new Prospects(objective.kind(), units, baseline, order), effect);
    }

    private static double effect(Fields in) {
        return in.number("effect", EFFECT_MIN, EFFECT_MAX, EFFECT);
    }

    private static double units(Fields traffic) {
        if (!traffic.has("unitsPerDay")) {
            traffic.refuse("unitsPerDay", "is required: how many units come in a day");
        }
        return traffic.number("unitsPerDay", UNITS_MIN, UNITS_MAX, UNITS_MIN);
    }

    private static double order(Fields traffic, Objective objective) {
        if (objective.kind() != Objective.Kind.REVENUE) {
            if (traffic.has("orderValue")) {
                traffic.refuse("orderValue", "is for an objective of the kind 'revenue'");
            }
            return UNIT_OF_ORDER;
        }
        if (!traffic.has("orderValue")) {
            traffic.refuse("orderValue", "is required for revenue: what an order is worth on average, as in \"49.90\"");
            return UNIT_OF_ORDER;
        }
        long order = Money.read(traffic, "orderValue", objective.currency().orElseThrow(), ORDER_MAX)
                .orElse(1L);
        if (order == 0) {
            traffic.refuse("orderValue", "must be positive");
        }
        return Math.max((double) order, UNIT_OF_ORDER);
    }
}
