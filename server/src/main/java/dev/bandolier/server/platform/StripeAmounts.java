package dev.bandolier.server.platform;

import java.util.Map;

/// Amounts as Stripe writes them: whole numbers of the smallest unit, with as many digits as ISO 4217 says, but for three
/// currencies.
final class StripeAmounts {

    /// Where Stripe's API departs from ISO 4217: it has no minor unit of the ariary, and keeps two decimals, always zero, of
    /// the króna and the Ugandan shilling.
    private static final Map<String, Integer> DIGITS = Map.of("MGA", 0, "ISK", 2, "UGX", 2);

    private StripeAmounts() {}

    /// The amount as a decimal.
    static String decimal(Found minor, Found currency) {
        String code = Report.code(currency);
        if (DIGITS.containsKey(code)) {
            return Amounts.ofMinor(minor.whole(), DIGITS.get(code));
        }
        return Amounts.ofMinor(minor.whole(), minor, currency);
    }
}
