package dev.bandolier.server.wire;

import io.vertx.core.buffer.Buffer;

/// How deeply a JSON text is nested, found without parsing it: a parser may be brought down by depth alone.
final class Depth {

    private Depth() {}

    /// Whether any bracket of the text lies deeper than this. What is no JSON is measured too, and refused by its parser.
    ///
    /// @param lines whether each line is a text of its own, as in NDJSON
    static boolean exceeds(Buffer text, int levelsMax, boolean lines) {
        int depth = 0;
        boolean quoted = false;
        byte[] bytes = text.getBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte each = bytes[i];
            if (each == '\n' && lines) {
                depth = 0;
                quoted = false;
            } else if (quoted) {
                // The character after a backslash never ends the text that is quoted.
                i += each == '\\' ? 1 : 0;
                quoted = each != '"';
            } else if (each == '"') {
                quoted = true;
            } else if (each == '{' || each == '[') {
                depth++;
                if (depth > levelsMax) {
                    return true;
                }
            } else if (each == '}' || each == ']') {
                depth--;
            }
        }
        return false;
    }
}
