package dev.bandolier.server.ledger;

import java.time.Duration;

/// Durations as people write them.
final class Durations {

    private Durations() {}

    /// The ISO 8601 text: whole days as such, where the platform would say PT168H.
    static String text(Duration duration) {
        boolean whole = !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()));
        return whole ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
