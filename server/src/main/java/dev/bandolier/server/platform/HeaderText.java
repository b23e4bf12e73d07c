package dev.bandolier.server.platform;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The text of a header that carries an attribute of a CloudEvent (HTTP protocol binding 1.0.2, section 3.1.3.2): quotes
/// are taken off, then percent-encoded UTF-8 is decoded, once.
final class HeaderText {

    private HeaderText() {}

    /// The attribute in a header.
    ///
    /// @throws UnsoundEvent naming the header, if it is not encoded so
    static String decoded(String header, String value) {
        String text = unquoted(value);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            if (character == '%') {
                bytes.write(octet(header, text, i));
                i += 3;
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong(header);
        }
    }

    private static int octet(String header, String text, int at) {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
            throw wrong(header);
        }
        return 16 * high + low;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < value.length() - 1; i++) {
            // The character after a backslash stands for itself.
            boolean escaped = value.charAt(i) == '\\' && i + 1 < value.length() - 1;
            i += escaped ? 1 : 0;
            text.append(value.charAt(i));
        }
        return text.toString();
    }

    private static UnsoundEvent wrong(String header) {
        return new UnsoundEvent(header, "is not percent-encoded UTF-8, as the CloudEvents binding to HTTP says");
    }
}
