package dev.bandolier.bandits.guardrail;

import java.time.Instant;
import java.util.Optional;

/// Units that were drawn alike and earned alike: what tests count.
///
/// @param metric   what was earned: the metric of the objective, or one that is guarded
/// @param segment  declared segment of the units, or the empty text
/// @param version  snapshot that they were drawn from
/// @param eligible arms that could be drawn, comma-separated, if not all of the snapshot's could
/// @param arm      key of the arm they got
/// @param holdout  whether they are held out
/// @param bucket   start of their exposure bucket
/// @param value    net value of each, winsorised, in minor units; 0 where none was reported
/// @param units    how many converted; negative where an outcome is taken back
public record Ballot(
        String metric,
        String segment,
        long version,
        Optional<String> eligible,
        String arm,
        boolean holdout,
        Instant bucket,
        long value,
        long units) {}
