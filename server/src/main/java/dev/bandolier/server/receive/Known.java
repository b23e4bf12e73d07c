package dev.bandolier.server.receive;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.attribution.Conversion;
import java.util.Optional;

/// A report that is sound in itself, as it would be logged.
///
/// @param conversion what is reported
/// @param named      decision that its token names
record Known(Conversion conversion, Optional<Decision> named) {}
