package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times as platforms write them: ISO 8601 with a zone, or Unix time.
final class Times {

    /// What a time must look like, for messages.
    static final String RULE =
            "must be a time with a zone, as in 2026-11-21T10:00:00Z, or Unix seconds or milliseconds";

    /// From here on a number counts milliseconds: as seconds it would be the year 5138, as milliseconds it is 1973.
    private static final BigDecimal MILLIS_FROM = BigDecimal.valueOf(100_000_000_000L);

    /// The end of the year 9999, in seconds.
    private static final BigDecimal LATEST = BigDecimal.valueOf(253_402_300_799L);

    /// Unix time in a text, from 1973 on: one of fewer digits is rather a date, as in 20261121.
    private static final Pattern UNIX = Pattern.compile("[0-9]{9,13}([.][0-9]{1,9})?");

    private Times() {}

    /// The time in a value, if it is one.
    static Optional<Instant> of(Payload value) {
        return switch (value) {
            case Text(String text) -> of(text);
            case Numeral(String literal) -> Amounts.decimal(literal).flatMap(Times::unix);
            case Payload.Flag flag -> Optional.empty();
            case Payload.Null nothing -> Optional.empty();
            case Payload.Items items -> Optional.empty();
            case Payload.Members members -> Optional.empty();
        };
    }

    private static Optional<Instant> of(String text) {
        if (UNIX.matcher(text).matches()) {
            return unix(new BigDecimal(text));
        }
        try {
            return Optional.of(Fields.parseTime(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> unix(BigDecimal number) {
        BigDecimal seconds = number.compareTo(MILLIS_FROM) < 0 ? number : number.movePointLeft(3);
        if (seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
            return Optional.empty();
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Optional.of(Instant.ofEpochSecond(whole.longValueExact(), nanos));
    }
}
