package dev.bandolier.bandits;

import java.util.UUID;

/// The keyed hash that stands for a unit everywhere behind the front door: 128 bits.
///
/// @param high first eight bytes, big-endian
/// @param low  last eight bytes, big-endian
public record UnitKey(long high, long low) {

    /// The key as the type in which it is stored.
    public UUID uuid() {
        return new UUID(high, low);
    }

    /// The key from the type in which it is stored.
    public static UnitKey of(UUID uuid) {
        return new UnitKey(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
