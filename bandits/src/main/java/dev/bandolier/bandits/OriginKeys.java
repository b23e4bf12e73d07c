package dev.bandolier.bandits;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import javax.crypto.Mac;

/// The keyed hash from the name of an origin to its [OriginKey]: the first 16 bytes of HMAC-SHA-256 under a key that is
/// derived from the secret, so that an origin and a unit of the same name have nothing in common.
///
/// Confined to one thread at a time: it owns a `Mac`.
public final class OriginKeys {

    private static final byte[] PURPOSE = "bandolier origin 1".getBytes(StandardCharsets.US_ASCII);

    private final Mac mac;

    /// The hash under this secret.
    ///
    /// @param secret at least 16 bytes
    public OriginKeys(byte[] secret) {
        this.mac = UnitKeys.mac(UnitKeys.mac(secret).doFinal(PURPOSE));
    }

    /// The key of an origin.
    public OriginKey of(String origin) {
        ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(origin.getBytes(StandardCharsets.UTF_8)));
        return new OriginKey(new UUID(digest.getLong(), digest.getLong()));
    }
}
