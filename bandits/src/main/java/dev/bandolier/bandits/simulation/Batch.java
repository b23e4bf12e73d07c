package dev.bandolier.bandits.simulation;

import dev.bandolier.bandits.guardrail.Ballot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The units that were exposed between two looks of a [Course], drawn from the same shares: how many of each arm will
/// convert, and what of that has been heard.
///
/// Confined to the run that made it.
final class Batch {

    /// When they were exposed, taken as one time.
    final Instant at;

    /// When the last of them was.
    final Instant end;

    /// The snapshot that they were drawn from.
    final long version;

    /// The bucket that they are counted in.
    final Instant bucket;

    /// Units of each arm that will convert and have not been heard of; the last entry is the holdout.
    final long[] open;

    /// What has been heard.
    final List<Ballot> heard = new ArrayList<>();

    /// Part of all conversions that has been heard of, in [0, 1].
    double known;

    Batch(Instant at, Instant end, long version, Instant bucket, int arms) {
        this.at = at;
        this.end = end;
        this.version = version;
        this.bucket = bucket;
        open = new long[arms + 1];
    }
}
