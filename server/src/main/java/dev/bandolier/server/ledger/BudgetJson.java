package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Guardrails.Budget;
import dev.bandolier.bandits.Guardrails.Unit;
import dev.bandolier.bandits.Objective;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The JSON form of what exploring may lose: `"off"`, `"default"`, or amounts, of money or of conversions.
final class BudgetJson {

    /// The largest amount of money, in minor units, and the most conversions: beyond what a `double` counts exactly,
    /// nothing adds up.
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    private static final double CERTAINTY_MIN = 0.5;
    private static final double CERTAINTY_MAX = 0.9999;

    private BudgetJson() {}

    /// The budget in the field `budget`; that of an owner who says nothing, if it was refused.
    static Optional<Budget> read(Fields guardrails, Objective objective) {
        if (GuardrailsJson.isOff(guardrails, "budget")) {
            return Optional.empty();
        }
        if (guardrails.isText("budget")) {
            if (!guardrails.optionalText("budget").orElseThrow().equals("default")) {
                guardrails.refuse("budget", "must be 'default', 'off' or an object");
            }
            return Optional.of(usual(objective));
        }
        if (!guardrails.has("budget")) {
            return Optional.of(usual(objective));
        }
        Fields in = guardrails.object("budget");
        boolean money = revenue(objective) || in.has("amount") || in.has("worth");
        Budget budget = money ? money(in, objective) : conversions(in);
        in.nothingElse();
        return Optional.of(in.clean() ? budget : usual(objective));
    }

    /// What an owner gets who says nothing: of revenue it is money.
    static Budget usual(Objective objective) {
        Budget usual = Budget.DEFAULT;
        return revenue(objective)
                ? new Budget(Unit.MONEY, usual.total(), usual.daily(), usual.worth(), usual.certainty())
                : usual;
    }

    private static boolean revenue(Objective objective) {
        return objective.kind() == Objective.Kind.REVENUE;
    }

    private static Budget money(Fields in, Objective objective) {
        if (in.has("conversions")) {
            in.refuse(
                    "conversions",
                    revenue(objective)
                            ? "are not what revenue is counted in; say 'amount'"
                            : "and 'amount' or 'worth' exclude each other");
        }
        if (objective.currency().isEmpty()) {
            in.refuse(in.has("amount") ? "amount" : "worth", "needs a currency of the objective: it is an amount");
            List.of("worth", "daily", "certainty").forEach(in::has);
            return Budget.DEFAULT;
        }
        String currency = objective.currency().get();
        OptionalLong total = amount(in, "amount", currency);
        OptionalLong daily = amount(in, "daily", currency);
        OptionalLong worth = amount(in, "worth", currency);
        if (revenue(objective) && in.has("worth")) {
            in.refuse("worth", "is for objectives that count conversions; revenue says what they are worth");
        } else if (!revenue(objective) && !in.has("worth")) {
            in.refuse("worth", "is required: what a conversion is worth, as in \"49.90\"");
        }
        return budget(in, Unit.MONEY, total, daily, worth);
    }

    private static Budget conversions(Fields in) {
        OptionalLong total = number(in.whole("conversions", 1, AMOUNT_MAX));
        OptionalLong daily = number(in.whole("daily", 1, AMOUNT_MAX));
        return budget(in, Unit.CONVERSIONS, total, daily, OptionalLong.empty());
    }

    private static Budget budget(Fields in, Unit unit, OptionalLong total, OptionalLong daily, OptionalLong worth) {
        boolean own = total.isPresent() || daily.isPresent();
        double usual = own ? Budget.CERTAINTY : Budget.DEFAULT.certainty();
        double certainty = in.number("certainty", CERTAINTY_MIN, CERTAINTY_MAX, usual);
        return in.clean() ? new Budget(unit, total, daily, worth, certainty) : Budget.DEFAULT;
    }

    private static OptionalLong amount(Fields in, String field, String currency) {
        Optional<Long> amount = Money.read(in, field, currency, AMOUNT_MAX);
        if (amount.isPresent() && amount.get() == 0) {
            in.refuse(field, "must be positive");
        }
        return number(amount);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    /// The JSON form of a budget, as its owner may write it.
    static Object write(Budget budget, Objective objective) {
        boolean own = budget.total().isPresent()
                || budget.daily().isPresent()
                || budget.worth().isPresent();
        if (!own && budget.certainty() == Budget.DEFAULT.certainty()) {
            return "default";
        }
        JsonObject json = new JsonObject();
        switch (budget.unit()) {
            case MONEY -> {
                String currency = objective.currency().orElseThrow();
                budget.total().ifPresent(most -> json.put("amount", Money.text(most, currency)));
                budget.daily().ifPresent(most -> json.put("daily", Money.text(most, currency)));
                budget.worth().ifPresent(each -> json.put("worth", Money.text(each, currency)));
            }
            case CONVERSIONS -> {
                budget.total().ifPresent(most -> json.put("conversions", most));
                budget.daily().ifPresent(most -> json.put("daily", most));
            }
        }
        return json.put("certainty", budget.certainty());
    }
}
