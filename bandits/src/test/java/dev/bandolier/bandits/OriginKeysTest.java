package dev.bandolier.bandits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Who stands behind a conversion is known by a keyed hash of its own.
final class OriginKeysTest {

    private static final byte[] SECRET = "sixteen bytes!!!".getBytes(StandardCharsets.US_ASCII);
    private static final String TEXT = "203.0.113.0/24";

    @Test
    void key_isAnHmacUnderAKeyDerivedFromTheSecret() throws GeneralSecurityException {
        byte[] derived = hmac(SECRET, "bandolier origin 1");
        ByteBuffer digest = ByteBuffer.wrap(hmac(derived, TEXT));

        assertThat(new OriginKeys(SECRET).of(TEXT).uuid()).isEqualTo(new UUID(digest.getLong(), digest.getLong()));
    }

    @Test
    void key_ofAnOriginAndOfAUnitOfTheSameName_differ() {
        assertThat(new OriginKeys(SECRET).of(TEXT).uuid())
                .isNotEqualTo(new UnitKeys(SECRET).of(TEXT).uuid());
    }

    @Test
    void key_underAnotherSecret_isAnother() {
        byte[] other = "another secret!!".getBytes(StandardCharsets.US_ASCII);

        assertThat(new OriginKeys(SECRET).of(TEXT)).isNotEqualTo(new OriginKeys(other).of(TEXT));
        assertThat(new OriginKeys(SECRET).of(TEXT)).isNotEqualTo(new OriginKeys(SECRET).of("203.0.113.1/24"));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
