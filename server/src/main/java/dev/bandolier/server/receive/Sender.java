package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.platform.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A source made ready: its options understood, its secrets opened.
///
/// @param source   as it is stored
/// @param platform how its deliveries are verified and read
/// @param opened   its secrets, the oldest first
record Sender(Source source, Platform platform, List<Opened> opened) {

    /// A secret in the clear, which shows itself only to who asks for its text.
    ///
    /// @param text      as its platform writes it
    /// @param expiresAt from when on it is no longer valid; absent: not foreseen
    record Opened(String text, Optional<Instant> expiresAt) {

        @Override
        public String toString() {
            return "Opened[expiresAt=" + expiresAt + "]";
        }
    }

    /// A sender with these secrets, which are copied.
    Sender {
        opened = List.copyOf(opened);
    }

    /// The secrets that its deliveries may be signed with at this time.
    List<String> secrets(Instant now) {
        return opened.stream()
                .filter(each -> each.expiresAt().map(now::isBefore).orElse(true))
                .map(Opened::text)
                .toList();
    }
}
