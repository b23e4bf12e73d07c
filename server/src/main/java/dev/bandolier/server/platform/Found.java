package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;

/// A value of an event, and where it stands. Each accessor throws [UnsoundEvent] if the value is of another kind.
///
/// @param value what
/// @param place as whoever has to mend it would look for it
record Found(Payload value, String place) {

    /// A text, or a whole number as a text: to many platforms an id is a number.
    String text() {
        return switch (value) {
            case Text(String text) -> text;
            case Numeral numeral ->
                Amounts.whole(numeral)
                        .map(BigInteger::toString)
                        .orElseThrow(() -> unsound("must be a text or a whole number of at most 40 digits"));
            case Payload.Flag flag -> throw unsound("must be a text, not true or false");
            case Payload.Null nothing -> throw unsound("must be a text, not null");
            case Payload.Items items -> throw unsound("must be a text, not an array");
            case Payload.Members members -> throw unsound("must be a text, not an object");
        };
    }

    /// A decimal number, or a text that holds one.
    BigDecimal decimal() {
        return Amounts.decimal(value)
                .orElseThrow(() -> unsound("must be a decimal number of at most 40 digits, as in 49.90"));
    }

    /// A whole number, or a text that holds one.
    BigInteger whole() {
        return Amounts.whole(value)
                .orElseThrow(() -> unsound("must be a whole number of minor units, as in 4990 for 49.90 EUR"));
    }

    /// A time.
    Instant time() {
        return Times.of(value).orElseThrow(() -> unsound(Times.RULE));
    }

    /// True or false.
    boolean flag() {
        if (value instanceof Payload.Flag(boolean flag)) {
            return flag;
        }
        throw unsound("must be true or false");
    }

    /// Whether it is the beginning of a decision token.
    boolean looksLikeToken() {
        return value instanceof Text(String text) && text.startsWith("d1.");
    }

    private UnsoundEvent unsound(String reason) {
        return new UnsoundEvent(place, reason);
    }
}
