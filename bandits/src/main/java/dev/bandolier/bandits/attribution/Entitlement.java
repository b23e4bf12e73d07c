package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Crediting;
import dev.bandolier.bandits.Crediting.Touching;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.Stickiness;
import dev.bandolier.bandits.attribution.Earnings.Credit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one experiment owes to a conversion: the decision that earns it and what it is worth there, or why there is none.
///
/// Whoever receives conversions asks it what to refuse, and whoever attributes them asks it again: the two agree because
/// there is one rule.
///
/// @param experiment one that counts the metric of the conversion, or guards it
/// @param tolerance  how far the clocks of sender and server may differ
public record Entitlement(Experiment experiment, Duration tolerance) {

    /// What the rule says.
    public sealed interface Answer {

        /// The conversion belongs to this decision.
        ///
        /// @param credit what it is there
        record Earns(Decision decision, Credit credit) implements Answer {}

        /// The conversion earns nothing here.
        record Misses(Reason reason) implements Answer {}
    }

    /// Why a conversion earns nothing, the nearest miss first.
    public enum Reason {
        /// It has a decision, and a value in a currency that an experiment on revenue has no rate for.
        WRONG_CURRENCY,
        /// It has a decision, and no value to tell an experiment on revenue what its unit was worth.
        NO_VALUE,
        /// It arrived after the grace that follows the window of its decision.
        TOO_LATE,
        /// Its unit was decided for, but too long ago or only later.
        OUTSIDE_WINDOW,
        /// Its unit was never decided for.
        NO_DECISION,
        /// Every request draws, and it does not say by which draw it was earned.
        NEEDS_TOKEN,
        /// It brings the token of another experiment's decision.
        OTHER_EXPERIMENT
    }

    /// What an order, or an event that guardrails watch, earns here.
    ///
    /// @param named  the decision that its token names, of whatever experiment
    /// @param ofUnit decisions of its unit, of whatever experiments: all that stand or stood, and of draws per request
    ///               those that [Touch] looks at
    public Answer of(Conversion conversion, Optional<Decision> named, List<Decision> ofUnit) {
        if (!byUnit(conversion)) {
            Optional<Decision> own = named.filter(each -> each.experiment() == experiment.id());
            boolean elsewhere = conversion
                    .decision()
                    .filter(key -> key.experiment() != experiment.id())
                    .isPresent();
            return elsewhere
                    ? new Answer.Misses(Reason.OTHER_EXPERIMENT)
                    : judged(conversion, touch().last(own.stream().toList(), conversion.at()));
        }
        boolean draws = experiment.definition().sticky() == Stickiness.NONE;
        List<Decision> own = ofUnit.stream()
                .filter(each ->
                        each.experiment() == experiment.id() && each.key().ofUnit() != draws)
                .toList();
        return switch (draws ? crediting().touch() : Touching.LAST) {
            case TOKEN -> new Answer.Misses(Reason.NEEDS_TOKEN);
            case FIRST -> judged(conversion, touch().first(own, conversion.at()));
            case LAST -> judged(conversion, touch().last(own, conversion.at()));
        };
    }

    /// What a reversal takes back of an order that is credited here, or nothing if its value is in a currency without a
    /// rate. One without a value takes back all.
    public Optional<Credit> reversal(Conversion conversion, Credit order) {
        if (conversion.value().isEmpty()) {
            return Optional.of(credit(conversion, Optional.empty(), Optional.empty()));
        }
        Optional<Long> amount = order.exchange()
                        .filter(exchange -> conversion.currency().equals(Optional.of(exchange.currency())))
                        .isPresent()
                ? conversion.value()
                : order.exchange()
                        .map(exchange -> foreign(conversion, exchange))
                        .orElseGet(() -> own(conversion));
        return amount.map(part -> credit(conversion, Optional.of(part), Optional.empty()));
    }

    /// What a reversal takes back of an order in another currency than its own, in that of the order.
    private Optional<Long> foreign(Conversion reversal, Exchange exchange) {
        return own(reversal)
                .filter(own -> exchange.known())
                .map(own -> Math.min(exchange.foreign(own), Conversion.VALUE_MAX));
    }

