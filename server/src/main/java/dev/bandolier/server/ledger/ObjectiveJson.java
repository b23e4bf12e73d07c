package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// The JSON form of an objective.
public final class ObjectiveJson {

    private static final Duration DEFAULT_WINDOW = Duration.ofDays(7);

    /// The longest window.
    static final Duration WINDOW_MAX = Duration.ofDays(90);

    /// The rarest conversion that anything can be learned about; below it the prior outweighs every count.
    private static final double BASELINE_MIN = 1e-6;

    /// The most conversions that a unit is expected to have: more in 90 days is a machine.
    private static final double COUNT_MAX = 1e6;

    private ObjectiveJson() {}

    /// The objective in these fields; some other, if one of them was refused.
    static Objective read(Fields in) {
        String metric = DefinitionJson.name(in, "metric");
        Objective.Kind kind = kind(in);
        Duration window = in.duration("window", DEFAULT_WINDOW);
        if (window.compareTo(Objective.WINDOW_MIN) < 0 || window.compareTo(WINDOW_MAX) > 0) {
            in.refuse("window", "must be between " + Objective.WINDOW_MIN + " and " + Durations.text(WINDOW_MAX));
        }
        Optional<Duration> delay = in.duration("delay");
        if (delay.isPresent() && (!delay.get().isPositive() || delay.get().compareTo(window) > 0)) {
            in.refuse("delay", "must be positive and not longer than the window, " + Durations.text(window));
        }
        Optional<String> currency = currency(in, kind);
        double baseline = baseline(in, kind);
        Optional<Long> cap = cap(in, currency);
        Crediting crediting = CreditingJson.read(in.object("attribution"), currency);
        in.nothingElse();
        return in.clean() && Names.valid(metric)
                ? new Objective(metric, kind, window, delay, currency, baseline, cap, crediting)
                : Objective.conversion("refused", DEFAULT_WINDOW);
    }

    private static Objective.Kind kind(Fields in) {
        String text = in.optionalText("kind").orElse("conversion");
        return switch (text) {
            case "conversion" -> Objective.Kind.CONVERSION;
            case "revenue" -> Objective.Kind.REVENUE;
            case "count" -> Objective.Kind.COUNT;
            default -> {
                in.refuse(
                        "kind",
                        "must be 'conversion' (a unit converts or does not), 'revenue' (the value of what it orders)"
                                + " or 'count' (how often it converts)");
                yield Objective.Kind.CONVERSION;
            }
        };
    }

    private static Optional<String> currency(Fields in, Objective.Kind kind) {
        Optional<String> code = in.optionalText("currency");
        if (code.isPresent() && !Money.isCurrency(code.get())) {
            in.refuse("currency", "'" + DefinitionJson.shortened(code.get()) + "' is not an ISO 4217 code, as in EUR");
            return Optional.empty();
        }
        if (kind == Objective.Kind.REVENUE && !in.has("currency")) {
            in.refuse("currency", "is required for revenue: the ISO 4217 code that values carry, as in EUR");
        }
        return code;
    }

    private static double baseline(Fields in, Objective.Kind kind) {
        double baseline = in.number("baseline").orElse(Objective.DEFAULT_BASELINE);
        boolean counts = kind == Objective.Kind.COUNT;
        if (!(baseline >= BASELINE_MIN && baseline <= (counts ? COUNT_MAX : 1 - BASELINE_MIN))) {
            in.refuse(
                    "baseline",
                    counts
                            ? "must be between 0.000001 and 1000000: the conversions that a unit is expected to have"
                            : "must be between 0.000001 and 0.999999: the expected share of units that convert");
        }
        return baseline;
    }

    private static Optional<Long> cap(Fields in, Optional<String> currency) {
        if (!in.has("cap")) {
            return Optional.empty();
        }
        if (currency.isEmpty()) {
            in.refuse("cap", "needs a currency: it is an amount");
            return Optional.empty();
        }
        Optional<Long> cap = Money.read(in, "cap", currency.get(), Conversion.VALUE_MAX);
        if (cap.isPresent() && cap.get() == 0) {
            in.refuse("cap", "must be positive: the most that the orders of one unit count for");
        }
        return cap;
    }

    /// A mean as it is believed, from one as it is written: means of revenue are in minor units of the currency, and
    /// people write major ones.
    static double believed(double written, Objective objective) {
        return objective.kind() == Objective.Kind.REVENUE
                ? Money.minor(written, objective.currency().orElseThrow())
                : written;
    }

    /// A mean as it is shown, from one as it is believed.
    static double shown(double believed, Objective objective) {
        return objective.kind() == Objective.Kind.REVENUE
                ? Money.major(believed, objective.currency().orElseThrow())
                : believed;
    }

    /// An amount of the reward as it is shown: of revenue decimals of the currency, else a number.
    public static Object amount(double reward, Objective objective) {
        return objective.kind() == Objective.Kind.REVENUE
                ? Money.text(Math.round(reward), objective.currency().orElseThrow())
                : (Object) reward;
    }

    /// The JSON object of an objective.
    public static JsonObject write(Objective objective) {
        JsonObject json = new JsonObject()
                .put("metric", objective.metric())
                .put("kind", objective.kind().name().toLowerCase(Locale.ROOT))
                .put("window", Durations.text(objective.window()));
        objective.delay().ifPresent(median -> json.put("delay", Durations.text(median)));
        objective.currency().ifPresent(code -> json.put("currency", code));
        json.put("baseline", objective.baseline());
        objective
                .cap()
                .ifPresent(most ->
                        json.put("cap", Money.text(most, objective.currency().orElseThrow())));
        return json.put("attribution", CreditingJson.write(objective.crediting()));
    }
}
