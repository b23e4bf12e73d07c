package dev.bandolier.bandits;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;

/// The signed texts that name a decision: a conversion that brings one cannot lie about unit, arm, version or time.
///
/// Confined to one thread at a time: it owns a `Mac`.
public final class DecisionTokens {

    /*
     * "d1." and, in base64url without padding: experiment (8 bytes), unit (16), occasion (8), version (8),
     * milliseconds since 1970 (8), propensity (8), holdout (1), length of the arm (1), arm, length of the segment (1),
     * segment, and the first 16 bytes of HMAC-SHA-256 over all that. The key is derived from the secret, so that no
     * token can pass for a unit key.
     */

    /// The longest token that is looked at, in characters.
    public static final int LENGTH_MAX = 512;

    private static final String PREFIX = "d1.";
    private static final byte[] PURPOSE = "bandolier decision token 1".getBytes(StandardCharsets.US_ASCII);
    private static final int FIXED_BYTES = 8 + 16 + 8 + 8 + 8 + 8 + 1 + 1 + 1;
    private static final int MAC_BYTES = 16;

    private final Mac mac;

    /// The tokens signed under this secret.
    public DecisionTokens(byte[] secret) {
        this.mac = UnitKeys.mac(UnitKeys.mac(secret).doFinal(PURPOSE));
    }

    /// The token of a decision.
    public String mint(Decision decision) {
        byte[] arm = decision.arm().getBytes(StandardCharsets.UTF_8);
        byte[] segment = decision.segment().getBytes(StandardCharsets.UTF_8);
        int length = FIXED_BYTES + arm.length + segment.length;
        ByteBuffer out = ByteBuffer.allocate(length + MAC_BYTES);
        out.putLong(decision.experiment());
        out.putLong(decision.unit().high()).putLong(decision.unit().low());
        out.putLong(decision.occasion())
                .putLong(decision.version())
                .putLong(decision.at().toEpochMilli());
        out.putDouble(decision.propensity()).put((byte) (decision.holdout() ? 1 : 0));
        out.put((byte) arm.length).put(arm).put((byte) segment.length).put(segment);
        out.put(signature(out.array(), length));
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /// The decision that a token names, or nothing if the token was not minted here.
    public Optional<Decision> read(String token) {
        if (token.length() > LENGTH_MAX || !token.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
            int length = bytes.length - MAC_BYTES;
            if (length < FIXED_BYTES
                    || !MessageDigest.isEqual(
                            signature(bytes, length), Arrays.copyOfRange(bytes, length, bytes.length))) {
                return Optional.empty();
            }
            return Optional.of(decode(ByteBuffer.wrap(bytes, 0, length)));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            // Not base64, or not our layout: the text came from outside and is simply no token.
            return Optional.empty();
        }
    }

    private static Decision decode(ByteBuffer in) {
        long experiment = in.getLong();
        UnitKey unit = new UnitKey(in.getLong(), in.getLong());
        long occasion = in.getLong();
        long version = in.getLong();
        Instant at = Instant.ofEpochMilli(in.getLong());
        double propensity = in.getDouble();
        boolean holdout = in.get() == 1;
        String arm = text(in);
        String segment = text(in);
        return new Decision(experiment, unit, occasion, arm, propensity, version, segment, holdout, at);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Byte.toUnsignedInt(in.get())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] signature(byte[] bytes, int length) {
        mac.update(bytes, 0, length);
        return Arrays.copyOf(mac.doFinal(), MAC_BYTES);
    }
}
