package dev.bandolier.bandits.attribution;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// What amounts of a foreign currency are worth in the currency of an objective.
///
/// @param currency ISO 4217 code of the foreign currency
/// @param rate     minor units of the objective's currency that one minor unit of the foreign one is worth; 0: nobody knows
public record Exchange(String currency, BigDecimal rate) {

    /// Refuses a rate that is not positive; rates that are equal are the same, however many zeros they end in.
    public Exchange {
        if (rate.signum() < 0) {
            throw new IllegalArgumentException("rate " + rate + " of '" + currency + "' is negative");
        }
        rate = rate.stripTrailingZeros();
    }

    /// The exchange at a rate as people write it, between amounts as people write them: what 1 dollar is worth in yen, and
    /// not what 1 cent is.
    ///
    /// @param currency ISO 4217 code of the foreign currency
    /// @param rate     what one unit of it is worth
    /// @param own      ISO 4217 code of the objective's currency
    public static Exchange of(String currency, BigDecimal rate, String own) {
        return new Exchange(currency, rate.scaleByPowerOfTen(digits(own) - digits(currency)));
    }

    /// The exchange of a currency that has no rate: amounts of it can be taken back, and are worth nothing.
    public static Exchange unknown(String currency) {
        return new Exchange(currency, BigDecimal.ZERO);
    }

    /// Whether there is a rate.
    public boolean known() {
        return rate.signum() > 0;
    }

    /// What a foreign amount is worth, both in minor units; half-even. The largest `long` stands for whatever is larger.
    public long worth(long foreign) {
        BigDecimal worth = BigDecimal.valueOf(foreign).multiply(rate).setScale(0, RoundingMode.HALF_EVEN);
        return worth.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    /// What an amount of the objective's currency is in the foreign one, both in minor units; half-even. The largest `long`
    /// stands for whatever is larger.
    ///
    /// @throws ArithmeticException if there is no rate
    public long foreign(long worth) {
        BigDecimal foreign = BigDecimal.valueOf(worth).divide(rate, 0, RoundingMode.HALF_EVEN);
        return foreign.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    private static int digits(String currency) {
        return Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
    }
}
