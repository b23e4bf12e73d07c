package dev.bandolier.server.platform;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A conversion while it is being read from an event, field after field; each field with its place. Confined to its
/// thread.
final class Report {

    private final Event event;
    private final JsonObject conversion = new JsonObject();
    private final Map<String, String> places = new LinkedHashMap<>();

    Report(Event event) {
        this.event = event;
    }

    /// A field whose value was made up from what stands at a place.
    Report put(String field, String value, String place) {
        conversion.put(field, value);
        places.put(field, place);
        return this;
    }

    /// The place of a field that the event says nothing of.
    Report without(String field, String place) {
        places.put(field, place);
        return this;
    }

    /// A text.
    Report text(String field, Selector from) {
        return put(field, from, Found::text);
    }

    /// The time at which it happened.
    Report at(Selector from) {
        return put("at", from, found -> found.time().toString());
    }

    /// The code of a currency, in whatever case.
    Report currency(Selector from) {
        return put("currency", from, Report::code);
    }

    /// An amount as a decimal.
    Report value(Selector from) {
        return put("value", from, found -> plain(found.decimal()));
    }

    /// The conversion as far as it was read.
    Heard.Reported heard() {
        return new Heard.Reported(event.name(), conversion, Map.copyOf(places));
    }

    /// The currency in a field, in upper case.
    static String code(Found found) {
        return found.text().toUpperCase(Locale.ROOT);
    }

    /// A decimal without an exponent.
    static String plain(BigDecimal decimal) {
        return decimal.toPlainString();
    }

    private Report put(String field, Selector from, Function<Found, String> reading) {
        Optional<Found> found = event.find(from);
        return found.isPresent()
                ? put(field, reading.apply(found.get()), found.get().place())
                : without(field, event.place(from));
    }
}
