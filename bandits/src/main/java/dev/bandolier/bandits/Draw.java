package dev.bandolier.bandits;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/// The draw of an experiment: turns a unit into a fraction in [0, 1), the same on every node and for ever
/// (`methods.md` 3.4).
///
/// Fractions of different units, and of one unit under different salts, behave as independent and uniform. They have
/// 53 bits: the probability of an arm is met to 1e-16. The hash is XXH3-64 over the big-endian bytes of the key, so
/// that any implementation of it in any language can check a logged decision. Immutable; drawing allocates nothing.
public final class Draw {

    private final Hasher64 hash;

    /// The draw with this salt.
    public Draw(long salt) {
        hash = Hashing.xxh3_64(salt);
    }

    /// The fraction of a unit: that of the 16 bytes of its key.
    public double fraction(UnitKey unit) {
        return uniform(hash.hashLongLongToLong(Long.reverseBytes(unit.high()), Long.reverseBytes(unit.low())));
    }

    /// The fraction of one occasion of a unit, for experiments that draw for every request: that of the 16 bytes of
    /// the key and the 8 bytes of the occasion.
    public double fraction(UnitKey unit, long occasion) {
        return uniform(hash.hashLongLongLongToLong(
                Long.reverseBytes(unit.high()), Long.reverseBytes(unit.low()), Long.reverseBytes(occasion)));
    }

    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }
}
