package dev.bandolier.server.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Sealed secrets: who has the row and the server's secret reads them, and nobody else does.
final class VaultTest {

    private static final byte[] SERVER = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final String TEXT = "a secret of thirty characters.";
    private static final UUID ID = UUID.fromString("8d0b2f5c-6a1e-4c3f-9a77-0c1d2e3f4a5b");
    private static final long SOURCE = 42;
    private static final SecureRandom NONCES = new SecureRandom();

    private final Vault vault = new Vault(SERVER);

    @Test
    void secret_sealed_opensAsItWas() {
        for (String text : List.of(TEXT, "", "x".repeat(10_000), "ünïcödé")) {
            assertThat(vault.open(source(SOURCE), secret(ID, vault.seal(NONCES, SOURCE, ID, text))))
                    .isEqualTo(text);
        }
    }

    @Test
    void sealed_isNonceAndCiphertextAndTag() {
        assertThat(vault.seal(NONCES, SOURCE, ID, TEXT)).hasSize(12 + TEXT.length() + 16);
    }

    /// The two steps of RFC 5869 by hand, then the cipher of the platform.
    @Test
    void sealed_readByTheBook_isTheSecret() throws GeneralSecurityException {
        byte[] sealed = vault.seal(NONCES, SOURCE, ID, TEXT);
        byte[] extracted = hmac(new byte[32], SERVER);
        byte[] key = hmac(extracted, "bandolier secrets of sources 1\u0001".getBytes(StandardCharsets.US_ASCII));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(128, Arrays.copyOf(sealed, 12)));
        cipher.updateAAD(
                HexFormat.of().parseHex("000000000000002a" + ID.toString().replace("-", "")));

        byte[] opened = cipher.doFinal(sealed, 12, sealed.length - 12);

        assertThat(new String(opened, StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void sealed_changedInAnyByteOrCut_doesNotOpen() {
        byte[] sealed = vault.seal(NONCES, SOURCE, ID, TEXT);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            refuses(vault, SOURCE, ID, changed);
            refuses(vault, SOURCE, ID, Arrays.copyOf(sealed, i));
        }
        refuses(vault, SOURCE, ID, Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void sealed_elsewhere_doesNotOpen() {
        byte[] sealed = vault.seal(NONCES, SOURCE, ID, TEXT);
        byte[] otherSecret = SERVER.clone();
        otherSecret[15] ^= 1;

        refuses(new Vault(otherSecret), SOURCE, ID, sealed);
        refuses(vault, SOURCE + 1, ID, sealed);
        refuses(vault, SOURCE, new UUID(ID.getMostSignificantBits(), ID.getLeastSignificantBits() + 1), sealed);
    }

    /// Of 1000 random nonces of 96 bits two are equal with probability 6e-24.
    @Test
    void nonce_ofEachSealing_isFresh() {
        Set<String> nonces = new HashSet<>();
        Set<String> sealed = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = vault.seal(NONCES, SOURCE, ID, TEXT);
            nonces.add(HexFormat.of().formatHex(bytes, 0, 12));
            sealed.add(HexFormat.of().formatHex(bytes, 12, bytes.length));
        }

        assertThat(nonces).hasSize(1_000);
        assertThat(sealed).hasSize(1_000);
    }

    @Test
    void secrets_asText_showNothing() {
        SourceSecret secret = secret(ID, vault.seal(NONCES, SOURCE, ID, TEXT));
        Sender.Opened opened = new Sender.Opened(TEXT, Optional.empty());
        Clear clear = Clear.given(TEXT);

        assertThat(secret.toString() + opened + clear + new Sources.Made<>(secret, clear) + source(SOURCE, secret))
                .doesNotContain(TEXT)
                .doesNotContain(Arrays.toString(secret.sealed()))
                .doesNotContain("ters");
        assertThat(secret).isEqualTo(secret(ID, secret.sealed())).hasSameHashCodeAs(secret(ID, secret.sealed()));
        assertThat(secret).isNotEqualTo(secret(ID, vault.seal(NONCES, SOURCE, ID, TEXT)));
    }

    @Test
    void sealedBytes_changedByWhoGaveOrGotThem_stayAsTheyWere() {
        byte[] given = vault.seal(NONCES, SOURCE, ID, TEXT);
        SourceSecret secret = secret(ID, given);
        given[20] ^= 1;
        secret.sealed()[20] ^= 1;

        assertThat(vault.open(source(SOURCE), secret)).isEqualTo(TEXT);
    }

    private static void refuses(Vault vault, long source, UUID id, byte[] sealed) {
        assertThatThrownBy(() -> vault.open(source(source), secret(id, sealed)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("source 'shop'")
                .hasMessageContaining(id.toString())
                .hasMessageContaining("cannot be opened")
                .hasMessageNotContaining("secret of thirty");
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    private static SourceSecret secret(UUID id, byte[] sealed) {
        return new SourceSecret(id, sealed, "ters", Instant.EPOCH, Optional.empty());
    }

    private static Source source(long id, SourceSecret... secrets) {
        return new Source(
                id, "shop", "json", true, new JsonObject(), List.of(secrets), 1, Instant.EPOCH, Instant.EPOCH);
    }
}
