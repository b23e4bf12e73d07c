package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Objective;
import dev.bandolier.bandits.evaluation.Sums;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Units that were drawn alike and got the same arm, of whatever time: the counters as reports read them.
///
/// @param segment  declared segment of the units, or the empty text
/// @param version  snapshot that they were drawn from
/// @param eligible arms that could be drawn, comma-separated, if not all of the snapshot's could
/// @param arm      key of the arm they got
/// @param holdout  whether they are held out
/// @param mature   what those earned who had their whole window, in the unit of the objective: conversions, orders, or
///                 minor units of its currency
/// @param units    all of them, those included who have not
/// @param earned   what all of them earned by now, in the same unit, and of revenue without its cap: what is in the books
/// @param lately   those of them that were exposed lately
public record Group(
        String segment,
        long version,
        Optional<String> eligible,
        String arm,
        boolean holdout,
        Sums mature,
        long units,
        long earned,
        long lately) {

    /// A day on which units were drawn.
    ///
    /// @param date  in UTC
    /// @param first start of the first exposure bucket of the day in which one was
    /// @param last  start of the last one
    public record Day(LocalDate date, Instant first, Instant last) {}

    /// Which exposures are looked at.
    ///
    /// @param kind   what units earn
    /// @param mature the whole window of those in buckets that start before this has passed
    /// @param lately those in buckets that start at or after this were exposed lately
    public record Asked(Objective.Kind kind, Instant mature, Instant lately) {}

    private static final String GROUPS = """
        select segment, version, nullif(eligible, '') as eligible, arm, holdout,
               coalesce(sum(exposures) filter (where bucket < $2), 0)::bigint as mature_units,
               coalesce(sum(%1$s) filter (where bucket < $2), 0)::double precision as mature_sum,
               coalesce(sum(%2$s) filter (where bucket < $2), 0)::double precision as mature_sum_sq,
               sum(exposures)::bigint as units, sum(%3$s)::bigint as earned,
               coalesce(sum(exposures) filter (where bucket >= $3), 0)::bigint as lately
        from counters where experiment = $1
        group by segment, version, eligible, arm, holdout\
        """;

    private static final String OF_CONVERSIONS = GROUPS.formatted("conversions", "conversions", "conversions");
    private static final String OF_REVENUE = GROUPS.formatted("value", "value_sq", "raw");
    private static final String OF_COUNTS = GROUPS.formatted("orders", "orders_sq", "orders");

    private static final String DAYS = """
        select (bucket at time zone 'UTC')::date as day, min(bucket) as first, max(bucket) as last
        from counters where experiment = $1 and exposures > 0 and not holdout
        group by day order by day\
        """;

    /// The groups of an experiment.
    static List<Group> of(SqlClient client, long experiment, Asked asked) {
        String query = switch (asked.kind()) {
            case CONVERSION -> OF_CONVERSIONS;
            case REVENUE -> OF_REVENUE;
            case COUNT -> OF_COUNTS;
        };
        Tuple values = Tuple.of(experiment, Rows.time(asked.mature()), Rows.time(asked.lately()));
        List<Group> found = new ArrayList<>();
        for (Row row : client.preparedQuery(query).execute(values).await()) {
            found.add(new Group(
                    row.getString("segment"),
                    row.getLong("version"),
                    Optional.ofNullable(row.getString("eligible")),
                    row.getString("arm"),
                    row.getBoolean("holdout"),
                    new Sums(row.getLong("mature_units"), row.getDouble("mature_sum"), row.getDouble("mature_sum_sq")),
                    row.getLong("units"),
                    row.getLong("earned"),
                    row.getLong("lately")));
        }
        return found;
    }

    /// The days on which units of an experiment were drawn, the first one first; the holdout is left out.
    static List<Day> days(SqlClient client, long experiment) {
        List<Day> found = new ArrayList<>();
        for (Row row : client.preparedQuery(DAYS).execute(Tuple.of(experiment)).await()) {
            found.add(new Day(row.getLocalDate("day"), Rows.time(row, "first"), Rows.time(row, "last")));
        }
        return found;
    }
}
