package dev.bandolier.bandits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The keyed hash from a unit's name, as the shop knows it, to its [UnitKey]: the first 16 bytes of
/// HMAC-SHA-256(secret, name).
///
/// Confined to one thread at a time: it owns a `Mac`.
public final class UnitKeys {

    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;

    /// The hash under this secret.
    ///
    /// @param secret at least 16 bytes
    public UnitKeys(byte[] secret) {
        this.mac = mac(secret);
    }

    /// The key of a unit.
    public UnitKey of(String unit) {
        ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(unit.getBytes(StandardCharsets.UTF_8)));
        return new UnitKey(digest.getLong(), digest.getLong());
    }

    static Mac mac(byte[] secret) {
        if (secret.length < 16) {
            throw new IllegalArgumentException("a secret of " + secret.length + " bytes is too short; 16 is the least");
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("the secret is not usable as an HMAC key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
