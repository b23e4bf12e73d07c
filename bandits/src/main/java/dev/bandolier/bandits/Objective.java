package dev.bandolier.bandits;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an experiment earns: the metric that is counted, how, and for how long after the decision.
///
/// @param metric   name of the conversions that count
/// @param kind     how they count
/// @param window   time after a decision within which its conversions count; positive
/// @param currency ISO 4217 code that values must carry, if values are used at all
/// @param baseline expected share of units that convert, between 0 and 1: it sets the prior, not a limit
public record Objective(String metric, Kind kind, Duration window, Optional<String> currency, double baseline) {

    /// How conversions count.
    public enum Kind {
        /// A unit converts or does not.
        CONVERSION
    }

    /// The baseline rate of an experiment that has no history (`methods.md` 1.1).
    public static final double DEFAULT_BASELINE = 0.02;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /// Refuses a malformed metric or currency, a window that is not positive and a baseline outside (0, 1).
    public Objective {
        Names.check("metric", metric);
        if (!window.isPositive()) {
            throw new IllegalArgumentException("window " + window + " is not positive");
        }
        currency.filter(code -> !CURRENCY.matcher(code).matches()).ifPresent(code -> {
            throw new IllegalArgumentException("currency '" + code + "' is not a code of three capital letters");
        });
        if (!(baseline > 0 && baseline < 1)) {
            throw new IllegalArgumentException("baseline " + baseline + " is not between 0 and 1");
        }
    }
}
