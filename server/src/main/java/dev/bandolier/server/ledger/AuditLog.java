package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Verdict;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The log of who changed what, and why: every change of an experiment, every verdict, every use of the kill switch.
///
/// Appended to in the transaction of what it tells of, so that neither is there without the other.
public final class AuditLog {

    /// The actor of what guardrails do.
    public static final String GUARDRAIL = "guardrail";

    /// What was done.
    ///
    /// @param at         when
    /// @param experiment number of the experiment; absent: all
    /// @param key        its key at that time
    /// @param actor      who did it
    /// @param action     what it was, in one word of the API
    /// @param note       the same in a sentence
    /// @param detail     before and after, or the evidence
    public record Entry(
            Instant at,
            Optional<Long> experiment,
            Optional<String> key,
            String actor,
            String action,
            String note,
            JsonObject detail) {

        /// Something done to one experiment.
        public static Entry of(
                Experiment experiment, String actor, String action, String note, JsonObject detail, Instant at) {
            return new Entry(
                    at, Optional.of(experiment.id()), Optional.of(experiment.key()), actor, action, note, detail);
        }

        /// Something done to all experiments.
        public static Entry ofAll(String actor, String action, String note, JsonObject detail, Instant at) {
            return new Entry(at, Optional.empty(), Optional.empty(), actor, action, note, detail);
        }

        /// A verdict that came into force.
        public static Entry began(Experiment experiment, Verdict verdict, Instant at) {
            JsonObject shown = VerdictJson.show(experiment.definition(), verdict);
            return of(experiment, GUARDRAIL, VerdictJson.kind(verdict), shown.getString("note"), shown, at);
        }

        /// A verdict that is no longer in force.
        public static Entry ended(Experiment experiment, Verdict verdict, Instant at) {
            JsonObject shown = VerdictJson.show(experiment.definition(), verdict);
            String note = "No longer in force since " + at + ": " + shown.getString("note");
            return of(experiment, GUARDRAIL, VerdictJson.kind(verdict) + "-ended", note, shown, at);
        }
    }

    /// An entry with the number by which it is found again.
    ///
    /// @param id    order of appending
    /// @param entry what was done
    public record Stored(long id, Entry entry) {}

    /// Which entries are asked for; what is absent does not matter.
    ///
    /// @param key    of the experiments that had this key
    /// @param actor  by this one
    /// @param action of this action
    /// @param text   with this somewhere in what people read, whatever the case
    public record Wanted(
            Optional<String> key, Optional<String> actor, Optional<String> action, Optional<String> text) {}

    private static final String APPEND = """
        insert into audit (at, experiment, key, actor, action, note, detail) values ($1, $2, $3, $4, $5, $6, $7)\
        """;

    private static final String LATEST = "select * from audit where id < $1";

    private static final String LATEST_FIRST = " order by id desc limit $2";

    private static final String READ =
            " and position(lower($#) in lower(concat_ws(' ', key, actor, action, note))) > 0";

    /// Appends an entry, in the transaction of what it tells of.
    public void append(SqlClient client, Entry entry) {
        client.preparedQuery(APPEND)
                .execute(Tuple.of(
                        Rows.time(entry.at()),
                        entry.experiment().orElse(null),
                        entry.key().orElse(null),
                        entry.actor(),
                        entry.action(),
                        entry.note(),
                        entry.detail()))
                .await();
    }

    /// Entries, the latest first.
    ///
    /// @param before only those before this one
    /// @param limit  the most
    public List<Stored> latest(SqlClient client, Wanted wanted, long before, int limit) {
        StringBuilder sql = new StringBuilder(LATEST);
        Tuple values = Tuple.of(before, limit);
        wanted.key().ifPresent(key -> narrow(sql, values, " and key = $#", key));
        wanted.actor().ifPresent(actor -> narrow(sql, values, " and actor = $#", actor));
        wanted.action().ifPresent(action -> narrow(sql, values, " and action = $#", action));
        wanted.text().ifPresent(text -> narrow(sql, values, READ, text));
        List<Stored> found = new ArrayList<>();
        for (Row row : client.preparedQuery(sql.append(LATEST_FIRST).toString())
                .execute(values)
                .await()) {
            found.add(new Stored(row.getLong("id"), entry(row)));
        }
        return found;
    }

    /// Adds a condition on the next value.
    private static void narrow(StringBuilder sql, Tuple values, String condition, String value) {
        values.addString(value);
        sql.append(condition.replace("#", Integer.toString(values.size())));
    }

    /// The entry of a stored row.
    static Entry entry(Row row) {
        return new Entry(
                Rows.time(row, "at"),
                Optional.ofNullable(row.getLong("experiment")),
                Optional.ofNullable(row.getString("key")),
                row.getString("actor"),
                row.getString("action"),
                row.getString("note"),
                row.get(JsonObject.class, "detail"));
    }
}
