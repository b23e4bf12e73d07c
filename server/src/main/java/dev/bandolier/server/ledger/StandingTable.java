package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Snapshot;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The table of standings: how each experiment stands by now under the snapshot that is served.
///
/// A new snapshot is made only when the allocation moves; what was counted and believed meanwhile is shown from here, one
/// row per experiment, overwritten. One writer at a time, as for snapshots. Nothing is decided from it.
public final class StandingTable {

    private static final String PUT = """
        insert into standings (experiment, version, made_at, revision, body) values ($1, $2, $3, $4, $5)
        on conflict (experiment) do update set
          version = excluded.version, made_at = excluded.made_at, revision = excluded.revision, body = excluded.body\
        """;

    private static final String NEWER = """
        select s.* from unnest($1::bigint[], $2::timestamptz[]) as k (experiment, made_at)
        join standings s on s.experiment = k.experiment and s.made_at > k.made_at\
        """;

    /// Replaces the standing of an experiment.
    public void put(SqlClient client, Snapshot standing) {
        client.preparedQuery(PUT).execute(SnapshotJson.row(standing)).await();
    }

    /// The standing of each experiment that has one later than the time known.
    public List<Snapshot> newer(SqlClient client, Map<Long, Instant> known) {
        Tuple columns = Tuple.of(known.keySet().toArray(Long[]::new), (Object)
                known.values().stream().map(Rows::time).toArray(OffsetDateTime[]::new));
        List<Snapshot> found = new ArrayList<>();
        for (Row row : client.preparedQuery(NEWER).execute(columns).await()) {
            found.add(SnapshotJson.read(row));
        }
        return found;
    }
}
