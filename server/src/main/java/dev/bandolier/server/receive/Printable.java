package dev.bandolier.server.receive;

import java.util.regex.Pattern;

/// Texts of senders, made fit to be kept and shown.
final class Printable {

    private static final Pattern ODD = Pattern.compile("[^\\p{Graph}\\p{L}\\p{N} ]");

    private Printable() {}

    /// The text without what cannot be printed, and cut after so many characters.
    static String atMost(int characters, String text) {
        String printable = ODD.matcher(text).replaceAll(" ");
        return printable.length() <= characters ? printable : printable.substring(0, characters - 1) + "…";
    }
}
