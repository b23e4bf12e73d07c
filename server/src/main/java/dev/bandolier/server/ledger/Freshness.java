package dev.bandolier.server.ledger;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How far what is shown of an experiment follows what was reported, and what of that does not count.
///
/// @param through      every conversion acknowledged up to this time is counted, if it earned anything
/// @param behind       age of the oldest conversion that was acknowledged and is not counted; zero if all are
/// @param unattributed conversions of the metric of the objective that are not attributed yet; of the oldest 1,000 of all
///                     metrics
/// @param last         when the latest conversion arrived that was credited to the experiment, if there is one
/// @param sources      sources under quarantine
/// @param origins      origins under quarantine
/// @param quarantined  conversions of the metric that count for nothing because of these
public record Freshness(
        Instant through,
        Duration behind,
        long unattributed,
        Optional<Instant> last,
        long sources,
        long origins,
        long quarantined) {

    // In one statement, so that what is attributed meanwhile is neither twice in here nor missing: a conversion is
    // settled
    // in the transaction that appends its rewards.
    //
    // When an experiment was last heard of is found among the latest rewards of all, or else, where it is quiet, among
    // those of its own units that were exposed last.
    private static final String OF = """
        select c.through,
          (select received_at from conversions where outcome is null order by seq limit 1) as unsettled,
          (select received_at from rewards where id > c.rewards order by id limit 1) as uncounted,
          (select count(*)
           from (select metric, counted_as from conversions where outcome is null order by seq limit 1000) as o
           where coalesce(counted_as, metric) = $2) as unattributed,
          coalesce(
            (select max(received_at)
             from (select experiment, received_at, metric from rewards order by id desc limit 5000) as r
             where experiment = $1 and metric is null),
            (select max(received_at)
             from (select received_at from rewards
                   where experiment = $1 and metric is null order by bucket desc limit 1000) as r)
          ) as last,
          (select count(*) from quarantines where released_at is null and source is not null) as sources,
          (select count(*) from quarantines where released_at is null and origin is not null) as origins,
          (select coalesce(sum(conversions), 0)::bigint from settlements
           where outcome = 'quarantined' and metric = $2) as quarantined
        from cursors c where c.name = 'learn'\
        """;

    /// The freshness of an experiment.
    ///
    /// @param metric metric of its objective
    /// @param now    before anything is read
    static Freshness of(SqlClient client, long experiment, String metric, Instant now) {
        Row row = client.preparedQuery(OF)
                .execute(Tuple.of(experiment, metric))
                .await()
                .iterator()
                .next();
        Optional<Instant> unsettled = time(row, "unsettled");
        Optional<Instant> uncounted = time(row, "uncounted");
        Instant through = Rows.time(row, "through");
        Instant heard = unsettled.filter(now::isAfter).orElse(now);
        // The cursor of a learner that has nothing to do rests, though all there is has been counted.
        Instant counted = uncounted.isPresent() || through.isAfter(heard) ? through : heard;
        Instant oldest = uncounted.filter(heard::isAfter).orElse(heard);
        return new Freshness(
                counted,
                Duration.between(oldest, now),
                row.getLong("unattributed"),
                time(row, "last"),
                row.getLong("sources"),
                row.getLong("origins"),
                row.getLong("quarantined"));
    }

    private static Optional<Instant> time(Row row, String column) {
        return Optional.ofNullable(row.getOffsetDateTime(column)).map(each -> Rows.time(row, column));
    }
}
