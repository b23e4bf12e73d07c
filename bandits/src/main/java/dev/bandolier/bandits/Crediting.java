package dev.bandolier.bandits;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How the conversions of an experiment are credited to its decisions, where there is a choice.
///
/// @param touch           which decision of a unit a conversion without a token belongs to, where every request draws
/// @param orders          which orders of one decision count
/// @param grace           how long after the end of its window an order may still arrive and count; what takes an order
///                        back may always
/// @param crossExperiment whether a conversion that brings the token of another experiment's decision counts here too,
///                        for the decision that its unit has here
/// @param rates           what one unit of a currency is worth in the currency of the objective, both as people write
///                        amounts; a value in a currency that is neither is refused
public record Crediting(
        Touching touch, Orders orders, Duration grace, boolean crossExperiment, Map<String, BigDecimal> rates) {

    /// Which decision earns what is reported of a unit that was decided for again and again.
    public enum Touching {
        /// The one whose token the conversion brings, and none without one.
        TOKEN,
        /// The first in whose window the conversion lies.
        FIRST,
        /// The last before the conversion, if it lies in its window.
        LAST
    }

    /// Which orders of one decision count.
    public enum Orders {
        /// Every one that stands.
        EVERY,
        /// Of those that stand the one that happened first.
        FIRST
    }

    /// The most foreign currencies that an experiment converts.
    public static final int RATES_MAX = 50;

    /// The longest grace.
    public static final Duration GRACE_MAX = Duration.ofDays(90);

    /// What holds unless the owner says otherwise: a week of grace is twice as long as senders repeat themselves.
    public static final Crediting DEFAULT =
            new Crediting(Touching.TOKEN, Orders.EVERY, Duration.ofDays(7), false, Map.of());

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /// Refuses a grace or a rate out of range, and what is no currency.
    public Crediting {
        if (grace.isNegative() || grace.compareTo(GRACE_MAX) > 0) {
            throw new IllegalArgumentException("grace " + grace + " is not in [0, " + GRACE_MAX + "]");
        }
        if (rates.size() > RATES_MAX) {
            throw new IllegalArgumentException(rates.size() + " rates; " + RATES_MAX + " are the most");
        }
        rates.forEach((currency, rate) -> {
            if (!CURRENCY.matcher(currency).matches() || rate.signum() <= 0) {
                throw new IllegalArgumentException(
                        "rate " + rate + " of '" + currency + "' is not positive, or of no currency");
            }
        });
        rates = Map.copyOf(new TreeMap<>(rates));
    }

    /// What one unit of a currency is worth, if that is known.
    public Optional<BigDecimal> rate(String currency) {
        return Optional.ofNullable(rates.get(currency));
    }
}
