package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Flag;
import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an event of one kind means: where each field of a conversion stands in it.
///
/// @param when   what must hold for the rule to fit; nothing: it fits every event
/// @param fields where each field stands, by its name in `POST /v1/conversions`
/// @param minor  whether values are whole numbers of minor units
record Rule(List<Condition> when, Map<String, Selector> fields, boolean minor) {

    /// Fields that are texts.
    static final List<String> TEXTS = List.of("metric", "id", "unit", "decision", "reverses", "origin");

    /// One thing that must hold: what stands there is equal to this.
    record Condition(Spot spot, Payload wanted) {

        boolean holds(Event event) {
            return event.find(new Selector(List.of(spot)))
                    .filter(found -> equal(found.value(), wanted))
                    .isPresent();
        }

        /// Equal as JSON values are: 1 and 1.0 are one number, 1 and "1" are two things.
        private static boolean equal(Payload left, Payload right) {
            if (left instanceof Numeral && right instanceof Numeral) {
                return Amounts.decimal(left)
                        .flatMap(one -> Amounts.decimal(right).map(other -> one.compareTo(other) == 0))
                        .orElse(false);
            }
            return (left instanceof Text || left instanceof Flag) && left.equals(right);
        }
    }

    Rule {
        when = List.copyOf(when);
        fields = Map.copyOf(fields);
    }

    /// Whether the event is of the kind that the rule is about.
    boolean fits(Event event) {
        return when.stream().allMatch(condition -> condition.holds(event));
    }

    /// The conversion that the event reports.
    Heard hear(Event event) {
        return event.heard(fields.get("id"), this::read);
    }

    private Heard read(Event event) {
        Report report = new Report(event);
        for (String field : TEXTS) {
            report.text(field, fields.get(field));
        }
        Selector currency = fields.get("currency");
        report.currency(currency);
        if (minor) {
            minor(report, event, currency);
        } else {
            report.value(fields.get("value"));
        }
        return report.at(fields.get("at")).heard();
    }

    private void minor(Report report, Event event, Selector currency) {
        Optional<Found> value = event.find(fields.get("value"));
        if (value.isEmpty()) {
            report.without("value", event.place(fields.get("value")));
            return;
        }
        BigInteger units = value.get().whole();
        Found code = event.require(currency, "is required: without it nobody knows what a minor unit is");
        report.put(
                "value", Amounts.ofMinor(units, value.get(), code), value.get().place());
    }
}
