package dev.bandolier.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keyed hashes that platforms sign with (RFC 2104).
enum HmacAlgorithm {
    /// 20 bytes; what Segment has signed with since its beginnings.
    SHA1("hmac-sha1", "HmacSHA1"),
    /// 32 bytes.
    SHA256("hmac-sha256", "HmacSHA256"),
    /// 64 bytes.
    SHA512("hmac-sha512", "HmacSHA512");

    private final String text;
    private final String javaName;

    HmacAlgorithm(String text, String javaName) {
        this.text = text;
        this.javaName = javaName;
    }

    /// Its name in options.
    String text() {
        return text;
    }

    /// The algorithm of this name.
    static Optional<HmacAlgorithm> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /// The code of these parts, one after the other, with the text of a secret as the key; nothing for an empty secret,
    /// with which anybody could make one.
    Optional<byte[]> code(String secret, byte[]... parts) {
        return secret.isEmpty()
                ? Optional.empty()
                : Optional.of(code(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), javaName), parts));
    }

    /// The code of these parts, one after the other.
    byte[] code(Key key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(javaName);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + javaName, e);
        }
    }
}
