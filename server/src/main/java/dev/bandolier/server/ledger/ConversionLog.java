package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Entitlement;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The log of conversions: what sources reported, once each, and what became of it.
///
/// Many nodes append at once; the primary key (source, event id) makes one conversion of ten.
public final class ConversionLog {

    /// What became of a conversion; where several experiments looked at it, the first of these that one of them found.
    public enum Outcome {
        /// It changed the rewards of at least one decision, or would have, had the decision been one to learn from.
        CREDITED("credited"),
        /// Its source or origin is under quarantine, so it weighs nothing for as long.
        QUARANTINED("quarantined"),
        /// Its origin had so many that day already that it weighs nothing.
        CAPPED("capped"),
        /// Its decision was credited with as many conversions as one decision may have.
        TOO_MANY("too-many"),
        /// It reverses a conversion that has not arrived yet.
        WAITING("waiting"),
        /// It reverses a conversion that earned nothing.
        NOTHING_TO_REVERSE("nothing-to-reverse"),
        /// Its value is in a currency that an experiment on revenue has no rate for.
        WRONG_CURRENCY("wrong-currency"),
        /// It has no value, so it tells an experiment on revenue nothing of what its unit was worth.
        NO_VALUE("no-value"),
        /// It arrived after the grace that follows the window of its decision.
        TOO_LATE("too-late"),
        /// It happened outside the window of every decision of its unit.
        OUTSIDE_WINDOW("outside-window"),
        /// Its unit was never decided for.
        NO_DECISION("no-decision"),
        /// No experiment has its metric.
        NO_EXPERIMENT("no-experiment");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /// What becomes of a conversion that earns nothing for this reason.
        public static Outcome of(Entitlement.Reason reason) {
            return OutcomeWords.of(reason);
        }

        /// What stands in the log, as in `no-decision`.
        public String text() {
            return text;
        }

        /// The outcome of this text.
        public static Outcome of(String text) {
            for (Outcome each : values()) {
                if (each.text.equals(text)) {
                    return each;
                }
            }
            throw new IllegalArgumentException("no outcome is called '" + text + "'");
        }

        /// What it is, in a few words for the owner.
        public String title() {
            return OutcomeWords.title(this);
        }

        /// What the owner can do about it, in a sentence or two.
        public String fix() {
            return OutcomeWords.fix(this);
        }
    }

    /// The name of a conversion.
    ///
    /// @param source who reported it
    /// @param id     its name there
    public record Name(String source, String id) {}

    /// What conversions were worth.
    ///
    /// @param count how many had a value
    /// @param high  the value that 99 % of them do not exceed, in minor units; 0 if there are none
    public record Values(long count, long high) {}

    private static final String APPEND = """
        insert into conversions
          (source, event_id, metric, unit, experiment, occasion, value, currency, happened_at, received_at, reverses,
           origin)
        select source, event_id, metric, unit, experiment, occasion, value, currency, happened_at, received_at, reverses,
               origin
        from unnest($1::text[], $2::text[], $3::text[], $4::uuid[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
                    $9::timestamptz[], $10::timestamptz[], $11::text[], $12::uuid[])
          as a (source, event_id, metric, unit, experiment, occasion, value, currency, happened_at, received_at,
                    reverses, origin)
        order by source, event_id\
        """;

    private static final String APPEND_NEW = APPEND + " on conflict do nothing returning source, event_id";

    /// Postgres: a key is there already.
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String UNSETTLED = "select * from conversions where outcome is null order by seq limit $1";

    private static final String OLDEST_UNSETTLED =
            "select received_at from conversions where outcome is null order by seq limit 1";

    // The inner select cannot be merged into a join (offset 0), so each name is one descent of an index.
    private static final String SETTLED = """
        select c.source, c.event_id, c.outcome from unnest($1::text[], $2::text[]) as k (source, event_id)
        cross join lateral (
          select source, event_id, outcome from conversions o
          where o.source = k.source and o.event_id = k.event_id and o.outcome <> 'waiting' offset 0
        ) as c\
        """;

    private static final String VALUES = """
        select count(*) as count, coalesce(percentile_disc(0.99) within group (order by value), 0) as high
        from conversions
        where received_at >= $3 and coalesce(counted_as, metric) = $1 and currency = $2 and value is not null and reverses is null\
        """;

    private final Pool pool;

    /// Whether the latest batch that was inserted tolerantly held a repetition.
    private volatile boolean repeats;

    /// The log in this database.
    public ConversionLog(Pool pool) {
        this.pool = pool;
    }

