package dev.bandolier.server.report;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.server.ledger.CounterTable;
import dev.bandolier.server.ledger.Group;
import dev.bandolier.server.ledger.PackedTerms;
import dev.bandolier.server.ledger.SnapshotLog;
import dev.bandolier.server.ledger.Terms;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the facts of reports; what was read of snapshots, which never change, is kept, also that there is no such version.
///
/// An experiment of a month may have 10,000 versions. A report on it then costs the sums over its counters and the
/// versions that are new since the last one.
final class Reader {

    /// What counts as lately.
    static final Duration LATELY = Duration.ofDays(1);

    /// Bytes kept of all versions of all experiments: 10,000 versions of 5 arms in 10 segments take 10 MB, or 2 MB
    /// without segments.
    private static final long BYTES_MAX = 1 << 26;

    /// Bytes of a version that is not on record.
    private static final int MISSING_BYTES = 100;

    /// Snapshots that one statement reads.
    private static final int READ_MAX = 500;

    private record Key(long experiment, long version) {}

    private final CounterTable counters;
    private final SnapshotLog snapshots;
    private final Cache<Key, Optional<PackedTerms>> known = Caffeine.newBuilder()
            .maximumWeight(BYTES_MAX)
            .weigher((Key key, Optional<PackedTerms> terms) ->
                    terms.map(PackedTerms::bytes).orElse(MISSING_BYTES))
            .build();

    Reader(CounterTable counters, SnapshotLog snapshots) {
        this.counters = counters;
        this.snapshots = snapshots;
    }

    /// The facts of an experiment.
    ///
    /// @param mature as in [Facts]
    /// @param now    end of what is lately
    Facts read(SqlClient client, Experiment experiment, Instant mature, Instant now) {
        Group.Asked asked = new Group.Asked(experiment.definition().objective().kind(), mature, now.minus(LATELY));
        List<Group> groups = counters.groups(client, experiment.id(), asked);
        List<Long> versions = groups.stream()
                .filter(group -> group.mature().units() > 0)
                .map(Group::version)
                .distinct()
                .toList();
        return new Facts(mature, groups, terms(client, experiment, versions), counters.days(client, experiment.id()));
    }

    private Map<Long, Terms> terms(SqlClient client, Experiment experiment, List<Long> versions) {
        Map<Long, Terms> terms = new HashMap<>();
        List<Long> missing = new ArrayList<>();
        for (long version : versions) {
            Optional<PackedTerms> kept = known.getIfPresent(new Key(experiment.id(), version));
            if (kept == null) {
                missing.add(version);
            } else {
                kept.ifPresent(packed -> terms.put(version, packed.terms()));
            }
        }
        double holdout = experiment.definition().holdout();
        for (int from = 0; from < missing.size(); from += READ_MAX) {
            List<Long> some = missing.subList(from, Math.min(from + READ_MAX, missing.size()));
            Map<Long, Terms> read = snapshots.terms(client, experiment.id(), some, holdout);
            terms.putAll(read);
            some.forEach(version -> known.put(
                    new Key(experiment.id(), version),
                    Optional.ofNullable(read.get(version)).map(PackedTerms::of)));
        }
        return terms;
    }
}
