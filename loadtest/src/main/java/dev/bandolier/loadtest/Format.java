package dev.bandolier.loadtest;

import java.util.Locale;

/// Numbers as people read them, the same in every locale. A number that is not known is a dash.
public final class Format {

    private static final double NANOS_PER_MILLI = 1e6;

    private Format() {}

    /// `12,345`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `12,345.6`.
    public static String tenths(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }

    /// A share in percent with this many digits after the point: `8.25 %`.
    public static String percent(double share, int digits) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%." + digits + "f %%", 100 * share) : "-";
    }

    /// Nanoseconds in milliseconds: `1.25 ms`.
    public static String millis(long nanos) {
        return String.format(Locale.ROOT, "%,.2f ms", nanos / NANOS_PER_MILLI);
    }

    /// One named row of a summary: the name, and what it came to.
    public static String row(String name, String text) {
        return String.format(Locale.ROOT, "%-20s %s", name, text);
    }

    /// Seconds as minutes and seconds: `1:05`.
    public static String clock(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