    /// A conversion as an event that guardrails count, whatever its currency, or that takes back such an event.
    public static Credit event(Conversion conversion, Optional<String> reverses) {
        return new Credit(
                conversion.source(),
                conversion.id(),
                conversion.value(),
                reverses,
                conversion.at(),
                conversion.receivedAt());
    }

    /// Whether the decision is looked for among those of the unit, and not by a token.
    public boolean byUnit(Conversion conversion) {
        return conversion.decision().isEmpty()
                || (crediting().crossExperiment() && conversion.decision().get().experiment() != experiment.id());
    }

    /// Whether the decision is looked for among the draws of the unit.
    public boolean byDraw(Conversion conversion) {
        return experiment.definition().sticky() == Stickiness.NONE
                && crediting().touch() != Touching.TOKEN
                && byUnit(conversion);
    }

    /// Whether the experiment can tell what the value of a conversion is worth, if it has one.
    public boolean values(Conversion conversion) {
        return conversion.value().isEmpty() || own(conversion).isPresent();
    }

    /// Until when an order of a decision may arrive.
    public Instant deadline(Decision decision) {
        return decision.at().plus(objective().window()).plus(crediting().grace());
    }

    private Answer judged(Conversion conversion, Touch.Found found) {
        return switch (found) {
            case Touch.Found.NoDecision none -> new Answer.Misses(Reason.NO_DECISION);
            case Touch.Found.OutsideWindow outside -> new Answer.Misses(Reason.OUTSIDE_WINDOW);
            case Touch.Found.Belongs(Decision decision) -> judged(conversion, decision);
        };
    }

    private Answer judged(Conversion conversion, Decision decision) {
        if (conversion.receivedAt().isAfter(deadline(decision))) {
            return new Answer.Misses(Reason.TOO_LATE);
        }
        if (!objective().metric().equals(conversion.metric())) {
            return new Answer.Earns(decision, event(conversion, Optional.empty()));
        }
        Optional<Long> own = own(conversion);
        if (own.isEmpty() && objective().kind() == Objective.Kind.REVENUE) {
            // As an order worth nothing it would make every order of its arm look small.
            return new Answer.Misses(conversion.value().isEmpty() ? Reason.NO_VALUE : Reason.WRONG_CURRENCY);
        }
        return new Answer.Earns(
                decision,
                own.isEmpty()
                        ? credit(
                                conversion,
                                conversion.value(),
                                conversion.currency().map(Exchange::unknown))
                        : credit(conversion, conversion.value(), exchange(conversion)));
    }

    /// What the value of a conversion is worth in the currency of the objective; nothing if it has none, or no rate, or
    /// is worth more than any conversion may be: then the rate is wrong.
    private Optional<Long> own(Conversion conversion) {
        Optional<String> currency = objective().currency();
        if (currency.isEmpty() || currency.equals(conversion.currency())) {
            return conversion.value();
        }
        return exchange(conversion)
                .flatMap(exchange -> conversion.value().map(exchange::worth))
                .filter(worth -> worth <= Conversion.VALUE_MAX);
    }

    private Optional<Exchange> exchange(Conversion conversion) {
        return conversion
                .currency()
                .flatMap(foreign -> objective()
                        .currency()
                        .filter(own -> !own.equals(foreign))
                        .flatMap(own -> crediting().rate(foreign).map(rate -> Exchange.of(foreign, rate, own))));
    }

    private static Credit credit(Conversion conversion, Optional<Long> amount, Optional<Exchange> exchange) {
        return new Credit(
                conversion.source(),
                conversion.id(),
                amount,
                exchange,
                conversion.reverses(),
                conversion.at(),
                conversion.receivedAt());
    }

    private Touch touch() {
        return new Touch(objective().window(), tolerance);
    }

    private Objective objective() {
        return experiment.definition().objective();
    }

    private Crediting crediting() {
        return objective().crediting();
    }
}
