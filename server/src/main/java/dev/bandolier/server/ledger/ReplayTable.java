package dev.bandolier.server.ledger;

import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The table of replays: conversions of a source that are attributed over again, after a mistake was mended.
///
/// Those that had arrived when one was asked for are walked by who attributes, a chunk a turn, in the order of names:
/// orders first, then what takes orders back, and at last what takes that back, so that each finds what it follows as it
/// is to be. One at a time per source.
public final class ReplayTable {

    /// A replay.
    ///
    /// @param id         its number
    /// @param source     whose conversions
    /// @param from       those that arrived from then on
    /// @param to         those that arrived before, and what takes back one of them whenever it arrived
    /// @param metrics    metrics that were reported under a wrong name, with the right one
    /// @param actor      who asked for it, as they said
    /// @param reason     why, in words
    /// @param startedAt  when it was asked for
    /// @param finishedAt when the last conversion was settled, if it is
    /// @param walked     conversions attributed over again so far
    /// @param changed    those of them of which something came out differently
    public record Replay(
            long id,
            String source,
            Instant from,
            Instant to,
            Map<String, String> metrics,
            String actor,
            String reason,
            Instant startedAt,
            Optional<Instant> finishedAt,
            long walked,
            long changed) {}

    /// A conversion to be attributed over again.
    ///
    /// @param conversion as it is counted from now on
    /// @param before     what had become of it
    /// @param countedAs  the metric that it is counted as from now on, if that is another than before
    public record Walked(Conversion conversion, Outcome before, Optional<String> countedAs) {

        /// Its name.
        public Name name() {
            return new Name(conversion.source(), conversion.id());
        }
    }

    /// A step of a walk, which is done once it was kept by [#move].
    ///
    /// @param replay    number of the replay
    /// @param pass      pass that comes next
    /// @param at        name after which that goes on
    /// @param settled   conversions to be attributed over again
    /// @param unsettled metrics of conversions that are to be counted as another one, and were not settled yet
    public record Step(long replay, int pass, String at, List<Walked> settled, Map<Name, String> unsettled) {}

    /// Orders, what takes orders back, and what takes that back.
    private static final int PASSES = 3;

    /// How many names are passed over in a step for each one that it may find.
    private static final int PASSED_OVER = 20;

    private static final String INSERT = """
        insert into replays (source, from_at, to_at, metrics, actor, reason, started_at)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning *\
        """;

    private static final String HEARD = "select 1 from conversions where source = $1 limit 1";

    private static final String ALL = "select * from replays order by id desc limit $1";

    private static final String FIND = "select * from replays where id = $1";

    private static final String NEXT = "select * from replays where finished_at is null order by id limit 1";

    // The name that a step ends with, or the last one there is: a bound that may be absent would be no bound of a scan.
    private static final String END = """
        select * from (
        (select event_id, false as last from conversions where source = $1 and event_id > $2
         order by source, event_id offset $3 limit 1)
        union all
        (select event_id, true from conversions where source = $1 order by source desc, event_id desc limit 1)
        ) as bounds order by last
        limit 1\
        """;

    private static final String ORDERS = """
        select * from conversions
        where source = $1 and event_id > $2 and event_id <= $3
          and received_at >= $4 and received_at < $5 and reverses is null
        order by source, event_id limit $6\
        """;

    // The inner selects cannot be merged into a join (offset 0), so each name is one descent of an index.
    private static final String REVERSALS = """
        select c.* from conversions c
        cross join lateral (
          select max(reverses) as reverses, max(received_at) as received_at from conversions o
          where o.source = c.source and o.event_id = c.reverses offset 0
        ) as o
        cross join lateral (
          select max(received_at) as received_at from conversions p
          where p.source = c.source and p.event_id = o.reverses offset 0
        ) as p
        where c.source = $1 and c.event_id > $2 and c.event_id <= $3
          and (c.received_at >= $4 and c.received_at < $5 or o.received_at >= $4 and o.received_at < $5
               or p.received_at >= $4 and p.received_at < $5)
          and c.reverses is not null and (o.reverses is not null) = ($7 = 2)
        order by c.source, c.event_id limit $6\
        """;

    private static final String MOVE = """
        update replays set pass = $2, at_event = $3, walked = walked + $4, changed = changed + $5, finished_at = $6
        where id = $1\
        """;

