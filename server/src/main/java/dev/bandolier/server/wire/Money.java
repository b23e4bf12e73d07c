package dev.bandolier.server.wire;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Amounts of money: counted in minor units of a currency, written as decimals with exactly its digits.
public final class Money {

    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Money() {}

    /// Whether the text is an ISO 4217 code.
    public static boolean isCurrency(String text) {
        return CODES.contains(text);
    }

    /// The amount in a field, in minor units, if it is there. Exact: 49.905 EUR is refused and not rounded.
    ///
    /// @param currency ISO 4217 code
    /// @param most     the largest amount, in minor units
    public static Optional<Long> read(Fields in, String field, String currency, long most) {
        Optional<BigDecimal> amount = in.decimal(field);
        if (amount.isEmpty()) {
            return Optional.empty();
        }
        int digits = digits(currency);
        BigDecimal limit = BigDecimal.valueOf(most, digits);
        if (amount.get().signum() < 0) {
            in.refuse(field, "must not be negative");
        } else if (amount.get().compareTo(limit) > 0) {
            in.refuse(field, "is larger than " + limit.toPlainString());
        } else if (amount.get().stripTrailingZeros().scale() > digits) {
            in.refuse(field, "has more than the " + digits + " decimals of " + currency);
        } else {
            return Optional.of(amount.get()
                    .setScale(digits, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact());
        }
        return Optional.empty();
    }

    /// The amount as people write it, as in `49.90` for 4990 minor units of EUR.
    public static String text(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, digits(currency)).toPlainString();
    }

    /// An amount that need not be whole, in the currency's major unit, as in 0.499 for 49.9 minor units of EUR.
    public static double major(double minorUnits, String currency) {
        return shifted(minorUnits, -digits(currency));
    }

    /// An amount that need not be whole, in minor units, as in 49.9 for 0.499 EUR; infinite if there is no such `double`.
    public static double minor(double majorUnits, String currency) {
        return shifted(majorUnits, digits(currency));
    }

    /// Shifted as a decimal, so that an amount comes back from the other unit as it was written: 0.29 * 100 is not 29.
    private static double shifted(double amount, int places) {
        return Double.isFinite(amount)
                ? BigDecimal.valueOf(amount).scaleByPowerOfTen(places).doubleValue()
                : amount;
    }

    private static int digits(String currency) {
        return Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    }
}
