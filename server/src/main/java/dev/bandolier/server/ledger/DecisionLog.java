package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.guardrail.Exposed;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The log of decisions: which unit was given which arm, and with what probability.
///
/// Many nodes append at once; the primary key (unit, experiment, occasion) makes one decision of two.
public final class DecisionLog {

    /// A decision that is asked to stand.
    ///
    /// @param decision what was drawn
    /// @param among    arms that could be drawn, comma-separated, if these were not all that its snapshot gives a share
    /// @param bucket   start of its exposure bucket
    public record Proposal(Decision decision, Optional<String> among, Instant bucket) {}

    /// The decision that stands after a proposal.
    ///
    /// @param decision the one proposed, or the one that stood before
    /// @param added    whether it is the one proposed
    public record Standing(Decision decision, boolean added) {}

    /// What the decisions between two cursors add to the counters.
    ///
    /// @param upTo    every decision of a transaction below this one is now counted
    /// @param changes per experiment
    /// @param rows    number of decisions read
    public record Fold(long upTo, Map<Long, Map<CounterTable.Line, Tally>> changes, long rows) {}

    // Sorted, so that two nodes that insert the same keys at once wait for each other in one direction only. Answers
    // with
    // keys alone: a join with the table would be planned while it is small and stay so planned when it is large.
    private static final String ADD = """
        insert into decisions
          (unit, experiment, occasion, arm, propensity, version, segment, holdout, eligible, decided_at, bucket)
        select unit, experiment, occasion, arm, propensity, version, segment, holdout, eligible, decided_at, bucket
        from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::double precision[], $6::bigint[],
                    $7::text[], $8::boolean[], $9::text[], $10::timestamptz[], $11::timestamptz[])
          as a (unit, experiment, occasion, arm, propensity, version, segment, holdout, eligible, decided_at, bucket)
        order by unit, experiment, occasion
        on conflict do nothing
        returning unit, experiment, occasion\
        """;

    // The inner select cannot be merged into a join (offset 0), so each key is one descent of the primary key.
    private static final String BY_KEY = """
        select d.* from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as k (unit, experiment, occasion)
        cross join lateral (
          select * from decisions d
          where d.unit = k.unit and d.experiment = k.experiment and d.occasion = k.occasion offset 0
        ) as d\
        """;

    // Draws per request have random occasions, any number of them: a unit's name alone does not find these.
    private static final String BY_UNIT =
            "select * from decisions where unit = any($1::uuid[]) and occasion < " + Decision.REQUESTS_FROM;

    // The horizon first: rows below it are all committed or gone, and it never cuts a transaction in two.
    private static final String HORIZON = """
        select least(
          pg_snapshot_xmin(pg_current_snapshot()),
          (select xid from decisions where xid >= $1::text::xid8 order by xid offset $2 limit 1)
        )::text as horizon\
        """;

    private static final String FOLD = """
        select experiment, segment, version, eligible, arm, holdout, bucket, count(*) as rows,
               count(*) filter (where occasion = 0 or occasion >= $3) as exposures
        from decisions where xid >= $1::text::xid8 and xid < $2::text::xid8
        group by experiment, segment, version, eligible, arm, holdout, bucket\
        """;

    private static final String EXPOSED = """
        select experiment, segment, version, eligible, arm, holdout, bucket, count(*) as units
        from decisions where xid >= $1::text::xid8 and xid < $2::text::xid8 and (occasion = 0 or occasion >= $3)
        group by experiment, segment, version, eligible, arm, holdout, bucket\
        """;

    private final Pool pool;

    /// The log in this database.
    public DecisionLog(Pool pool) {
        this.pool = pool;
    }

    /// The decisions that stand after these proposals, in their order; committed when the future completes.
    ///
    /// What was not inserted stood before, or was inserted by another node at this moment; the insert has waited for
    /// that node's commit, so a second statement sees it.
    ///
    /// @param proposals with distinct keys
    public Future<List<Standing>> settle(List<Proposal> proposals) {
        return pool.preparedQuery(ADD).execute(columns(proposals)).compose(rows -> {
            Set<Decision.Key> added = new HashSet<>();
            for (Row row : rows) {
                added.add(Rows.key(row));
            }
            List<Decision.Key> others = proposals.stream()
                    .map(proposal -> proposal.decision().key())
                    .filter(key -> !added.contains(key))
                    .toList();
            Future<Map<Decision.Key, Decision>> stood =
                    others.isEmpty() ? Future.succeededFuture(Map.of()) : byKeys(pool, others);
            return stood.map(found -> proposals.stream()
                    .map(proposal -> standing(proposal.decision(), added, found))
                    .toList());
        });
    }

    private static Standing standing(Decision proposed, Set<Decision.Key> added, Map<Decision.Key, Decision> stood) {
        if (added.contains(proposed.key())) {
            return new Standing(proposed, true);
        }
        Decision decision = stood.get(proposed.key());
        if (decision == null) {
            throw new IllegalStateException("a decision was neither inserted nor found");
        }
        return new Standing(decision, false);
    }

    /// What is on record of these keys, in their order: the statement of a lane.
    public Future<List<Optional<Decision>>> ofKeys(List<Decision.Key> keys) {
        return byKeys(pool, Set.copyOf(keys))
                .map(found -> keys.stream()
                        .map(key -> Optional.ofNullable(found.get(key)))
                        .toList());
    }

