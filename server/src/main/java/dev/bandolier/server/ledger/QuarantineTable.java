package dev.bandolier.server.ledger;

import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.attribution.Conversion;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// The table of sources and origins whose conversions weigh nothing.
///
/// What was settled before one was put under quarantine, or released, is walked by who attributes, a chunk a turn, in the
/// order of names; what arrives meanwhile is settled as things stand.
public final class QuarantineTable {

    /// A quarantine.
    ///
    /// @param id      its number
    /// @param source  source of the conversions, or nothing
    /// @param origin  their origin, if not their source
    /// @param reason  why, in words
    /// @param since   when it was put
    /// @param settled whether every conversion that was there before has been taken back
    public record Quarantine(
            long id,
            Optional<String> source,
            Optional<OriginKey> origin,
            String reason,
            Instant since,
            boolean settled) {}

    /// What is under quarantine, as far as a batch of conversions is concerned.
    public record InForce(Set<String> sources, Set<OriginKey> origins) {

        /// Nothing.
        public static final InForce NOTHING = new InForce(Set.of(), Set.of());

        /// Whether a conversion weighs nothing.
        public boolean covers(Conversion conversion) {
            return sources.contains(conversion.source())
                    || conversion.origin().filter(origins::contains).isPresent();
        }
    }

    /// A step of the walk.
    ///
    /// @param moved       whether there was anything to walk
    /// @param conversions those to be settled again
    public record Step(boolean moved, List<Conversion> conversions) {}

    private static final String INSERT = """
        insert into quarantines (source, origin, reason, since) values ($1, $2, $3, $4) on conflict do nothing returning *\
        """;

    private static final String ALL = "select * from quarantines where released_at is null order by id desc limit $1";

    private static final String STANDING =
            "select id from quarantines where id = any($1::bigint[]) and released_at is null";

    private static final String WALKING = """
        select 1 from quarantines where not walked
        union all
        select 1 from replays where finished_at is null
        limit 1\
        """;

    private static final String RELEASED =
            "select 1 from quarantines where origin = $1 and released_at is not null limit 1";

    private static final String RELEASE = """
        update quarantines set released_at = $2, walked = false, at_source = '', at_event = ''
        where id = $1 and released_at is null
        returning *\
        """;

    private static final String IN_FORCE = """
        select source, origin from quarantines where released_at is null and source = any($1::text[])
        union all
        select source, origin from quarantines where released_at is null and origin = any($2::uuid[])\
        """;

    // Locked, so that a release, which begins the walk anew, is not overwritten by where this turn has come.
    private static final String NEXT = "select * from quarantines where not walked order by id limit 1 for update";

    private static final String OF_SOURCE = """
        select * from conversions where source = $1 and event_id > $2 order by source, event_id limit $3\
        """;

    private static final String OF_ORIGIN = """
        select * from conversions where origin = $1 and (source, event_id) > ($2, $3)
        order by origin, source, event_id limit $4\
        """;

    private static final String MOVE =
            "update quarantines set at_source = $2, at_event = $3, walked = $4 where id = $1";

    /// Puts a source or an origin, one of them, under quarantine; nothing if it is already.
    public Optional<Quarantine> insert(
            SqlClient client, Optional<String> source, Optional<OriginKey> origin, String reason, Instant now) {
        Tuple values = Tuple.of(source.orElse(null), origin.map(OriginKey::uuid).orElse(null), reason, Rows.time(now));
        for (Row row : client.preparedQuery(INSERT).execute(values).await()) {
            return Optional.of(quarantine(row));
        }
        return Optional.empty();
    }

    /// Those in force, the latest first.
    public List<Quarantine> all(SqlClient client, int rowsMax) {
        List<Quarantine> found = new ArrayList<>();
        for (Row row : client.preparedQuery(ALL).execute(Tuple.of(rowsMax)).await()) {
            found.add(quarantine(row));
        }
        return found;
    }

