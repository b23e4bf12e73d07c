package dev.bandolier.server.learn;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Exposed;
import dev.bandolier.bandits.guardrail.Lots;
import dev.bandolier.server.ledger.SnapshotLog;
import io.vertx.sqlclient.SqlClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The lots that units drew under each snapshot of each experiment: those asked for lately in memory, all in the log.
///
/// Confined to the thread of the duty. Snapshots never change, so what is in memory stays right whatever is rolled back.
final class Lottery {

    /// Snapshots of one experiment in memory: a shop with some conversions a second makes about as many in an hour.
    static final int VERSIONS_MAX = 2_000;

    /// Snapshots that one statement reads.
    private static final int READ_MAX = 50;

    private final SnapshotLog snapshots;
    private final Map<Long, Map<Long, Lots>> known = new HashMap<>();

    Lottery(SnapshotLog snapshots) {
        this.snapshots = snapshots;
    }

    /// The lots that these units drew; of other versions, those that happen to be known.
    Lots.Book book(SqlClient client, Experiment experiment, Collection<Ballot> ballots, Collection<Exposed> exposed) {
        Set<Long> versions = new HashSet<>();
        ballots.forEach(each -> versions.add(each.version()));
        exposed.forEach(each -> versions.add(each.version()));
        Map<Long, Lots> kept = known.computeIfAbsent(experiment.id(), id -> new LinkedHashMap<>());
        Map<Long, Lots> asked = new HashMap<>();
        versions.forEach(version -> Optional.ofNullable(kept.get(version)).ifPresent(lots -> asked.put(version, lots)));
        versions.removeAll(asked.keySet());
        List<Long> missing = List.copyOf(versions);
        for (int from = 0; from < missing.size(); from += READ_MAX) {
            List<Long> some = missing.subList(from, Math.min(from + READ_MAX, missing.size()));
            for (Snapshot snapshot : snapshots.versions(client, experiment.id(), some)) {
                Lots lots = Lots.of(snapshot, experiment.definition().holdout());
                asked.put(snapshot.version(), lots);
                kept.put(snapshot.version(), lots);
            }
        }
        while (kept.size() > VERSIONS_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
        return version -> Optional.ofNullable(asked.get(version));
    }

    /// Forgets all but these experiments.
    void keep(Set<Long> experiments) {
        known.keySet().retainAll(experiments);
    }
}
