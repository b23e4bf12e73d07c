package dev.bandolier.server.ledger;

import dev.bandolier.bandits.guardrail.Ballot;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The log of rewards as guardrails read it: units that were drawn alike and earned alike, instead of sums.
final class Ballots {

    // A reward keeps by how much it changed the net value of its unit, v, and the square of it, q. With the value
    // before
    // and after, v = after - before and q = after^2 - before^2, so q / v = after + before, and both follow. Who had not
    // converted was worth nothing before.
    private static final String BETWEEN = """
        with changed as (
          select experiment, metric, segment, version, eligible, arm, holdout, bucket, conversions, value,
                 case when value <> 0 then div(value_sq, value) end as both_values
          from rewards where id > $1 and id <= $2 and (conversions <> 0 or value <> 0)
        ), moves as (
          select experiment, metric, segment, version, eligible, arm, holdout, bucket, -1 as unit,
                 case when conversions < 0 then -value else (both_values - value) / 2 end::bigint as value
          from changed where conversions <= 0
          union all
          select experiment, metric, segment, version, eligible, arm, holdout, bucket, 1,
                 case when conversions > 0 then value else (both_values + value) / 2 end::bigint
          from changed where conversions >= 0
        ), sums as (
          select experiment, metric, segment, version, eligible, arm, holdout, bucket, value, sum(unit) as units
          from moves group by experiment, metric, segment, version, eligible, arm, holdout, bucket, value
          having sum(unit) <> 0
        ), objectives as materialized (
          select k.experiment, e.metric from (select distinct experiment from sums) as k
          cross join lateral (
            select definition #>> '{objective,metric}' as metric from experiments e where e.id = k.experiment offset 0
          ) as e
        )
        select s.experiment, coalesce(s.metric, o.metric) as metric, s.segment, s.version, s.eligible, s.arm, s.holdout,
               s.bucket, s.value, s.units
        from sums s join objectives o on o.experiment = s.experiment\
        """;

    private static final String CLOSED = """
        select coalesce(metric, (select definition #>> '{objective,metric}' from experiments where id = $1)) as metric,
               segment, version, eligible, arm, holdout, bucket, value, count(*) as units
        from (
          select metric, segment, version, eligible, arm, holdout, bucket, greatest(sum(value), 0)::bigint as value
          from rewards
          where experiment = $1 and bucket >= $2 and bucket < $3 and id <= $5
            and received_at < bucket + $4::bigint * interval '1 millisecond'
          group by unit, occasion, metric, segment, version, eligible, arm, holdout, bucket having sum(conversions) > 0
        ) as converted
        group by metric, segment, version, eligible, arm, holdout, bucket, value\
        """;

    private static final String ARRIVALS = """
        select experiment, floor(extract(epoch from received_at) * 1000 / $3::bigint)::bigint as slot,
               sum(conversions)::bigint as conversions
        from rewards where id > $1 and id <= $2 and metric is null and conversions > 0 and settling = 0
        group by experiment, slot\
        """;

    private static final String RESETTLED =
            "select distinct experiment from rewards where id > $1 and id <= $2 and settling > 0";

    private Ballots() {}

    /// What the rewards with ids in (from, upTo] change, per experiment.
    static Map<Long, List<Ballot>> between(SqlClient client, long from, long upTo) {
        Map<Long, List<Ballot>> found = new HashMap<>();
        for (Row row :
                client.preparedQuery(BETWEEN).execute(Tuple.of(from, upTo)).await()) {
            found.computeIfAbsent(row.getLong("experiment"), id -> new ArrayList<>())
                    .add(Rows.ballot(row));
        }
        return found;
    }

    /// What the decisions with buckets in [fromBucket, toBucket) came to in time.
    static List<Ballot> closed(
            SqlClient client, long experiment, Instant fromBucket, Instant toBucket, Duration heard, long upTo) {
        List<Ballot> found = new ArrayList<>();
        Tuple range = Tuple.of(experiment, Rows.time(fromBucket), Rows.time(toBucket), heard.toMillis(), upTo);
        for (Row row : client.preparedQuery(CLOSED).execute(range).await()) {
            found.add(Rows.ballot(row));
        }
        return found;
    }

    /// Experiments of which the rewards with ids in (from, upTo] settle anew what was settled before.
    static Set<Long> resettled(SqlClient client, long from, long upTo) {
        Set<Long> found = new HashSet<>();
        for (Row row :
                client.preparedQuery(RESETTLED).execute(Tuple.of(from, upTo)).await()) {
            found.add(row.getLong("experiment"));
        }
        return found;
    }

    /// How many units converted, by when this was heard, in the rewards with ids in (from, upTo], per experiment.
    static Map<Long, Map<Instant, Long>> arrivals(SqlClient client, long from, long upTo, Duration interval) {
        long millis = interval.toMillis();
        Map<Long, Map<Instant, Long>> found = new HashMap<>();
        for (Row row : client.preparedQuery(ARRIVALS)
                .execute(Tuple.of(from, upTo, millis))
                .await()) {
            found.computeIfAbsent(row.getLong("experiment"), id -> new HashMap<>())
                    .put(Instant.ofEpochMilli(row.getLong("slot") * millis), row.getLong("conversions"));
        }
        return found;
    }
}
