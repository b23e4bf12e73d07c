package dev.bandolier.server.platform;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Public keys and signatures of ed25519 (RFC 8032).
final class Ed25519Key {

    private static final String ALGORITHM = "Ed25519";
    private static final int BYTES = 32;

    /// What stands before the 32 bytes of a key in the form of RFC 8410.
    private static final byte[] ENVELOPE = HexFormat.of().parseHex("302a300506032b6570032100");

    /// The order of the field: 2^255 - 19.
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    /// y of a point of order 8, the least of the two: a root of d y^4 + 2 y^2 - 1 modulo p.
    private static final BigInteger EIGHTH =
            new BigInteger("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", 16);

    /// y of the eight points whose order divides 8; other points of a key are of a large order.
    private static final Set<BigInteger> SMALL =
            Set.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE), EIGHTH, P.subtract(EIGHTH));

    private Ed25519Key() {}

    /// The key of these 32 bytes, which need not be a point of the curve: then nothing is signed by its owner.
    static Optional<PublicKey> of(byte[] bytes) {
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        byte[] encoded = ByteBuffer.allocate(ENVELOPE.length + BYTES)
                .put(ENVELOPE)
                .put(bytes)
                .array();
        try {
            return Optional.of(KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    /// Whether the key is a point of the curve, which costs as much as to begin a verification.
    static boolean isPoint(PublicKey key) {
        try {
            Signature.getInstance(ALGORITHM).initVerify(key);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// Whether the owner of the key signed these parts, one after the other.
    static boolean signed(PublicKey key, byte[] signature, byte[]... parts) {
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            for (byte[] part : parts) {
                verifier.update(part);
            }
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // No signature at all, of another length or with halves out of their ranges; or no key.
            return false;
        }
    }

    /// Whether signatures for this key can be written down without its private half: its point is of small order, and
    /// multiplied by what is signed it is the neutral point for one message in eight at least.
    static boolean isAnybodys(PublicKey key) {
        return key instanceof EdECPublicKey point
                && SMALL.contains(point.getPoint().getY().mod(P));
    }
}
