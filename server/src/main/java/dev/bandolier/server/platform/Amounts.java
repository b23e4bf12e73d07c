package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Numeral;
import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/// Amounts of money as platforms write them: decimals as numbers or texts, or whole numbers of minor units. Never rounded,
/// and never larger in memory than on the wire.
final class Amounts {

    /// The most digits of a sound amount, zeros left and right of it included; "1e999999999" must not be written out.
    private static final int DIGITS_MAX = 40;

    /// Converting digits costs more than reading them, so longer ones are not even looked at.
    private static final int LITERAL_CHARACTERS_MAX = 100;

    private Amounts() {}

    /// The number in a value that is a number or a text, if it is one of at most 40 digits.
    static Optional<BigDecimal> decimal(Payload value) {
        return switch (value) {
            case Text(String text) -> decimal(text);
            case Numeral(String literal) -> decimal(literal);
            case Payload.Flag flag -> Optional.empty();
            case Payload.Null nothing -> Optional.empty();
            case Payload.Items items -> Optional.empty();
            case Payload.Members members -> Optional.empty();
        };
    }

    /// The number that a text holds, if it is one of at most 40 digits.
    static Optional<BigDecimal> decimal(String text) {
        if (text.length() > LITERAL_CHARACTERS_MAX) {
            return Optional.empty();
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            return decimal.precision() + Math.abs((long) decimal.scale()) <= DIGITS_MAX
                    ? Optional.of(decimal)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// The whole number in a value, if it is one: 12 and "12" and 12.0, but not 12.5.
    static Optional<BigInteger> whole(Payload value) {
        return decimal(value)
                .filter(decimal -> decimal.stripTrailingZeros().scale() <= 0)
                .map(BigDecimal::toBigIntegerExact);
    }

    /// So many minor units of a currency as a decimal, as in 49.90 for 4990 of EUR.
    ///
    /// @param amount   where the amount stands
    /// @param currency where its currency stands
    /// @throws UnsoundEvent if that is no currency, or no amount is that large
    static String ofMinor(BigInteger minorUnits, Found amount, Found currency) {
        String code = Report.code(currency);
        if (!Money.isCurrency(code)) {
            throw new UnsoundEvent(currency.place(), "is not an ISO 4217 code, as in EUR");
        }
        if (minorUnits.bitLength() >= Long.SIZE) {
            throw new UnsoundEvent(amount.place(), "is larger than any amount");
        }
        return Money.text(minorUnits.longValueExact(), code);
    }

    /// The decimal with this many digits after the point, as in 49.90 for 4990 with two.
    static String ofMinor(BigInteger minorUnits, int digits) {
        return new BigDecimal(minorUnits, digits).toPlainString();
    }
}
