package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Snapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Everything that happened to an experiment, in the order of time: the log of snapshots and the audit log as one.
///
/// Read from the newest on. Whatever is there when somebody begins to read is read once and only once, while more is
/// appended.
public final class TimelineLog {

    /// What happened; at one moment the later is the consequence of the earlier.
    public enum Kind {
        /// A person, or a program, changed something.
        ACTION,
        /// A guardrail came into force, or is no longer in force.
        VERDICT,
        /// A snapshot was published.
        SNAPSHOT
    }

    /// Where an event stands; no two are at the same place.
    ///
    /// @param at   when
    /// @param kind what
    /// @param id   version of the snapshot, or number of the entry
    public record Place(Instant at, Kind kind, long id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::at).thenComparing(Place::kind).thenComparing(Place::id);

        /// After everything.
        public static final Place END = new Place(Instant.parse("9999-01-01T00:00:00Z"), Kind.ACTION, 0);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }

        /// The number before which events of a kind at this time are before this place.
        private long bound(Kind other) {
            int order = other.compareTo(kind);
            return order < 0 ? Long.MAX_VALUE : order > 0 ? Long.MIN_VALUE : id;
        }
    }

    /// Something that happened.
    public sealed interface Event {
        /// Where it stands.
        Place place();
    }

    /// A snapshot was published.
    ///
    /// @param place    its time and version
    /// @param revision of the experiment that it was made for
    /// @param cause    why it was made
    /// @param segments whether there are segments, whose shares may change without what all units get
    /// @param before   the part of all units that each arm got by the version before; empty for the first
    /// @param after    the same by this one, in the order of the definition
    public record Published(
            Place place,
            long revision,
            Snapshot.Cause cause,
            boolean segments,
            Map<String, Double> before,
            Map<String, Double> after)
            implements Event {}

    /// An entry was written to the audit log.
    ///
    /// @param place its time and number
    /// @param entry what it says
    public record Noted(Place place, AuditLog.Entry entry) implements Event {}

    private static final String SNAPSHOTS = """
        select s.version, s.made_at, s.revision, s.body ->> 'cause' as cause, s.body ? 'segments' as segments,
               jsonb_path_query_array(s.body, '$.arms[*].arm') as arms, %s as shares, p.arms as arms_before,
               p.shares as shares_before
        from (
          select * from snapshots where experiment = $1 and (made_at, version) < ($2, $3)
          order by made_at desc, version desc limit $4
        ) as s
        left join lateral (
          select jsonb_path_query_array(body, '$.arms[*].arm') as arms, %s as shares
          from snapshots b where b.experiment = s.experiment and b.version = s.version - 1 offset 0
        ) as p on true
        order by s.made_at desc, s.version desc\
        """.formatted(shares("s"), shares("b"));

    /// What each arm got of all units, in the order of the definition.
    private static String shares(String snapshot) {
        return """
            (select jsonb_agg(%s order by place)
             from jsonb_array_elements(%s.body -> 'arms') with ordinality as each (arm, place))\
            """.formatted(SnapshotLog.PART, snapshot);
    }

    private static final String VERDICTS = """
        select * from audit where experiment = $1 and actor = 'guardrail' and (at, id) < ($2, $3)
        order by at desc, id desc limit $4\
        """;

    private static final String ACTIONS = """
        select * from audit where experiment = $1 and actor <> 'guardrail' and (at, id) < ($2, $3)
        order by at desc, id desc limit $4\
        """;

    private static final String ACTIONS_ON_ALL = """
        select * from audit where experiment is null and at >= $1 and (at, id) < ($2, $3)
        order by at desc, id desc limit $4\
        """;

    /// Events before a place, the latest first.
    ///
    /// @param kinds of these kinds only; what was done to all experiments since this one was created is among the actions
    /// @param limit the most
    public List<Event> before(SqlClient client, Experiment experiment, Set<Kind> kinds, Place before, int limit) {
        List<Event> found = new ArrayList<>();
        for (Kind kind : kinds) {
            Tuple asked = Tuple.of(experiment.id(), Rows.time(before.at()), before.bound(kind), limit);
            switch (kind) {
                case SNAPSHOT ->
                    client.preparedQuery(SNAPSHOTS).execute(asked).await().forEach(row -> found.add(published(row)));
                case VERDICT -> noted(client, VERDICTS, asked, kind, found);
                case ACTION -> {
                    noted(client, ACTIONS, asked, kind, found);
                    Tuple since = Tuple.of(
                            Rows.time(experiment.createdAt()), Rows.time(before.at()), before.bound(kind), limit);
                    noted(client, ACTIONS_ON_ALL, since, kind, found);
                }
            }
        }
        found.sort(Comparator.comparing(Event::place).reversed());
        return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
    }

    private static void noted(SqlClient client, String sql, Tuple asked, Kind kind, List<Event> found) {
        for (Row row : client.preparedQuery(sql).execute(asked).await()) {
            found.add(new Noted(new Place(Rows.time(row, "at"), kind, row.getLong("id")), AuditLog.entry(row)));
        }
    }

    private static Published published(Row row) {
        return new Published(
                new Place(Rows.time(row, "made_at"), Kind.SNAPSHOT, row.getLong("version")),
                row.getLong("revision"),
                Snapshot.Cause.valueOf(row.getString("cause").toUpperCase(Locale.ROOT)),
                row.getBoolean("segments"),
                shares(row, "arms_before", "shares_before"),
                shares(row, "arms", "shares"));
    }

    private static Map<String, Double> shares(Row row, String arms, String shares) {
        Map<String, Double> found = new LinkedHashMap<>();
        Optional<JsonArray> keys = Optional.ofNullable(row.get(JsonArray.class, arms));
        keys.ifPresent(each -> {
            JsonArray values = row.get(JsonArray.class, shares);
            for (int i = 0; i < each.size(); i++) {
                found.put(each.getString(i), values.getDouble(i));
            }
        });
        return found;
    }
}
