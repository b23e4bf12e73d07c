package dev.bandolier.server;

import java.util.List;
import java.util.SplittableRandom;

/// Spoils texts of JSON by chance: some are no JSON any more, some have other values in the right places, and a few are
/// not spoilt at all.
final class Spoiler {

    /// What stands where something else is expected.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "[]",
            "{}",
            "-1",
            "0",
            "1e400",
            "-0.0",
            "1e-400",
            "49.905",
            "99999999999999999999999999",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"2026-13-45T99:99:99Z\"",
            "\"+1000000000-01-01T00:00:00Z\"",
            "\"d1.\"",
            "\"NaN\"",
            "\"Infinity\"",
            "\"" + "x".repeat(300) + "\"",
            "\"eur\"",
            "\"XXX\"",
            "[[[[[[]]]]]]",
            "{\"a\":{\"a\":{}}}",
            "9223372036854775808",
            "\"💳\"",
            "\"../../etc\"",
            "\"'; drop table conversions; --\"");

    private static final String ODD = "{}[]\",:\\0x\u0000\u00e9\ud83d\n ";

    private Spoiler() {}

    /// The text after one to three mishaps.
    static String spoil(String text, SplittableRandom random) {
        String spoilt = text;
        for (int i = random.nextInt(3); i >= 0; i--) {
            spoilt = once(spoilt, random);
        }
        return spoilt;
    }

    private static String once(String text, SplittableRandom random) {
        if (text.isEmpty()) {
            return VALUES.get(random.nextInt(VALUES.size()));
        }
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + 1 + random.nextInt(8));
        return switch (random.nextInt(10)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 -> text.substring(0, at) + ODD.charAt(random.nextInt(ODD.length())) + text.substring(at);
            case 3 -> text.substring(0, to) + text.substring(at);
            case 4 -> "[" + text + "," + text + "]";
            case 5 -> text + " ".repeat(random.nextInt(3));
            case 6 -> VALUES.get(random.nextInt(VALUES.size()));
            default -> otherValue(text, random);
        };
    }

    /// Puts something else in the place of a value that follows a colon.
    private static String otherValue(String text, SplittableRandom random) {
        int[] colons = text.chars().filter(each -> each == ':').toArray();
        if (colons.length == 0) {
            return text;
        }
        int place = -1;
        for (int skip = random.nextInt(colons.length); skip >= 0; skip--) {
            place = text.indexOf(':', place + 1);
        }
        int end = place + 1;
        boolean quoted = false;
        while (end < text.length() && (quoted || ",}]".indexOf(text.charAt(end)) < 0)) {
            quoted ^= text.charAt(end) == '"';
            end++;
        }
        return text.substring(0, place + 1) + VALUES.get(random.nextInt(VALUES.size())) + text.substring(end);
    }
}
