package dev.bandolier.server.platform;

import java.util.Arrays;
import java.util.Optional;

/// The first element of a JSON array, byte for byte as it was sent.
///
/// Only where it ends is found out, not whether it is sound: that is for a parser, later. Of a text that is no JSON it
/// may be anything, but of one that is, it is exact.
final class FirstElement {

    private final byte[] bytes;
    private final boolean alone;

    private FirstElement(byte[] bytes, boolean alone) {
        this.bytes = bytes;
        this.alone = alone;
    }

    /// The first element of an array; nothing of an empty one or of anything else.
    static Optional<FirstElement> of(byte[] json) {
        int open = afterSpace(json, 0);
        if (at(json, open) != '[') {
            return Optional.empty();
        }
        int from = afterSpace(json, open + 1);
        int to = end(json, from);
        if (to <= from) {
            return Optional.empty();
        }
        int close = afterSpace(json, to);
        boolean alone = at(json, close) == ']' && afterSpace(json, close + 1) == json.length;
        return Optional.of(new FirstElement(Arrays.copyOfRange(json, from, to), alone));
    }

    /// The bytes, without the space around them.
    byte[] bytes() {
        return bytes;
    }

    /// Whether nothing follows it but the end of the array.
    boolean alone() {
        return alone;
    }

    /// Where the value that begins here ends.
    private static int end(byte[] json, int from) {
        int depth = 0;
        boolean inText = false;
        for (int i = from; i < json.length; i++) {
            int each = json[i];
            if (inText) {
                // What is escaped ends no text.
                i += each == '\\' ? 1 : 0;
                inText = each != '"';
                continue;
            }
            if (depth == 0 && (each == ',' || each == ']' || isSpace(each))) {
                return i;
            }
            inText = each == '"';
            depth += each == '{' || each == '[' ? 1 : each == '}' || each == ']' ? -1 : 0;
        }
        return json.length;
    }

    private static int afterSpace(byte[] json, int from) {
        int i = from;
        while (isSpace(at(json, i))) {
            i++;
        }
        return i;
    }

    private static int at(byte[] json, int i) {
        return i < json.length ? json[i] : -1;
    }

    private static boolean isSpace(int each) {
        return each == ' ' || each == '\t' || each == '\n' || each == '\r';
    }
}
