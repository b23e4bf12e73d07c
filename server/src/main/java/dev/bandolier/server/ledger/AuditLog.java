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

    private static final String APPEND = """
        insert into audit (at, experiment, key, actor, action, note, detail) values ($1, $2, $3, $4, $5, $6, $7)\
        """;

    private static final String LATEST = "select * from audit where id < $1 order by id desc limit $2";

    private static final String LATEST_OF_KEY =
            "select * from audit where key = $3 and id < $1 order by id desc limit $2";

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
    /// @param key    only those of the experiments that had this key; absent: all
    /// @param before only those before this one
    /// @param limit  the most
    public List<Stored> latest(SqlClient client, Optional<String> key, long before, int limit) {
        String sql = key.isPresent() ? LATEST_OF_KEY : LATEST;
        Tuple values = key.map(each -> Tuple.of(before, limit, each)).orElseGet(() -> Tuple.of(before, limit));
        List<Stored> found = new ArrayList<>();
        for (Row row : client.preparedQuery(sql).execute(values).await()) {
            found.add(new Stored(row.getLong("id"), entry(row)));
        }
        return found;
    }

    private static Entry entry(Row row) {
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
