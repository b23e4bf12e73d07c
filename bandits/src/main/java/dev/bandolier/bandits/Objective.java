package dev.bandolier.bandits;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an experiment earns: the metric that is counted, how, and for how long after the decision.
///
/// @param metric   name of the conversions that count
/// @param kind     how they count
/// @param window   time after a decision within which its conversions count; at least a minute
/// @param delay    median time from a decision to the arrival of its conversion, as far as the owner knows it: used
///                 until enough conversions have arrived to estimate it
/// @param currency ISO 4217 code that values must carry, if values are used at all; required for revenue
/// @param baseline what a unit is expected to earn, in conversions: it sets the prior, not a limit; below 1 unless
///                 conversions are counted
/// @param cap      the most that one decision may earn, in minor units: larger net values count as this much
///                 (winsorised, `methods.md` 1.2). The same for all arms, and fixed before anything is counted
/// @param crediting how conversions are credited to decisions, where there is a choice
public record Objective(
        String metric,
        Kind kind,
        Duration window,
        Optional<Duration> delay,
        Optional<String> currency,
        double baseline,
        Optional<Long> cap,
        Crediting crediting) {

    /// How conversions count.
    public enum Kind {
        /// A unit converts or does not.
        CONVERSION,
        /// The net value of what a unit orders.
        REVENUE,
        /// The number of conversions of a unit.
        COUNT
    }

    /// The baseline of an experiment that has no history (`methods.md` 1.1).
    public static final double DEFAULT_BASELINE = 0.02;

    /// The shortest window: below it conversions cannot be told from clock skew.
    public static final Duration WINDOW_MIN = Duration.ofMinutes(1);

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /// Refuses a malformed metric or currency, a window that is too short, and a delay, baseline or cap out of range.
    public Objective {
        Names.check("metric", metric);
        if (window.compareTo(WINDOW_MIN) < 0) {
            throw new IllegalArgumentException("window " + window + " is shorter than " + WINDOW_MIN);
        }
        delay.filter(median -> !median.isPositive()).ifPresent(median -> {
            throw new IllegalArgumentException("delay " + median + " is not positive");
        });
        currency.filter(code -> !CURRENCY.matcher(code).matches()).ifPresent(code -> {
            throw new IllegalArgumentException("currency '" + code + "' is not a code of three capital letters");
        });
        if (!(baseline > 0 && (baseline < 1 || (kind == Kind.COUNT && baseline < Double.POSITIVE_INFINITY)))) {
            throw new IllegalArgumentException("baseline " + baseline + " is not between 0 and 1");
        }
        cap.filter(most -> most <= 0).ifPresent(most -> {
            throw new IllegalArgumentException("cap " + most + " is not positive");
        });
        if (kind == Kind.REVENUE && currency.isEmpty()) {
            throw new IllegalArgumentException("revenue has no currency");
        }
    }

    /// An objective whose conversions are credited as they are unless the owner says otherwise.
    public Objective(
            String metric,
            Kind kind,
            Duration window,
            Optional<Duration> delay,
            Optional<String> currency,
            double baseline,
            Optional<Long> cap) {
        this(metric, kind, window, delay, currency, baseline, cap, Crediting.DEFAULT);
    }

    /// The objective of units that convert or do not, with nothing known before.
    public static Objective conversion(String metric, Duration window) {
        return new Objective(
                metric,
                Kind.CONVERSION,
                window,
                Optional.empty(),
                Optional.empty(),
                DEFAULT_BASELINE,
                Optional.empty());
    }

    /// This objective with another baseline.
    public Objective withBaseline(double other) {
        return new Objective(metric, kind, window, delay, currency, other, cap, crediting);
    }

    /// This objective with another cap.
    public Objective withCap(long most) {
        return new Objective(metric, kind, window, delay, currency, baseline, Optional.of(most), crediting);
    }

    /// This objective with conversions credited in another way.
    public Objective withCrediting(Crediting other) {
        return new Objective(metric, kind, window, delay, currency, baseline, cap, other);
    }
}
