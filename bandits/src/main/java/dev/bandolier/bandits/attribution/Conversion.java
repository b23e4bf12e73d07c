package dev.bandolier.bandits.attribution;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.UnitKey;
import java.time.Instant;
import java.util.Optional;

/// A verified outside fact: an order was paid, refunded, clicked.
///
/// @param source     who reported it
/// @param id         its name at the source; (source, id) is one fact, however often it is reported
/// @param metric     what happened
/// @param unit       whom it happened to; absent only for a reversal that names nobody
/// @param decision   the decision that it belongs to, if the report carried a token
/// @param value      what it earned, in minor units of the currency, not negative
/// @param currency   ISO 4217 code of the value
/// @param at         when it happened
/// @param receivedAt when it was received
/// @param reverses   id, at the same source, of the conversion that this one takes back: with a value that much of it,
///                   without a value all of it
/// @param origin     who stands behind it, if the reporter said so
public record Conversion(
        String source,
        String id,
        String metric,
        Optional<UnitKey> unit,
        Optional<Decision.Key> decision,
        Optional<Long> value,
        Optional<String> currency,
        Instant at,
        Instant receivedAt,
        Optional<String> reverses,
        Optional<OriginKey> origin) {

    /// The largest value of one conversion, in minor units: a billion euros. Sums of a billion of these fit in a
    /// `long`.
    public static final long VALUE_MAX = 100_000_000_000L;

    /// Refuses a negative or huge value, and a conversion of nobody that reverses nothing.
    public Conversion {
        if (value.isPresent() && (value.get() < 0 || value.get() > VALUE_MAX)) {
            throw new IllegalArgumentException("value " + value.get() + " is not in [0, " + VALUE_MAX + "]");
        }
        if (unit.isEmpty() && reverses.isEmpty()) {
            throw new IllegalArgumentException("conversion '" + id + "' names neither a unit nor what it reverses");
        }
    }

    /// A conversion whose origin nobody knows.
    public Conversion(
            String source,
            String id,
            String metric,
            Optional<UnitKey> unit,
            Optional<Decision.Key> decision,
            Optional<Long> value,
            Optional<String> currency,
            Instant at,
            Instant receivedAt,
            Optional<String> reverses) {
        this(source, id, metric, unit, decision, value, currency, at, receivedAt, reverses, Optional.empty());
    }
}
