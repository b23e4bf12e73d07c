package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Arm;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Policy;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.server.wire.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The JSON form of a definition: as owners write it, with defaults for what they leave out, and as it is stored.
public final class DefinitionJson {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(7);

    /// The shortest window: below it conversions cannot be told from clock skew.
    private static final Duration WINDOW_MIN = Duration.ofMinutes(1);

    /// The longest window.
    private static final Duration WINDOW_MAX = Duration.ofDays(90);

    /// The rarest conversion that anything can be learned about; below it the prior outweighs every count.
    private static final double BASELINE_MIN = 1e-6;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private static final int NAME_CHARACTERS_MAX = 200;
    private static final int PAYLOAD_CHARACTERS_MAX = 16_384;

    private DefinitionJson() {}

    /// The definition in a JSON object.
    ///
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    public static Definition read(JsonObject json) {
        Fields in = Fields.of(json);
        String key = name(in, "key");
        String name = limited(in, "name", in.optionalText("name").orElse(key), NAME_CHARACTERS_MAX);
        String unit = limited(in, "unit", in.optionalText("unit").orElse("visitor"), NAME_CHARACTERS_MAX);
        Stickiness sticky = sticky(in);
        List<Arm> arms = arms(in);
        Objective objective = objective(in.object("objective"));
        Policy policy = policy(in.object("policy"));
        double floor =
                share(in, "floor", Definition.defaultFloor(Math.max(arms.size(), 1)), 1.0 / Math.max(arms.size(), 1));
        double holdout = share(in, "holdout", 0.05, 0.95);
        in.nothingElse();
        in.done();
        return new Definition(key, name, unit, sticky, arms, objective, policy, floor, holdout);
    }

    /// The JSON object of a definition, with every default filled in.
    public static JsonObject write(Definition definition) {
        JsonArray arms = new JsonArray();
        for (Arm arm : definition.arms()) {
            arms.add(new JsonObject()
                    .put("key", arm.key())
                    .put("control", arm.control())
                    .put("payload", new JsonObject(arm.payload()))
                    .put("status", arm.status().name().toLowerCase(Locale.ROOT)));
        }
        return new JsonObject()
                .put("key", definition.key())
                .put("name", definition.name())
                .put("unit", definition.unit())
                .put("sticky", definition.sticky().name().toLowerCase(Locale.ROOT))
                .put("arms", arms)
                .put("objective", objective(definition.objective()))
                .put("policy", policy(definition.policy()))
                .put("floor", definition.floor())
                .put("holdout", definition.holdout());
    }

    private static String name(Fields in, String field) {
        String text = in.text(field);
        if (!text.isEmpty() && !Names.valid(text)) {
            in.refuse(field, "'" + shortened(text) + "' " + Names.RULE);
        }
        return text;
    }

    private static String limited(Fields in, String field, String text, int charactersMax) {
        if (text.length() > charactersMax) {
            in.refuse(field, "has " + text.length() + " characters; " + charactersMax + " are the most");
        }
        return text;
    }

    private static Stickiness sticky(Fields in) {
        String text = in.optionalText("sticky").orElse("unit");
        return switch (text) {
            case "unit" -> Stickiness.UNIT;
            case "none" -> Stickiness.NONE;
            default -> {
                in.refuse("sticky", "must be 'unit' (a unit keeps its arm) or 'none' (every request draws again)");
                yield Stickiness.UNIT;
            }
        };
    }

    private static List<Arm> arms(Fields in) {
        List<Arm> arms = new ArrayList<>();
        int controls = 0;
        List<Fields> listed = in.objects("arms");
        for (Fields each : listed) {
            String key = name(each, "key");
            boolean control = each.flag("control", false);
            String payload = limited(each, "payload", each.payload("payload"), PAYLOAD_CHARACTERS_MAX);
            Arm.Status status = status(each);
            each.nothingElse();
            if (arms.stream().anyMatch(arm -> arm.key().equals(key))) {
                each.refuse("key", "'" + key + "' stands twice");
            }
            controls += control ? 1 : 0;
            if (Names.valid(key)) {
                arms.add(new Arm(key, control, payload, status));
            }
        }
        if (listed.size() < 2 || listed.size() > Definition.ARMS_MAX) {
            in.refuse("arms", "must be 2 to " + Definition.ARMS_MAX + " arms, not " + listed.size());
        } else if (controls != 1) {
            in.refuse("arms", "must have exactly one arm with \"control\": true, not " + controls);
        }
        return arms;
    }

