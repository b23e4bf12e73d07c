package dev.bandolier.server.platform;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How the bytes of a code are written in a header.
enum HmacEncoding {
    /// Hexadecimal digits, all in lower case or all in upper case: senders do either, none mixes them.
    HEX("hex") {
        @Override
        List<String> ways(byte[] code) {
            return List.of(
                    HexFormat.of().formatHex(code),
                    HexFormat.of().withUpperCase().formatHex(code));
        }
    },
    /// Base64 with padding.
    BASE64("base64") {
        @Override
        List<String> ways(byte[] code) {
            return List.of(Base64.getEncoder().encodeToString(code));
        }
    };

    private final String text;

    HmacEncoding(String text) {
        this.text = text;
    }

    /// Its name in options.
    String text() {
        return text;
    }

    /// The encoding of this name.
    static Optional<HmacEncoding> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /// The texts that a sender may write for a code.
    abstract List<String> ways(byte[] code);
}
