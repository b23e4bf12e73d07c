package dev.bandolier.loadtest.api;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// What the live feed tells.
public sealed interface LiveEvent {

    /// A snapshot of an experiment is served from now on.
    ///
    /// @param snapshot what was published
    record Published(SnapshotView snapshot) implements LiveEvent {}

    /// More has been counted since the snapshot that is served, too little to change the allocation.
    ///
    /// @param standing the snapshot that is served, with what is counted and believed by now
    record Stood(SnapshotView standing) implements LiveEvent {}

    /// Every conversion received up to a moment is accounted for in what is served now.
    ///
    /// @param through that moment, by the server's clock
    record Learned(Instant through) implements LiveEvent {}

    /// The event in a frame of the stream, if it is of a kind that matters to a visitor.
    static Optional<LiveEvent> of(String name, String data) {
        return switch (name) {
            case "snapshot" -> Optional.of(new Published(SnapshotView.of(new JsonObject(data))));
            case "standing" -> Optional.of(new Stood(SnapshotView.of(new JsonObject(data))));
            case "learned" -> Optional.of(new Learned(new JsonObject(data).getInstant("through")));
            default -> Optional.empty();
        };
    }
}
