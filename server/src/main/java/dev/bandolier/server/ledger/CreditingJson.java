package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Crediting.Orders;
import dev.bandolier.bandits.Crediting.Touching;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The JSON form of how conversions are credited: `attribution` of an objective.
final class CreditingJson {

    private CreditingJson() {}

    /// How conversions are credited, by these fields; in some other way, if one of them was refused.
    ///
    /// @param currency that of the objective
    static Crediting read(Fields in, Optional<String> currency) {
        Touching touch = touch(in);
        Orders orders = orders(in);
        Duration grace = in.duration("grace", Crediting.DEFAULT.grace());
        if (grace.isNegative() || grace.compareTo(Crediting.GRACE_MAX) > 0) {
            in.refuse("grace", "must be between PT0S and " + Durations.text(Crediting.GRACE_MAX));
        }
        boolean crossExperiment = in.flag("crossExperiment", false);
        Map<String, BigDecimal> rates = rates(in, currency);
        in.nothingElse();
        return in.clean() ? new Crediting(touch, orders, grace, crossExperiment, rates) : Crediting.DEFAULT;
    }

    /// Refuses a choice between decisions where a unit has but one.
    ///
    /// @param in fields of the objective
    static void check(Fields in, Objective objective, Stickiness sticky) {
        if (sticky == Stickiness.UNIT && objective.crediting().touch() != Touching.TOKEN) {
            in.refuse(
                    "attribution.touch",
                    "needs 'sticky' to be 'none': a unit that keeps its arm has one decision, and that earns"
                            + " everything");
        }
    }

    /// The JSON object of how conversions are credited.
    static JsonObject write(Crediting crediting) {
        JsonObject rates = new JsonObject();
        new TreeMap<>(crediting.rates()).forEach((currency, rate) -> rates.put(currency, rate.toPlainString()));
        return new JsonObject()
                .put("touch", crediting.touch().name().toLowerCase(Locale.ROOT))
                .put("orders", crediting.orders().name().toLowerCase(Locale.ROOT))
                .put("grace", Durations.text(crediting.grace()))
                .put("crossExperiment", crediting.crossExperiment())
                .put("rates", rates);
    }

    private static Touching touch(Fields in) {
        return switch (in.optionalText("touch").orElse("token")) {
            case "token" -> Touching.TOKEN;
            case "first" -> Touching.FIRST;
            case "last" -> Touching.LAST;
            default -> {
                in.refuse(
                        "touch",
                        "must be 'token' (the decision whose token a conversion brings), 'first' (else the first of its"
                                + " unit whose window it lies in) or 'last' (else the last before it)");
                yield Touching.TOKEN;
            }
        };
    }

    private static Orders orders(Fields in) {
        return switch (in.optionalText("orders").orElse("every")) {
            case "every" -> Orders.EVERY;
            case "first" -> Orders.FIRST;
            default -> {
                in.refuse(
                        "orders", "must be 'every' (all that stand) or 'first' (of these the one that happened first)");
                yield Orders.EVERY;
            }
        };
    }

    private static Map<String, BigDecimal> rates(Fields in, Optional<String> currency) {
        Fields listed = in.object("rates");
        if (!listed.names().isEmpty() && currency.isEmpty()) {
            in.refuse("rates", "need a currency of the objective: they say what others are worth in it");
        }
        if (listed.names().size() > Crediting.RATES_MAX) {
            in.refuse("rates", "are " + listed.names().size() + "; " + Crediting.RATES_MAX + " are the most");
        }
        Map<String, BigDecimal> rates = new HashMap<>();
        for (String foreign : listed.names()) {
            Optional<BigDecimal> rate = listed.decimal(foreign);
            if (!Money.isCurrency(foreign)) {
                listed.refuse(DefinitionJson.shortened(foreign), "is not an ISO 4217 code, as in USD");
            } else if (currency.equals(Optional.of(foreign))) {
                listed.refuse(foreign, "is the currency of the objective, which is worth itself");
            } else if (rate.isPresent() && rate.get().signum() <= 0) {
                listed.refuse(foreign, "must be positive: what one " + foreign + " is worth");
            } else if (listed.has(foreign)) {
                rate.ifPresent(worth -> rates.put(foreign, worth.stripTrailingZeros()));
            } else {
                listed.refuse(foreign, "must be a decimal number, as in 0.92");
            }
        }
        return rates;
    }
}