    /// The decisions with these keys.
    public Future<Map<Decision.Key, Decision>> byKeys(SqlClient client, Collection<Decision.Key> keys) {
        return client.preparedQuery(BY_KEY).execute(Rows.columns(keys)).map(rows -> {
            Map<Decision.Key, Decision> found = new HashMap<>();
            for (Row row : rows) {
                found.put(Rows.key(row), Rows.decision(row));
            }
            return found;
        });
    }

    /// Every decision that stands, or stood, for these units; and of draws per request those around these moments.
    public Future<Map<UnitKey, List<Decision>>> ofUnits(
            SqlClient client, Collection<UnitKey> units, Collection<Draws.Moment> moments) {
        Tuple columns = Tuple.of((Object) units.stream().map(UnitKey::uuid).toArray(UUID[]::new));
        return client.preparedQuery(BY_UNIT)
                .execute(columns)
                .compose(rows -> Draws.around(client, moments).map(draws -> {
                    Map<UnitKey, List<Decision>> found = new HashMap<>(draws);
                    for (Row row : rows) {
                        Decision decision = Rows.decision(row);
                        found.computeIfAbsent(decision.unit(), unit -> new ArrayList<>())
                                .add(decision);
                    }
                    return found;
                }));
    }

    /// The same for a list of units that may repeat, in its order, each with the draws that any of them asks for: the
    /// statement of a lane.
    public Future<List<List<Decision>>> ofUnits(List<Draws.Sought> sought) {
        Set<UnitKey> units = sought.stream().map(Draws.Sought::unit).collect(Collectors.toSet());
        Set<Draws.Moment> moments =
                sought.stream().flatMap(each -> each.moments().stream()).collect(Collectors.toSet());
        return ofUnits(pool, units, moments)
                .map(found -> sought.stream()
                        .map(each -> found.getOrDefault(each.unit(), List.of()))
                        .toList());
    }

    /// What the decisions since a cursor add to the counters, at most about `rowsMax` of them.
    ///
    /// @param from    every decision of a transaction below this one is counted already
    /// @param rowsMax more than one insert writes
    public Fold fold(SqlClient client, long from, int rowsMax) {
        Row first = client.preparedQuery(HORIZON)
                .execute(Tuple.of(Long.toString(from), rowsMax))
                .await()
                .iterator()
                .next();
        long upTo = Long.parseLong(first.getString("horizon"));
        RowSet<Row> rows = client.preparedQuery(FOLD)
                .execute(Tuple.of(Long.toString(from), Long.toString(upTo), Decision.REQUESTS_FROM))
                .await();
        Map<Long, Map<CounterTable.Line, Tally>> changes = new HashMap<>();
        long count = 0;
        for (Row row : rows) {
            count += row.getLong("rows");
            long exposures = row.getLong("exposures");
            if (exposures > 0) {
                changes.computeIfAbsent(row.getLong("experiment"), id -> new HashMap<>())
                        .put(Rows.line(row), Tally.exposed(exposures));
            }
        }
        return new Fold(Math.max(upTo, from), changes, count);
    }

    /// Which units the decisions between two cursors expose, per experiment, those drawn again left out: what [#fold]
    /// counts, by what they were drawn among.
    ///
    /// @param from first transaction, as it was given to `fold`
    /// @param upTo first transaction that is no longer among them, as `fold` answered
    public Map<Long, List<Exposed>> exposed(SqlClient client, long from, long upTo) {
        Tuple range = Tuple.of(Long.toString(from), Long.toString(upTo), Decision.REQUESTS_FROM);
        Map<Long, List<Exposed>> found = new HashMap<>();
        for (Row row : client.preparedQuery(EXPOSED).execute(range).await()) {
            found.computeIfAbsent(row.getLong("experiment"), id -> new ArrayList<>())
                    .add(Rows.exposed(row));
        }
        return found;
    }

    private static Tuple columns(List<Proposal> proposals) {
        int rows = proposals.size();
        UUID[] unit = new UUID[rows];
        Long[] experiment = new Long[rows];
        Long[] occasion = new Long[rows];
        String[] arm = new String[rows];
        Double[] propensity = new Double[rows];
        Long[] version = new Long[rows];
        String[] segment = new String[rows];
        Boolean[] holdout = new Boolean[rows];
        String[] eligible = new String[rows];
        OffsetDateTime[] decidedAt = new OffsetDateTime[rows];
        OffsetDateTime[] bucket = new OffsetDateTime[rows];
        for (int i = 0; i < rows; i++) {
            Proposal proposal = proposals.get(i);
            Decision decision = proposal.decision();
            unit[i] = decision.unit().uuid();
            experiment[i] = decision.experiment();
            occasion[i] = decision.occasion();
            arm[i] = decision.arm();
            propensity[i] = decision.propensity();
            version[i] = decision.version();
            segment[i] = decision.segment();
            holdout[i] = decision.holdout();
            eligible[i] = proposal.among().orElse(null);
            decidedAt[i] = Rows.time(decision.at());
            bucket[i] = Rows.time(proposal.bucket());
        }
        return Tuple.of(unit, experiment, occasion, arm, propensity, version)
                .addValue(segment)
                .addValue(holdout)
                .addValue(eligible)
                .addValue(decidedAt)
                .addValue(bucket);
    }
}