    /// Appends what is not there yet; committed when the future completes.
    ///
    /// An insert that tolerates repetitions writes and answers more for every row, and hardly any batch holds one. So a
    /// batch is first inserted as if it held none; if it does, the primary key refuses it as a whole, and it is inserted
    /// again, tolerantly. Repetitions come in swarms, so the batches after it are tolerant as well, until one holds none.
    ///
    /// @return for each conversion whether it is new
    public Future<List<Boolean>> append(List<Conversion> conversions) {
        Tuple columns = ConversionColumns.of(conversions);
        if (repeats) {
            return appendNew(conversions, columns);
        }
        return pool.preparedQuery(APPEND)
                .execute(columns)
                .map(all -> Collections.nCopies(conversions.size(), true))
                .recover(failure ->
                        failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState())
                                ? appendNew(conversions, columns)
                                : Future.failedFuture(failure));
    }

    private Future<List<Boolean>> appendNew(List<Conversion> conversions, Tuple columns) {
        return pool.preparedQuery(APPEND_NEW).execute(columns).map(rows -> {
            repeats = rows.size() < conversions.size();
            if (!repeats) {
                return Collections.nCopies(conversions.size(), true);
            }
            Set<Name> added = new HashSet<>();
            for (Row row : rows) {
                added.add(new Name(row.getString("source"), row.getString("event_id")));
            }
            List<Boolean> fresh = new ArrayList<>(conversions.size());
            for (Conversion conversion : conversions) {
                // Removing it makes a repeat within the batch a duplicate as well.
                fresh.add(added.remove(new Name(conversion.source(), conversion.id())));
            }
            return fresh;
        });
    }

    /// The oldest conversions that are not settled, oldest first.
    public List<Conversion> unsettled(SqlClient client, int rowsMax) {
        List<Conversion> found = new ArrayList<>();
        for (Row row :
                client.preparedQuery(UNSETTLED).execute(Tuple.of(rowsMax)).await()) {
            found.add(conversion(row));
        }
        return found;
    }

    /// When the oldest conversion that is not settled arrived, if there is one.
    public Optional<Instant> oldestUnsettled(SqlClient client) {
        for (Row row : client.preparedQuery(OLDEST_UNSETTLED).execute().await()) {
            return Optional.of(Rows.time(row, "received_at"));
        }
        return Optional.empty();
    }

    /// Marks what became of conversions.
    public void settle(SqlClient client, Map<Name, Outcome> outcomes) {
        SettlementTable.settle(client, outcomes, Map.of());
    }

    /// Marks what became of conversions, and what some of them are counted as from now on.
    public void settle(SqlClient client, Map<Name, Outcome> outcomes, Map<Name, String> countedAs) {
        SettlementTable.settle(client, outcomes, countedAs);
    }

    /// Gives conversions that are not settled yet the metric that they are to be counted as.
    public void rename(SqlClient client, Map<Name, String> countedAs) {
        SettlementTable.rename(client, countedAs);
    }

    /// Puts the reversals that waited for these conversions back among the unsettled.
    public void wake(SqlClient client, List<Name> credited) {
        SettlementTable.wake(client, credited);
    }

    /// Which of these conversions are there and settled.
    public Set<Name> settled(SqlClient client, List<Name> names) {
        Set<Name> found = new HashSet<>();
        for (Row row : client.preparedQuery(SETTLED)
                .execute(Tuple.of(sources(names), (Object) ids(names)))
                .await()) {
            found.add(new Name(row.getString("source"), row.getString("event_id")));
        }
        return found;
    }

    /// What conversions of this metric and currency that arrived since then were worth; what takes back another is not
    /// one of them.
    public Values values(SqlClient client, String metric, String currency, Instant since) {
        Row row = client.preparedQuery(VALUES)
                .execute(Tuple.of(metric, currency, Rows.time(since)))
                .await()
                .iterator()
                .next();
        return new Values(row.getLong("count"), row.getLong("high"));
    }

    private static String[] sources(List<Name> names) {
        return names.stream().map(Name::source).toArray(String[]::new);
    }

    private static String[] ids(List<Name> names) {
        return names.stream().map(Name::id).toArray(String[]::new);
    }

    /// Whether a row is settled, and what came of it depends on who stands behind it.
    static boolean mayWeigh(Row row) {
        String outcome = row.getString("outcome");
        return Outcome.CREDITED.text.equals(outcome)
                || Outcome.CAPPED.text.equals(outcome)
                || Outcome.QUARANTINED.text.equals(outcome);
    }

    static Conversion conversion(Row row) {
        String countedAs = row.getString("counted_as");
        return conversion(row, countedAs == null ? row.getString("metric") : countedAs);
    }

    /// The conversion of a row, counted as this metric.
    static Conversion conversion(Row row, String metric) {
        Optional<UnitKey> unit = Optional.ofNullable(row.getUUID("unit")).map(UnitKey::of);
        Optional<Decision.Key> decision = Optional.ofNullable(row.getLong("experiment"))
                .map(experiment -> new Decision.Key(experiment, unit.orElseThrow(), row.getLong("occasion")));
        return new Conversion(
                row.getString("source"),
                row.getString("event_id"),
                metric,
                unit,
                decision,
                Optional.ofNullable(row.getLong("value")),
                Optional.ofNullable(row.getString("currency")),
                Rows.time(row, "happened_at"),
                Rows.time(row, "received_at"),
                Optional.ofNullable(row.getString("reverses")),
                Optional.ofNullable(row.getUUID("origin")).map(OriginKey::new));
    }
}
