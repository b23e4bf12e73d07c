package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Snapshot;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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
    public record History(List<Past> snapshots, long total) {}

    /// A snapshot of a history.
    ///
    /// @param snapshot without its segments
    /// @param served   the part of all units that each arm got under it, if there were segments
    public record Past(Snapshot snapshot, Map<String, Double> served) {}

    /// How an experiment divided its traffic from some time on.
    ///
    /// @param experiment number of the experiment
    /// @param at         when the snapshot was made
    /// @param shares     the part of all units that each arm got then
    public record Allocated(long experiment, Instant at, Map<String, Double> shares) {}

    /// Postgres' code of a primary key that is taken.
    private static final String UNIQUE_VIOLATION = "23505";

    /// The part of all units that an arm of a stored snapshot got; without segments that is its share, and snapshots of
    /// before it was stored have nothing else.
    static final String PART = "coalesce(arm -> 'served', arm -> 'share')";

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

    // By the primary key alone, with a few probes for each experiment: its versions ascend with time, so halving finds
    // the one that was in force at a time. The limits keep the planner from joining with the whole table.
    private static final String SPARKS = """
        with recursive bounds as (
          select k.experiment, oldest.version as lo, latest.version as hi
          from unnest($1::bigint[]) as k (experiment)
          cross join lateral (
            select version from snapshots s where s.experiment = k.experiment order by version limit 1) as oldest
          cross join lateral (
            select version from snapshots s where s.experiment = k.experiment order by version desc limit 1) as latest
        ), search as (
          select experiment, lo, hi, hi as last from bounds
          union all
          select s.experiment, case when probe.made_at <= $2 then m.mid else s.lo end,
            case when probe.made_at <= $2 then s.hi else m.mid - 1 end, s.last
          from search s
          cross join lateral (select (s.lo + s.hi + 1) / 2 as mid) as m
          cross join lateral (
            select made_at from snapshots p
            where p.experiment = s.experiment and p.version <= m.mid order by p.version desc limit 1) as probe
          where s.lo < s.hi
        ), wanted as (
          select s.experiment, s.lo + i * (s.last - s.lo) / greatest(1, least($3 - 1, s.last - s.lo)) as version
          from search s cross join lateral generate_series(0, least($3 - 1, s.last - s.lo)) as i
          where s.lo = s.hi
        )
        select w.experiment, found.made_at, found.shares
        from wanted w
        cross join lateral (
          select made_at, (
            select jsonb_object_agg(arm ->> 'arm', %s)
            from jsonb_array_elements(body -> 'arms') as arm
          ) as shares
          from snapshots p where p.experiment = w.experiment and p.version = w.version limit 1) as found
        order by w.experiment, w.version\
        """.formatted(PART);

    // Most of each body is what guardrails have seen of the arms.
    private static final String VERSIONS = """
        select experiment, version, made_at, revision, body #- '{guard,arms}' as body
        from snapshots where experiment = $1 and version = any($2::bigint[])\
        """;

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

    /// These versions of one experiment, as far as there are such, without the evidence of their guardrails.
    public List<Snapshot> versions(SqlClient client, long experiment, Collection<Long> versions) {
        List<Snapshot> found = new ArrayList<>();
        for (Row row : client.preparedQuery(VERSIONS)
                .execute(Tuple.of(experiment, (Object) versions.toArray(Long[]::new)))
                .await()) {
            found.add(SnapshotJson.read(row));
        }
        return found;
    }

    /// The terms of these versions of one experiment, as far as there are such.
    ///
    /// @param holdout the holdout of the definition, for snapshots that do not say what it was
    public Map<Long, Terms> terms(SqlClient client, long experiment, Collection<Long> versions, double holdout) {
        return Terms.of(client, experiment, versions, holdout);
    }

    /// Snapshots of one experiment made in this time, thinned evenly to about so many points, without their segments, and
    /// of what guardrails say with the verdicts alone: with twenty segments a history is twenty times as much to read.
    public History history(SqlClient client, long experiment, Instant from, Instant to, int points) {
        RowSet<Row> rows = client.preparedQuery(HISTORY)
                .execute(Tuple.of(experiment, Rows.time(from), Rows.time(to), (long) points))
                .await();
        List<Past> found = new ArrayList<>();
        long total = 0;
        for (Row row : rows) {
            found.add(new Past(SnapshotJson.read(row), SnapshotJson.served(row)));
            total = row.getLong("total");
        }
        return new History(found, total);
    }

    /// How each of these experiments divided its traffic since a time: what was in force then, what is in force now, and
    /// between these snapshots at even distances; by experiment, oldest first.
    ///
    /// @param points the most of each, at least 2
    public List<Allocated> sparks(SqlClient client, Collection<Long> experiments, Instant since, int points) {
        Tuple values = Tuple.of((Object) experiments.toArray(Long[]::new), Rows.time(since), (long) points);
        List<Allocated> found = new ArrayList<>();
        for (Row row : client.preparedQuery(SPARKS).execute(values).await()) {
            Map<String, Double> shares = new HashMap<>();
            row.get(JsonObject.class, "shares")
                    .forEach(arm -> shares.put(arm.getKey(), ((Number) arm.getValue()).doubleValue()));
            found.add(new Allocated(row.getLong("experiment"), Rows.time(row, "made_at"), shares));
        }
        return found;
    }
}
