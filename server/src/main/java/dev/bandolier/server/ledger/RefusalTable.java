package dev.bandolier.server.ledger;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// The sample of the latest refusals of each source, for whoever has to mend what is refused.
///
/// Each reason is kept and shown by itself: anybody can have a source refuse what is not signed, at any pace, and what
/// its owner has to mend must stay in sight.
public final class RefusalTable {

    /// The refusals that are kept of each source for each reason.
    public static final int KEPT = 50;

    /// A refusal.
    ///
    /// @param source  whose address it was sent to
    /// @param at      when
    /// @param reason  why, in one of few words
    /// @param field   which field, and where in the payload; or empty
    /// @param detail  what was wrong, in words that give nothing of the payload away
    /// @param event   what the platform calls the event; or empty
    /// @param eventId its name at the platform; or empty
    public record Refused(
            String source, Instant at, String reason, String field, String detail, String event, String eventId) {}

    private static final String APPEND = """
        insert into refusals (source, at, reason, field, detail, event, event_id)
        select * from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])\
        """;

    private static final String FORGET = """
        delete from refusals r
        using unnest($1::text[], $2::text[]) as k (source, reason)
        cross join lateral (
          select id from refusals o where o.source = k.source and o.reason = k.reason order by id desc offset $3 limit 1
        ) as old
        where r.source = k.source and r.reason = k.reason and r.id <= old.id\
        """;

    private static final String LATEST = """
        with ranked as (
          select r.*, row_number() over (partition by reason order by id desc) as nth from refusals r where source = $1
        ), shown as (
          select * from ranked order by nth, id desc limit $2
        )
        select * from shown order by id desc\
        """;

    /// What is forgotten together.
    private record Kind(String source, String reason) {}

    /// Appends refusals and forgets those of the same sources and reasons that are older than the latest [#KEPT].
    public void append(SqlClient client, List<Refused> refused) {
        client.preparedQuery(APPEND)
                .execute(Tuple.of(texts(refused, Refused::source))
                        .addValue(refused.stream()
                                .map(each -> Rows.time(each.at()))
                                .toArray(OffsetDateTime[]::new))
                        .addValue(texts(refused, Refused::reason))
                        .addValue(texts(refused, Refused::field))
                        .addValue(texts(refused, Refused::detail))
                        .addValue(texts(refused, Refused::event))
                        .addValue(texts(refused, Refused::eventId)))
                .await();
        List<Kind> kinds = refused.stream()
                .map(each -> new Kind(each.source(), each.reason()))
                .distinct()
                .sorted(Comparator.comparing(Kind::source).thenComparing(Kind::reason))
                .toList();
        client.preparedQuery(FORGET)
                .execute(Tuple.of(texts(kinds, Kind::source), texts(kinds, Kind::reason), KEPT))
                .await();
    }

    /// The latest refusals of a source, the latest first. If there are more than asked for, every reason has its share.
    public List<Refused> latest(SqlClient client, String source, int limit) {
        List<Refused> found = new ArrayList<>();
        for (Row row :
                client.preparedQuery(LATEST).execute(Tuple.of(source, limit)).await()) {
            found.add(new Refused(
                    row.getString("source"),
                    Rows.time(row, "at"),
                    row.getString("reason"),
                    row.getString("field"),
                    row.getString("detail"),
                    row.getString("event"),
                    row.getString("event_id")));
        }
        return found;
    }

    private static <T> Object texts(List<T> rows, Function<T, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