    private static Arm.Status status(Fields in) {
        String text = in.optionalText("status").orElse("live");
        return switch (text) {
            case "live" -> Arm.Status.LIVE;
            case "paused" -> Arm.Status.PAUSED;
            default -> {
                in.refuse("status", "must be 'live' or 'paused'");
                yield Arm.Status.LIVE;
            }
        };
    }

    private static Objective objective(Fields in) {
        String metric = name(in, "metric");
        String kind = in.optionalText("kind").orElse("conversion");
        if (!kind.equals("conversion")) {
            in.refuse("kind", "must be 'conversion', the kind that this version learns from");
        }
        Duration window = in.duration("window", DEFAULT_WINDOW);
        if (window.compareTo(WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0) {
            in.refuse("window", "must be between " + WINDOW_MIN + " and P" + WINDOW_MAX.toDays() + "D");
        }
        Optional<String> currency = in.optionalText("currency");
        if (currency.isPresent() && !isCurrency(currency.get())) {
            in.refuse("currency", "'" + shortened(currency.get()) + "' is not an ISO 4217 code, as in EUR");
        }
        double baseline = in.number("baseline").orElse(Objective.DEFAULT_BASELINE);
        boolean likely = baseline >= BASELINE_MIN && baseline <= 1 - BASELINE_MIN;
        if (!likely) {
            in.refuse("baseline", "must be between 0.000001 and 0.999999: the expected share of units that convert");
        }
        in.nothingElse();
        boolean sound = Names.valid(metric)
                && window.isPositive()
                && likely
                && currency.map(DefinitionJson::isCurrency).orElse(true);
        return sound
                ? new Objective(metric, Objective.Kind.CONVERSION, window, currency, baseline)
                : new Objective("refused", Objective.Kind.CONVERSION, DEFAULT_WINDOW, Optional.empty(), 0.5);
    }

    /// Whether the text is an ISO 4217 code.
    public static boolean isCurrency(String text) {
        return CURRENCIES.contains(text);
    }

    private static JsonObject objective(Objective objective) {
        JsonObject json = new JsonObject()
                .put("metric", objective.metric())
                .put("kind", objective.kind().name().toLowerCase(Locale.ROOT))
                .put("window", days(objective.window()))
                .put("baseline", objective.baseline());
        objective.currency().ifPresent(code -> json.put("currency", code));
        return json;
    }

    /// The duration as owners write it: whole days as such, where the platform would say PT168H.
    private static String days(Duration duration) {
        boolean whole = duration.equals(Duration.ofDays(duration.toDays()));
        return whole ? "P" + duration.toDays() + "D" : duration.toString();
    }

    private static Policy policy(Fields in) {
        String kind = in.optionalText("kind").orElse("thompson");
        Policy policy = switch (kind) {
            case "thompson" -> new Policy.Thompson();
            case "uniform" -> new Policy.Uniform();
            case "epsilon-greedy" -> epsilonGreedy(in);
            default -> {
                in.refuse("kind", "must be 'thompson', 'epsilon-greedy' or 'uniform'");
                yield new Policy.Uniform();
            }
        };
        in.nothingElse();
        return policy;
    }

    private static Policy epsilonGreedy(Fields in) {
        double epsilon = share(in, "epsilon", 0.1, 1);
        double least = share(in, "least", epsilon, 1);
        double halving = in.number("halving").orElse(Double.POSITIVE_INFINITY);
        if (!(halving > 0)) {
            in.refuse("halving", "must be a positive number of exposures");
        }
        if (least > epsilon) {
            in.refuse("least", "must not be above epsilon");
        }
        return in.clean() ? new Policy.EpsilonGreedy(epsilon, least, halving) : new Policy.Uniform();
    }

    private static JsonObject policy(Policy policy) {
        return switch (policy) {
            case Policy.Thompson thompson -> new JsonObject().put("kind", "thompson");
            case Policy.Uniform uniform -> new JsonObject().put("kind", "uniform");
            case Policy.EpsilonGreedy greedy -> {
                JsonObject json = new JsonObject()
                        .put("kind", "epsilon-greedy")
                        .put("epsilon", greedy.start())
                        .put("least", greedy.least());
                yield Double.isInfinite(greedy.halving()) ? json : json.put("halving", greedy.halving());
            }
        };
    }

    private static double share(Fields in, String field, double otherwise, double most) {
        double value = in.number(field).orElse(otherwise);
        if (!(value >= 0 && value <= most)) {
            in.refuse(field, "must be between 0 and " + most);
            return otherwise;
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
