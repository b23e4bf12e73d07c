package dev.bandolier.bandits;

import java.time.Instant;
import java.util.Optional;

/// One variant that can be served.
///
/// @param key     name of the arm within its experiment, see [Names]
/// @param control whether this is the arm that the others are compared with and that everybody falls back to
/// @param payload JSON text handed to the caller as it is; never read here
/// @param status  whether visitors may be sent to it
/// @param since   when it was added to an experiment that had been started; absent for the arms it was started with
/// @param watched when a person last resumed it: what tests saw of it before does not count against it; absent if nobody did
public record Arm(
        String key,
        boolean control,
        String payload,
        Status status,
        Optional<Instant> since,
        Optional<Instant> watched) {

    /// Whether visitors may be sent to an arm.
    public enum Status {
        /// Serves new and known visitors.
        LIVE,
        /// Serves nobody until it is resumed; what it earned stays with it.
        PAUSED
    }

    /// Refuses a malformed key and a missing payload.
    public Arm {
        Names.check("arm key", key);
        if (payload.isBlank()) {
            throw new IllegalArgumentException("payload of arm '" + key + "' is empty; the smallest payload is {}");
        }
    }

    /// An arm that its experiment is started with.
    public Arm(String key, boolean control, String payload, Status status) {
        this(key, control, payload, status, Optional.empty(), Optional.empty());
    }

    /// Whether visitors may be sent to this arm now.
    public boolean live() {
        return status == Status.LIVE;
    }

    /// This arm with another status.
    public Arm with(Status other) {
        return new Arm(key, control, payload, other, since, watched);
    }

    /// This arm as one that was added at this time, or was there from the start.
    public Arm since(Optional<Instant> time) {
        return new Arm(key, control, payload, status, time, watched);
    }

    /// This arm, live again because a person said so at this time.
    public Arm resumed(Instant time) {
        return new Arm(key, control, payload, Status.LIVE, since, Optional.of(time));
    }
}
