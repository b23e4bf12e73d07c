package dev.bandolier.server.platform;

import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A secret of Standard Webhooks 1.0.0, read from its text.
sealed interface StandardSecret {

    /// What the text of a shared secret begins with; the rest is base64.
    String SYMMETRIC = "whsec_";

    /// What the text of a public key begins with; the rest is base64.
    String PUBLIC = "whpk_";

    /// What the text of a private key begins with, which only the sender must know.
    String PRIVATE = "whsk_";

    /// Least length of a shared secret in bytes.
    int BYTES_MIN = 24;

    /// Greatest length of a shared secret in bytes.
    int BYTES_MAX = 64;

    /// Why a text that begins like a public key is none.
    String NO_KEY = "must be " + PUBLIC + " and the base64 of an ed25519 public key of 32 bytes";

    /// Why any other text is no secret.
    String NO_SECRET = "must be " + SYMMETRIC + " and the base64 of " + BYTES_MIN + " to " + BYTES_MAX
            + " bytes, or a public key: " + PUBLIC;

    /// A secret of both sides: HMAC-SHA256, version `v1` of a signature.
    record Shared(SecretKey key) implements StandardSecret {}

    /// The public half of the sender's: ed25519, version `v1a` of a signature.
    record Public(PublicKey key) implements StandardSecret {}

    /// The secret in this text; nothing if it is none.
    static Optional<StandardSecret> of(String text) {
        if (text.startsWith(SYMMETRIC)) {
            return bytes(text.substring(SYMMETRIC.length()))
                    .filter(key -> key.length >= BYTES_MIN && key.length <= BYTES_MAX)
                    .map(key -> new Shared(new SecretKeySpec(key, "HmacSHA256")));
        }
        return text.startsWith(PUBLIC)
                ? bytes(text.substring(PUBLIC.length())).flatMap(Ed25519Key::of).map(Public::new)
                : Optional.empty();
    }

    /// Why there is no secret in this text, in words that do not repeat it; nothing if there is one.
    static Optional<String> wrong(String text) {
        if (text.startsWith(PRIVATE)) {
            return Optional.of("is a private key, which only the sender should know: give the public one, " + PUBLIC);
        }
        return switch (of(text).orElse(null)) {
            case null -> Optional.of(text.startsWith(PUBLIC) ? NO_KEY : NO_SECRET);
            case Shared shared -> Optional.empty();
            case Public(PublicKey key) when !Ed25519Key.isPoint(key) -> Optional.of(NO_KEY);
            case Public(PublicKey key)
            when Ed25519Key.isAnybodys(key) -> Optional.of("is a key for which anybody can sign: take another");
            case Public(PublicKey key) -> Optional.empty();
        };
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
