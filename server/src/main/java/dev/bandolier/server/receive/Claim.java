package dev.bandolier.server.receive;

import dev.bandolier.bandits.Names;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Money;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A conversion as its reporter words it: each field sound in itself, not yet checked against what is known.
///
/// @param id       name of the conversion at its reporter; made up if it had none
/// @param metric   what happened
/// @param unit     whom it happened to, as the shop knows it
/// @param token    decision token
/// @param value    what it earned, in minor units
/// @param currency ISO 4217 code of the value
/// @param at       when it happened
/// @param reverses id of the conversion that it takes back; never its own
/// @param origin   who stands behind it, as the reporter names it
record Claim(
        String id,
        String metric,
        Optional<String> unit,
        Optional<String> token,
        Optional<Long> value,
        Optional<String> currency,
        Instant at,
        Optional<String> reverses,
        Optional<String> origin) {

    /// The longest id of a conversion, or name of an origin: room for any platform's, and a primary key stays small.
    static final int ID_CHARACTERS_MAX = 200;

    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    /// The claim in a JSON object.
    ///
    /// @param now            time of a conversion that names none
    /// @param unitCharacters longest name of a unit
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    static Claim read(JsonObject json, Instant now, int unitCharacters) {
        return read(Fields.of(json), now, unitCharacters);
    }

    /// The claim in a JSON object that names itself: what is sent again must not count twice.
    ///
    /// @throws dev.bandolier.server.wire.Problem 422 naming every field that is wrong
    static Claim readNamed(JsonObject json, Instant now, int unitCharacters) {
        Fields in = Fields.of(json);
        if (!in.has("id")) {
            in.refuse("id", "is required: without a name it would count again whenever it is sent again");
        }
        return read(in, now, unitCharacters);
    }

    private static Claim read(Fields in, Instant now, int unitCharacters) {
        String id = id(in, "id").orElseGet(() -> UUID.randomUUID().toString());
        String metric = in.text("metric");
        if (!metric.isEmpty() && !Names.valid(metric)) {
            in.refuse("metric", Names.RULE);
        }
        Optional<String> unit = in.optionalText("unit");
        if (unit.isPresent() && (unit.get().isEmpty() || unit.get().length() > unitCharacters)) {
            in.refuse("unit", "must be 1 to " + unitCharacters + " characters");
        }
        Optional<String> token = in.optionalText("decision");
        Optional<String> reverses = id(in, "reverses");
        if (reverses.filter(id::equals).isPresent()) {
            in.refuse("reverses", "must name another conversion: give what takes back an id of its own");
        }
        Optional<String> origin = id(in, "origin");
        if (!in.has("unit") && !in.has("decision") && !in.has("reverses")) {
            in.refuse("unit", "is required: whom it happened to, or the 'decision' token of an answer");
        }
        Optional<String> currency = in.optionalText("currency");
        if (currency.isPresent() && !Money.isCurrency(currency.get())) {
            in.refuse("currency", "is not an ISO 4217 code, as in EUR");
        }
        Optional<Long> value = value(in, currency);
        Instant at = in.time("at").orElse(now);
        in.nothingElse();
        in.done();
        return new Claim(id, metric, unit, token, value, currency, at, reverses, origin);
    }

    private static Optional<String> id(Fields in, String field) {
        Optional<String> text = in.optionalText(field);
        if (text.isPresent()
                && (text.get().length() > ID_CHARACTERS_MAX
                        || !PRINTABLE.matcher(text.get()).matches())) {
            in.refuse(field, "must be 1 to " + ID_CHARACTERS_MAX + " printable characters");
        }
        return text;
    }

    /// The value in minor units of its currency; exact, so 49.905 EUR is refused and not rounded.
    private static Optional<Long> value(Fields in, Optional<String> currency) {
        Optional<BigDecimal> amount = in.decimal("value");
        if (amount.isEmpty() || !in.clean()) {
            return Optional.empty();
        }
        if (currency.isEmpty()) {
            in.refuse("currency", "is required with a value, as in EUR");
            return Optional.empty();
        }
        if (amount.get().signum() < 0) {
            in.refuse("value", "must not be negative; a refund is a conversion of its own that 'reverses' the first");
            return Optional.empty();
        }
        return Money.read(in, "value", currency.get(), Conversion.VALUE_MAX);
    }
}
