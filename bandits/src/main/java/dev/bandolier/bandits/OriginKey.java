package dev.bandolier.bandits;

import java.util.UUID;

/// The keyed hash that stands for who is behind a conversion (an address range, an account, an affiliate, a payment
/// fingerprint) everywhere behind the front door: 128 bits.
///
/// @param uuid the key as the type in which it is stored
public record OriginKey(UUID uuid) {}
