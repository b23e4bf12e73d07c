package dev.bandolier.server.ledger;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A secret of a source, as it is stored: sealed.
///
/// Its bytes are compared by content and shown nowhere.
///
/// @param id        its name
/// @param sealed    nonce and ciphertext
/// @param hint      its last characters, by which people tell secrets apart
/// @param addedAt   when it was added
/// @param expiresAt from when on it is no longer valid; absent: not foreseen
// An array, as ciphers and drivers have it: copied on its way in and out, and compared by content.
@SuppressWarnings("ArrayRecordComponent")
public record SourceSecret(UUID id, byte[] sealed, String hint, Instant addedAt, Optional<Instant> expiresAt) {

    /// A secret with these sealed bytes, which are copied.
    public SourceSecret {
        sealed = sealed.clone();
    }

    /// A copy of the sealed bytes.
    @Override
    public byte[] sealed() {
        return sealed.clone();
    }

    /// Whether deliveries may be signed with it at this time.
    public boolean validAt(Instant time) {
        return expiresAt.isEmpty() || time.isBefore(expiresAt.get());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SourceSecret that
                && id.equals(that.id)
                && Arrays.equals(sealed, that.sealed)
                && hint.equals(that.hint)
                && addedAt.equals(that.addedAt)
                && expiresAt.equals(that.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, addedAt, expiresAt);
    }

    @Override
    public String toString() {
        return "SourceSecret[id=" + id + ", addedAt=" + addedAt + ", expiresAt=" + expiresAt + "]";
    }
}
