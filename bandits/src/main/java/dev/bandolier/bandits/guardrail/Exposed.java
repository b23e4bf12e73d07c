package dev.bandolier.bandits.guardrail;

import java.time.Instant;
import java.util.Optional;

/// Units that were drawn alike and got the same arm.
///
/// @param segment  declared segment of the units, or the empty text
/// @param version  snapshot that they were drawn from
/// @param eligible arms that could be drawn, comma-separated, if not all of the snapshot's could
/// @param arm      key of the arm they got
/// @param holdout  whether they are held out
/// @param bucket   start of their exposure bucket
/// @param units    how many
public record Exposed(
        String segment,
        long version,
        Optional<String> eligible,
        String arm,
        boolean holdout,
        Instant bucket,
        long units) {}
