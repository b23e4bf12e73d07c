package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Snapshot;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The log of snapshots: posteriors and allocation of each experiment, version by version.
///
/// The primary key (experiment, version) keeps a second appender out.
public final class SnapshotLog {

    /// Somebody else has appended this version: read again, then think again.
    public static final class Taken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Taken(Snapshot snapshot) {
            super(
                    "version " + snapshot.version() + " of experiment " + snapshot.experiment() + " is taken",
                    null,
                    false,
                    false);
        }
    }

    /// A thinned piece of history.
    ///
    /// @param snapshots oldest first
    /// @param total     how many there are in the time asked for
    public record History(List<Snapshot> snapshots, long total) {}

    /// Postgres' code of a primary key that is taken.
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String APPEND =
            "insert into snapshots (experiment, version, made_at, revision, body) values ($1, $2, $3, $4, $5)";

    private static final String NEWER = """
        select distinct on (s.experiment) s.*
        from unnest($1::bigint[], $2::bigint[]) as k (experiment, version)
        join snapshots s on s.experiment = k.experiment and s.version > k.version
        order by s.experiment, s.version desc\
        """;

    // Evenly thinned, and always with the last one: the end of the picture is what people look at.
    private static final String HISTORY = """
        select experiment, version, made_at, revision, total,
          case when body ? 'guard'
            then body - 'segments' || jsonb_build_object('guard', jsonb_build_object(
              'frozen', body #> '{guard,frozen}', 'verdicts', body #> '{guard,verdicts}'))
            else body - 'segments' end as body
        from (
          select s.*, row_number() over (order by version) as n, count(*) over () as total
          from snapshots s where experiment = $1 and made_at >= $2 and made_at <= $3
        ) as numbered
        where (n - 1) % greatest(1, (total + $4 - 1) / $4) = 0 or n = total
        order by version\
        """;

    private static final String VERSIONS =
            "select * from snapshots where experiment = $1 and version = any($2::bigint[])";

    /// Appends a snapshot, in the transaction that holds what it was made from.
    ///
    /// @throws Taken if this version is there already
    public void append(SqlClient client, Snapshot snapshot) {
        try {
            client.preparedQuery(APPEND).execute(SnapshotJson.row(snapshot)).await();
        } catch (PgException e) {
            if (UNIQUE_VIOLATION.equals(e.getSqlState())) {
                throw new Taken(snapshot);
            }
            throw e;
        }
    }

    /// The latest snapshot of each experiment that has one newer than the version known; 0 if none is known.
    public List<Snapshot> newer(SqlClient client, Map<Long, Long> known) {
        Tuple columns = Tuple.of(
                known.keySet().toArray(Long[]::new), (Object) known.values().toArray(Long[]::new));
        List<Snapshot> found = new ArrayList<>();
        for (Row row : client.preparedQuery(NEWER).execute(columns).await()) {
            found.add(SnapshotJson.read(row));
        }
        return found;
    }

    /// These versions of one experiment, as far as there are such.
    public List<Snapshot> versions(SqlClient client, long experiment, Collection<Long> versions) {
        List<Snapshot> found = new ArrayList<>();
        for (Row row : client.preparedQuery(VERSIONS)
                .execute(Tuple.of(experiment, (Object) versions.toArray(Long[]::new)))
                .await()) {
            found.add(SnapshotJson.read(row));
        }
        return found;
    }

    /// Snapshots of one experiment made in this time, thinned evenly to about so many points, without their segments, and
    /// of what guardrails say with the verdicts alone: with twenty segments a history is twenty times as much to read.
    public History history(SqlClient client, long experiment, Instant from, Instant to, int points) {
        RowSet<Row> rows = client.preparedQuery(HISTORY)
                .execute(Tuple.of(experiment, Rows.time(from), Rows.time(to), (long) points))
                .await();
        List<Snapshot> found = new ArrayList<>();
        long total = 0;
        for (Row row : rows) {
            found.add(SnapshotJson.read(row));
            total = row.getLong("total");
        }
        return new History(found, total);
    }
}
