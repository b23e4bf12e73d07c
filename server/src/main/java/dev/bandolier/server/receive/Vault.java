package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Where secrets of sources are sealed, and opened again: who reads the database alone learns none of them.
///
/// AES-256-GCM [1] under a key that HKDF-SHA-256 [2] derives from the server secret, with a label of its own. A fresh
/// random nonce of 96 bits stands before each ciphertext. Source and id of the secret are authenticated with it, so a
/// row that is moved to another source, or changed in any bit, cannot be opened.
///
/// [1] NIST SP 800-38D, 8.2.2: a random nonce serves for 2^32 secrets under one key; here there are hundreds.
/// [2] RFC 5869.
final class Vault {

    private static final byte[] LABEL = "bandolier secrets of sources 1".getBytes(StandardCharsets.US_ASCII);

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey key;

    /// The vault of this server.
    ///
    /// @param secret secret of the server
    Vault(byte[] secret) {
        try {
            this.key = KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            "AES", HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(LABEL, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 25 on has HKDF-SHA256", e);
        }
    }

    /// Nonce and ciphertext of a secret.
    ///
    /// @param nonces makes the nonce
    /// @param source number of the source that it belongs to
    /// @param id     its name
    /// @param text   the secret, as its platform writes it
    byte[] seal(SecureRandom nonces, long source, UUID id, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        nonces.nextBytes(nonce);
        try {
            byte[] hidden =
                    cipher(Cipher.ENCRYPT_MODE, nonce, source, id).doFinal(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE_BYTES + hidden.length)
                    .put(nonce)
                    .put(hidden)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /// The text of a secret.
    ///
    /// @throws IllegalStateException naming the source and the secret's id, if it was sealed under another server secret,
    ///                               or its row is not what was stored
    String open(Source source, SourceSecret secret) {
        byte[] sealed = secret.sealed();
        String which = "secret " + secret.id() + " of source '" + source.key() + "'";
        if (sealed.length < NONCE_BYTES) {
            throw new IllegalStateException(which + " cannot be opened: its row was changed");
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            return new String(
                    cipher(Cipher.DECRYPT_MODE, nonce, source.id(), secret.id())
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES),
                    StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    which + " cannot be opened: it was sealed under another server secret, or its row was changed;"
                            + " add another one and delete this one",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, long source, UUID id) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(source)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .flip());
        return cipher;
    }
}