    /// Whether a person has ever ended a quarantine of this origin.
    public boolean released(SqlClient client, OriginKey origin) {
        return client.preparedQuery(RELEASED)
                        .execute(Tuple.of(origin.uuid()))
                        .await()
                        .size()
                > 0;
    }

    /// Those of these quarantines that nobody has ended yet.
    public Set<Long> standing(SqlClient client, Collection<Long> ids) {
        Set<Long> found = new HashSet<>();
        if (!ids.isEmpty()) {
            client.preparedQuery(STANDING)
                    .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
                    .await()
                    .forEach(row -> found.add(row.getLong("id")));
        }
        return found;
    }

    /// Whether conversions are being settled anew, because of a quarantine or by a replay.
    public boolean walking(SqlClient client) {
        return client.preparedQuery(WALKING).execute().await().size() > 0;
    }

    /// Ends a quarantine; nothing if there is none of this number in force.
    public Optional<Quarantine> release(SqlClient client, long id, Instant now) {
        Tuple values = Tuple.of(id, Rows.time(now));
        for (Row row : client.preparedQuery(RELEASE).execute(values).await()) {
            return Optional.of(quarantine(row));
        }
        return Optional.empty();
    }

    /// What is under quarantine of the sources and origins of these conversions.
    public InForce inForce(SqlClient client, List<Conversion> conversions) {
        Tuple columns =
                Tuple.of(conversions.stream().map(Conversion::source).distinct().toArray(String[]::new), (Object)
                        conversions.stream()
                                .flatMap(each -> each.origin().stream())
                                .distinct()
                                .map(OriginKey::uuid)
                                .toArray(UUID[]::new));
        Set<String> sources = new HashSet<>();
        Set<OriginKey> origins = new HashSet<>();
        for (Row row : client.preparedQuery(IN_FORCE).execute(columns).await()) {
            Optional.ofNullable(row.getString("source")).ifPresent(sources::add);
            Optional.ofNullable(row.getUUID("origin")).map(OriginKey::new).ifPresent(origins::add);
        }
        return new InForce(sources, origins);
    }

    /// Walks on, at most so many conversions: those that are settled, and are to be settled again because they were put
    /// under quarantine or released since.
    public Step walk(SqlClient client, int rowsMax) {
        for (Row quarantine : client.preparedQuery(NEXT).execute().await()) {
            List<Conversion> again = new ArrayList<>();
            String source = quarantine.getString("at_source");
            String event = quarantine.getString("at_event");
            RowSet<Row> chunk = chunk(client, quarantine, rowsMax);
            for (Row row : chunk) {
                source = row.getString("source");
                event = row.getString("event_id");
                if (ConversionLog.mayWeigh(row)) {
                    again.add(ConversionLog.conversion(row));
                }
            }
            client.preparedQuery(MOVE)
                    .execute(Tuple.of(quarantine.getLong("id"), source, event, chunk.size() < rowsMax))
                    .await();
            return new Step(true, again);
        }
        return new Step(false, List.of());
    }

    private static RowSet<Row> chunk(SqlClient client, Row quarantine, int rowsMax) {
        String event = Objects.requireNonNull(quarantine.getString("at_event"));
        return quarantine.getString("source") == null
                ? client.preparedQuery(OF_ORIGIN)
                        .execute(Tuple.of(
                                quarantine.getUUID("origin"), quarantine.getString("at_source"), event, rowsMax))
                        .await()
                : client.preparedQuery(OF_SOURCE)
                        .execute(Tuple.of(quarantine.getString("source"), event, rowsMax))
                        .await();
    }

    private static Quarantine quarantine(Row row) {
        return new Quarantine(
                row.getLong("id"),
                Optional.ofNullable(row.getString("source")),
                Optional.ofNullable(row.getUUID("origin")).map(OriginKey::new),
                row.getString("reason"),
                Rows.time(row, "since"),
                row.getBoolean("walked"));
    }
}
