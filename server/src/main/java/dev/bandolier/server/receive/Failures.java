package dev.bandolier.server.receive;

import dev.bandolier.server.platform.Refusal;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Problems;
import io.vertx.core.http.HttpClosedException;
import java.util.Optional;

/// Requests that fail as a whole, for reasons that have nothing to do with what they report.
final class Failures {

    /// Storage is away, or there is too much to do: the sender is told to come again.
    static final String UNAVAILABLE = "unavailable";

    /// A fault of this server.
    static final String FAILED = "failed";

    private Failures() {}

    /// The reason under which a failure is counted; none if the sender hung up in the middle: it has delivered nothing,
    /// and is told nothing.
    static Optional<String> reason(Throwable failure) {
        return switch (failure) {
            case Problem problem -> Optional.of(problem.reason().orElseGet(() -> reason(problem.status())));
            case HttpClosedException gone -> Optional.empty();
            default -> Optional.of(Problems.isStorageAway(failure) ? UNAVAILABLE : FAILED);
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> Refusal.MALFORMED.code();
            case 413 -> Refusal.TOO_LARGE.code();
            case 415 -> Refusal.MEDIA_TYPE.code();
            default -> UNAVAILABLE;
        };
    }
}
