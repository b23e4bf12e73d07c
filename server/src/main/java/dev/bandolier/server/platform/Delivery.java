package dev.bandolier.server.platform;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One request of a platform, as it came.
///
/// @param headers    values of the headers, names in lower case
/// @param body       the raw bytes, which signatures are made over
/// @param receivedAt when it arrived, by the clock of this server
public record Delivery(Map<String, String> headers, Buffer body, Instant receivedAt) {

    /// A header, its name in lower case.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
