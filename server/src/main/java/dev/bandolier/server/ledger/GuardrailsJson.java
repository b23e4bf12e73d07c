package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Guardrails;
import dev.bandolier.bandits.Guardrails.Direction;
import dev.bandolier.bandits.Guardrails.Metric;
import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.Objective;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The JSON form of guardrails: what is left out has the default, what is switched off is `"off"`.
public final class GuardrailsJson {

    /// The tolerated change of a guarded metric unless its owner says otherwise.
    private static final double METRIC_MARGIN = 0.1;

    /// The greatest margin of a metric that is better when it is lower.
    private static final double METRIC_MARGIN_MAX = 10;

    private static final long ORIGIN_CAP_MAX = 1_000_000;

    private static final String OFF = "off";

    private GuardrailsJson() {}

    /// The guardrails in these fields; the default ones, if some were refused.
    ///
    /// @param objective what is earned: amounts are in its currency, windows not longer than its own; absent if it was
    ///                  refused, and then nothing is held against it
    static Guardrails read(Fields in, Optional<Objective> objective) {
        Optional<Guardrails.Harm> harm = HarmJson.read(in, objective);
        List<Metric> metrics = metrics(in, objective);
        if (harm.isEmpty() && !metrics.isEmpty()) {
            in.refuse("metrics", "are watched by the test for harm, and 'harm' is 'off'");
        }
        in.has("budget");
        Optional<Guardrails.Budget> budget = objective.flatMap(earned -> BudgetJson.read(in, earned));
        OptionalDouble strict = strict(in);
        Guardrails.Ramp ramp = RampJson.read(in);
        boolean feed = in.flag("feed", true);
        boolean ratio = in.flag("ratio", true);
        int originCap = originCap(in);
        Guardrails read = in.clean()
                ? new Guardrails(harm, metrics, budget, strict, ramp, feed, ratio, originCap, in.time("thawedAt"))
                : Guardrails.DEFAULT;
        in.nothingElse();
        return read;
    }

    private static List<Metric> metrics(Fields in, Optional<Objective> objective) {
        List<Fields> listed = in.objects("metrics");
        if (listed.size() > Guardrails.METRICS_MAX) {
            in.refuse("metrics", "are " + listed.size() + "; " + Guardrails.METRICS_MAX + " are the most");
        }
        List<Metric> metrics = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Fields each : listed) {
            String metric = DefinitionJson.name(each, "metric");
            if (objective.map(Objective::metric).filter(metric::equals).isPresent()) {
                each.refuse("metric", "'" + metric + "' is the objective, which is guarded anyway");
            } else if (!seen.add(metric)) {
                each.refuse("metric", "'" + DefinitionJson.shortened(metric) + "' stands twice");
            }
            Direction direction = direction(each);
            double most = direction == Direction.LOWER ? METRIC_MARGIN_MAX : HarmJson.MARGIN_MAX;
            double margin = each.number("margin", 0, most, METRIC_MARGIN);
            each.nothingElse();
            if (Names.valid(metric)) {
                metrics.add(new Metric(metric, direction, margin));
            }
        }
        return metrics;
    }

    private static Direction direction(Fields in) {
        return switch (in.optionalText("direction").orElse("")) {
            case "lower" -> Direction.LOWER;
            case "higher" -> Direction.HIGHER;
            default -> {
                in.refuse("direction", "must be 'lower' (as for refunds) or 'higher' (as for clicks): which is better");
                yield Direction.LOWER;
            }
        };
    }

    private static OptionalDouble strict(Fields in) {
        Optional<Double> loss = in.number("strict");
        if (loss.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!(loss.get() > 0 && loss.get() < 1)) {
            in.refuse("strict", "must be between 0 and 1, both excluded; leave it out and it is off");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(loss.get());
    }

    private static int originCap(Fields in) {
        if (!in.isText("originCap")) {
            return in.whole("originCap", 1, ORIGIN_CAP_MAX)
                    .map(Math::toIntExact)
                    .orElse(Guardrails.ORIGIN_CAP);
        }
        if (!isOff(in, "originCap")) {
            in.refuse("originCap", "must be 'off' or the conversions of one origin that count per day");
        }
        return Integer.MAX_VALUE;
    }

    /// Whether the text of a field switches it off.
    static boolean isOff(Fields in, String field) {
        return in.isText(field) && in.optionalText(field).filter(OFF::equals).isPresent();
    }

    /// The JSON object of guardrails, with every default filled in.
    ///
    /// @param objective what is earned: amounts are in its currency
    public static JsonObject write(Guardrails guardrails, Objective objective) {
        JsonArray metrics = new JsonArray();
        for (Metric metric : guardrails.metrics()) {
            metrics.add(new JsonObject()
                    .put("metric", metric.metric())
                    .put("direction", metric.direction().name().toLowerCase(Locale.ROOT))
                    .put("margin", metric.margin()));
        }
        JsonObject json = new JsonObject()
                .put("harm", guardrails.harm().<Object>map(HarmJson::write).orElse(OFF))
                .put("metrics", metrics)
                .put(
                        "budget",
                        guardrails
                                .budget()
                                .map(budget -> BudgetJson.write(budget, objective))
                                .orElse(OFF));
        guardrails.strict().ifPresent(loss -> json.put("strict", loss));
        json.put("ramp", RampJson.write(guardrails.ramp()))
                .put("feed", guardrails.feed())
                .put("ratio", guardrails.ratio())
                .put("originCap", guardrails.originCap() > ORIGIN_CAP_MAX ? OFF : (Object) guardrails.originCap());
        guardrails.thawedAt().ifPresent(time -> json.put("thawedAt", time.toString()));
        return json;
    }
}
