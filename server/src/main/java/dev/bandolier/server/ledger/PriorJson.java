package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Prior;
import dev.bandolier.bandits.Prior.History;
import dev.bandolier.bandits.Prior.Informative;
import dev.bandolier.bandits.Prior.UnitSuccess;
import dev.bandolier.bandits.Prior.WarmStart;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The JSON form of a prior.
public final class PriorJson {

    /// The largest count of a history: a belief worth more is narrower than the quadrature can follow.
    public static final long COUNT_MAX = 1_000_000_000;

    /// The largest value of a history, in minor units.
    private static final long VALUE_MAX = 1_000_000_000_000_000_000L;

    private PriorJson() {}

    /// The prior in these fields; some other, if one of them was refused. A warm start from an experiment that has no
    /// counts yet is one to be looked up.
    ///
    /// @param objective what is earned: values of a history are in its currency
    /// @param arms      arms that a history may name
    static Prior read(Fields in, Objective objective, List<Arm> arms) {
        String kind = in.optionalText("kind").orElse("unit-success");
        Prior prior = switch (kind) {
            case "unit-success" -> new UnitSuccess();
            case "informative" -> new Informative(in.number("cv", 0.1, 1, Informative.DEFAULT_CV));
            case "warm-start" -> warmStart(in, objective, arms);
            default -> {
                in.refuse("kind", "must be 'unit-success', 'informative' or 'warm-start'");
                yield new UnitSuccess();
            }
        };
        in.nothingElse();
        return prior;
    }

    private static Prior warmStart(Fields in, Objective objective, List<Arm> arms) {
        Optional<String> from = in.optionalText("experiment");
        if (from.isPresent() && !Names.valid(from.get())) {
            in.refuse("experiment", Names.RULE);
        }
        if (!in.has("experiment") && !in.has("arms")) {
            in.refuse("experiment", "is required, the key of an earlier experiment, or 'arms' with counts");
        }
        double discount = in.number("discount", 0, 1, WarmStart.DEFAULT_DISCOUNT);
        long exposuresMax = in.whole("exposuresMax", 1, COUNT_MAX).orElse(WarmStart.DEFAULT_EXPOSURES_MAX);
        Map<String, History> histories = new HashMap<>();
        Fields listed = in.object("arms");
        for (String arm : listed.names()) {
            if (arms.stream().noneMatch(each -> each.key().equals(arm))) {
                listed.refuse(arm, "is no arm of this experiment");
            }
            history(listed.object(arm), objective).ifPresent(history -> histories.put(arm, history));
        }
        if (in.has("arms") && listed.names().isEmpty()) {
            in.refuse("arms", "must have the counts of at least one arm");
        }
        return in.clean() ? new WarmStart(histories, discount, exposuresMax, from) : new UnitSuccess();
    }

    private static Optional<History> history(Fields in, Objective objective) {
        long exposures = count(in, "exposures", 1, COUNT_MAX);
        long conversions = count(in, "conversions", 0, COUNT_MAX);
        long orders = in.whole("orders", 0, COUNT_MAX).orElse(conversions);
        if (conversions > exposures) {
            in.refuse("conversions", "must not be more than the exposures: units that converted, each once");
        }
        if (orders < conversions) {
            in.refuse("orders", "must not be fewer than the conversions: repeats of a unit included");
        }
        long value = value(in, objective);
        boolean revenue = objective.kind() == Objective.Kind.REVENUE;
        if (revenue && in.clean() && (conversions > 0) != (value > 0)) {
            in.refuse(
                    "value",
                    conversions > 0
                            ? "must be positive where units converted: what these orders were worth"
                            : "must be 0 where no unit converted");
        }
        in.nothingElse();
        return in.clean() ? Optional.of(new History(exposures, conversions, orders, value)) : Optional.empty();
    }

    private static long count(Fields in, String field, long least, long most) {
        if (!in.has(field)) {
            in.refuse(field, "is required");
        }
        return in.whole(field, least, most).orElse(least);
    }

    private static long value(Fields in, Objective objective) {
        boolean revenue = objective.kind() == Objective.Kind.REVENUE;
        if (!revenue && in.has("value")) {
            in.refuse("value", "is for an objective of the kind 'revenue'");
        }
        if (revenue && !in.has("value")) {
            in.refuse("value", "is required for revenue: what these orders were worth, in the currency");
        }
        return revenue
                ? Money.read(in, "value", objective.currency().orElseThrow(), VALUE_MAX)
                        .orElse(0L)
                : 0;
    }

    /// The JSON object of a prior.
    ///
    /// @param objective what is earned: values of a history are in its currency
    public static JsonObject write(Prior prior, Objective objective) {
        return switch (prior) {
            case UnitSuccess success -> new JsonObject().put("kind", "unit-success");
            case Informative(double cv) ->
                new JsonObject().put("kind", "informative").put("cv", cv);
            case WarmStart start -> {
                JsonObject arms = new JsonObject();
                new TreeMap<>(start.arms()).forEach((arm, history) -> arms.put(arm, history(history, objective)));
                JsonObject json = new JsonObject().put("kind", "warm-start");
                start.from().ifPresent(key -> json.put("experiment", key));
                if (!arms.isEmpty()) {
                    json.put("arms", arms);
                }
                yield json.put("discount", start.discount()).put("exposuresMax", start.exposuresMax());
            }
        };
    }

    private static JsonObject history(History history, Objective objective) {
        JsonObject json = new JsonObject()
                .put("exposures", history.exposures())
                .put("conversions", history.conversions())
                .put("orders", history.orders());
        return objective.kind() == Objective.Kind.REVENUE
                ? json.put(
                        "value",
                        Money.text(history.value(), objective.currency().orElseThrow()))
                : json;
    }
}
