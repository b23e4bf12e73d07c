package dev.bandolier.server.platform;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.platform.Payload.Flag;
import dev.bandolier.server.platform.Payload.Items;
import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What the events of a platform mean that leaves their meaning to its users: rules, of which the first that fits counts.
///
/// @param rules in their order
/// @param items where in the body an array of events stands, if each is not an event itself
record Rules(List<Rule> rules, Optional<Pointer> items) {

    /// A sender has a dozen kinds of events that earn something; fifty rules are a mistake, or a program.
    private static final int RULES_MAX = 50;

    /// As many things as anybody asks of one event.
    private static final int CONDITIONS_MAX = 10;

    private static final int ORIGIN_CHARACTERS_MAX = 200;

    /// Fields that may be the same for every event; an id or a unit may not.
    private static final Map<String, Function<String, Optional<String>>> CONSTANTS = Map.of(
            "metric", text -> Names.valid(text) ? Optional.empty() : Optional.of(Names.RULE),
            "currency",
                    text -> Money.isCurrency(text.toUpperCase(Locale.ROOT))
                            ? Optional.empty()
                            : Optional.of("must be an ISO 4217 code, as in EUR, or where it stands, as in /currency"),
            "value",
                    text -> Amounts.decimal(text)
                                    .filter(amount -> amount.signum() >= 0)
                                    .isPresent()
                            ? Optional.empty()
                            : Optional.of("must be an amount, as in 49.90, or where it stands, as in /data/value"),
            "origin",
                    text -> !text.isEmpty() && text.length() <= ORIGIN_CHARACTERS_MAX
                            ? Optional.empty()
                            : Optional.of("must be 1 to " + ORIGIN_CHARACTERS_MAX + " characters"));

    /// Where things stand in an envelope whose `type` says what happened, and whose `data` to whom: what rules begin with.
    ///
    /// @param time where the envelope says when
    static Map<String, Selector> underData(String time) {
        return Map.of(
                "metric", Selector.at("/type"),
                "id", Selector.at("/data/id").or(new Spot.EventName()),
                "unit", Selector.at("/data/unit"),
                "decision", Selector.at("/data/decision"),
                "value", Selector.at("/data/value"),
                "currency", Selector.at("/data/currency"),
                "at", Selector.at("/data/at", time),
                "reverses", Selector.at("/data/reverses"),
                "origin", Selector.at("/data/origin"));
    }

    /// The options `events` and `items`.
    ///
    /// @param signature says which headers may be believed
    /// @param defaults  where each field stands that a rule says nothing of
    static Rules read(Fields in, Signature signature, Map<String, Selector> defaults) {
        Optional<Pointer> items = in.optionalText("items").flatMap(text -> Options.pointer(in, "items", text));
        if (!in.has("events")) {
            return new Rules(List.of(new Rule(List.of(), defaults, false)), items);
        }
        List<Fields> written = in.objects("events");
        if (written.isEmpty() || written.size() > RULES_MAX) {
            in.refuse("events", "must hold 1 to " + RULES_MAX + " rules");
            return new Rules(List.of(), items);
        }
        return new Rules(
                written.stream().map(each -> rule(each, signature, defaults)).toList(), items);
    }

    private static Rule rule(Fields in, Signature signature, Map<String, Selector> defaults) {
        List<Rule.Condition> when = conditions(in, signature);
        Map<String, Selector> fields = new HashMap<>();
        defaults.forEach((field, otherwise) -> fields.put(
                field,
                Options.places(in, signature, field, otherwise, CONSTANTS.getOrDefault(field, Options.NO_CONSTANTS))));
        boolean minor = in.flag("minor", false);
        in.nothingElse();
        return new Rule(when, fields, minor);
    }

    private static List<Rule.Condition> conditions(Fields in, Signature signature) {
        Fields when = in.object("when");
        if (when.names().size() > CONDITIONS_MAX) {
            in.refuse("when", "must hold at most " + CONDITIONS_MAX + " conditions");
            return List.of();
        }
        List<Rule.Condition> conditions = new ArrayList<>();
        for (String name : when.names()) {
            Optional<Spot> spot = Options.spot(when, signature, name, name, Options.NO_CONSTANTS);
            Optional<Payload> wanted = when.scalar(name).map(Rules::payload);
            if (wanted.isEmpty() && !when.has(name)) {
                when.refuse(name, "must be a text, a number, or true or false");
            }
            spot.ifPresent(where -> wanted.ifPresent(what -> conditions.add(new Rule.Condition(where, what))));
        }
        return conditions;
    }

    private static Payload payload(Object scalar) {
        return switch (scalar) {
            case Number number -> new Numeral(number.toString());
            case Boolean flag -> new Flag(flag);
            default -> new Text(scalar.toString());
        };
    }

    /// What an event says, or each of the events that it holds.
    List<Heard> hear(Event event) {
        if (items.isEmpty()) {
            return List.of(one(event));
        }
        String place = event.places().apply(items.get());
        if (!(items.get().in(event.root()).orElse(new Payload.Null()) instanceof Items(List<Payload> each))) {
            return List.of(new Heard.Unsound(event.name(), Optional.empty(), place, "must be an array of events"));
        }
        Dialects.checkCount(each.size());
        List<Heard> heard = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            heard.add(one(event.item(items.get().plus(String.valueOf(i)), each.get(i), i)));
        }
        return heard;
    }

    private Heard one(Event event) {
        if (!(event.root() instanceof Payload.Members)) {
            return new Heard.Unsound(
                    event.name(), Optional.empty(), event.places().apply(Pointer.ROOT), "must be an object");
        }
        return rules.stream()
                .filter(rule -> rule.fits(event))
                .findFirst()
                .map(rule -> rule.hear(event))
                .orElseGet(() -> event.ignored(
                        "other-event", "no rule fits it; one more in \"events\", with what it is known by, counts it"));
    }
}
