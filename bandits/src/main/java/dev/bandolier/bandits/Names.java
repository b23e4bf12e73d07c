package dev.bandolier.bandits;

import java.util.regex.Pattern;

/// The rule that every key of an experiment, arm, metric or source follows: 1 to 64 of `a-z A-Z 0-9 . _ -`, starting
/// with a letter or a digit.
public final class Names {

    /// The rule in words, for messages.
    public static final String RULE =
            "must be 1 to 64 characters of a-z, A-Z, 0-9, '.', '_' and '-', starting with a letter or digit";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Names() {}

    /// Whether the text follows the rule.
    public static boolean valid(String text) {
        return KEY.matcher(text).matches();
    }

    /// The text, if it follows the rule.
    ///
    /// @throws IllegalArgumentException naming what it is and the rule
    static String check(String what, String text) {
        if (!valid(text)) {
            throw new IllegalArgumentException(what + " '" + text + "' " + RULE);
        }
        return text;
    }
}