    /// Begins a replay of what has arrived from a source in [from, to); nothing if one of this source is not finished.
    public Optional<Replay> insert(
            SqlClient client,
            String source,
            Instant from,
            Instant to,
            Map<String, String> metrics,
            String actor,
            String reason,
            Instant now) {
        JsonObject names = new JsonObject();
        new TreeMap<>(metrics).forEach(names::put);
        Tuple values = Tuple.of(source, Rows.time(from), Rows.time(to), names, actor, reason)
                .addValue(Rows.time(now));
        return client.preparedQuery(INSERT).execute(values).await().stream()
                .map(ReplayTable::replay)
                .findFirst();
    }

    /// Whether anything was ever reported by a source.
    public boolean heardOf(SqlClient client, String source) {
        return client.preparedQuery(HEARD).execute(Tuple.of(source)).await().size() > 0;
    }

    /// The latest replays, the latest first.
    public List<Replay> all(SqlClient client, int rowsMax) {
        return client.preparedQuery(ALL).execute(Tuple.of(rowsMax)).await().stream()
                .map(ReplayTable::replay)
                .toList();
    }

    /// The replay of this number, if there is one.
    public Optional<Replay> find(SqlClient client, long id) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).await().stream()
                .map(ReplayTable::replay)
                .findFirst();
    }

    /// The next step of the oldest replay that is not finished, if there is one; the same until it is kept.
    ///
    /// @param rowsMax the most conversions
    public Optional<Step> next(SqlClient client, int rowsMax) {
        for (Row row : client.preparedQuery(NEXT).execute().await()) {
            return Optional.of(step(client, row, rowsMax));
        }
        return Optional.empty();
    }

    /// Keeps a step, in the transaction that has settled its conversions.
    ///
    /// @param changed of how many of them something came out differently
    public void move(SqlClient client, Step step, long changed, Instant now) {
        boolean finished = step.pass() == PASSES;
        client.preparedQuery(MOVE)
                .execute(Tuple.of(
                        step.replay(),
                        (short) (finished ? PASSES - 1 : step.pass()),
                        step.at(),
                        step.settled().size(),
                        changed,
                        finished ? Rows.time(now) : null))
                .await();
    }

    private static Step step(SqlClient client, Row row, int rowsMax) {
        Replay replay = replay(row);
        int pass = row.getShort("pass");
        String from = row.getString("at_event");
        Row bound = client.preparedQuery(END)
                .execute(Tuple.of(replay.source(), from, PASSED_OVER * rowsMax))
                .await()
                .iterator()
                .next();
        String end = bound.getString("event_id");
        Tuple chunk = Tuple.of(replay.source(), from, end, Rows.time(replay.from()), Rows.time(replay.to()), rowsMax);
        RowSet<Row> found = client.preparedQuery(pass == 0 ? ORDERS : REVERSALS)
                .execute(pass == 0 ? chunk : chunk.addValue(pass))
                .await();
        List<Walked> settled = new ArrayList<>();
        Map<Name, String> unsettled = new HashMap<>();
        boolean full = found.size() == rowsMax;
        String last = end;
        for (Row each : found) {
            last = full ? each.getString("event_id") : end;
            walk(replay, each, settled, unsettled);
        }
        return bound.getBoolean("last") && !full
                ? new Step(replay.id(), pass + 1, "", settled, unsettled)
                : new Step(replay.id(), pass, last, settled, unsettled);
    }

    private static void walk(Replay replay, Row row, List<Walked> settled, Map<Name, String> unsettled) {
        Conversion before = ConversionLog.conversion(row);
        boolean arrived = !before.receivedAt().isBefore(replay.from())
                && before.receivedAt().isBefore(replay.to());
        Optional<String> renamed = Optional.ofNullable(replay.metrics().get(row.getString("metric")))
                .filter(right -> arrived && !right.equals(before.metric()));
        String outcome = row.getString("outcome");
        if (outcome != null) {
            Conversion now = ConversionLog.conversion(row, renamed.orElse(before.metric()));
            settled.add(new Walked(now, Outcome.of(outcome), renamed));
        } else if (renamed.isPresent()) {
            unsettled.put(new Name(before.source(), before.id()), renamed.get());
        }
    }

    private static Replay replay(Row row) {
        Map<String, String> metrics = new TreeMap<>();
        row.get(JsonObject.class, "metrics").forEach(each -> metrics.put(each.getKey(), (String) each.getValue()));
        return new Replay(
                row.getLong("id"),
                row.getString("source"),
                Rows.time(row, "from_at"),
                Rows.time(row, "to_at"),
                metrics,
                row.getString("actor"),
                row.getString("reason"),
                Rows.time(row, "started_at"),
                Optional.ofNullable(row.getOffsetDateTime("finished_at")).map(OffsetDateTime::toInstant),
                row.getLong("walked"),
                row.getLong("changed"));
    }
}
