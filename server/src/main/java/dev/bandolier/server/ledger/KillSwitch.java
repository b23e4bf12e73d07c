package dev.bandolier.server.ledger;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/// The one row that says whether every experiment serves control to everybody.
public final class KillSwitch {

    /// How the switch stands.
    ///
    /// @param engaged whether everybody gets control
    /// @param reason  why, in words; empty unless engaged
    /// @param actor   who turned it last; empty if nobody ever did
    /// @param at      when it was turned last; the epoch if it never was
    public record State(boolean engaged, String reason, String actor, Instant at) {

        /// As it comes out of the box.
        public static final State UNTOUCHED = new State(false, "", "", Instant.EPOCH);

        /// As it is shown: what is not known is left out.
        public JsonObject show() {
            JsonObject json = new JsonObject().put("engaged", engaged);
            if (engaged) {
                json.put("reason", reason);
            }
            return equals(UNTOUCHED) ? json : json.put("actor", actor).put("at", at.toString());
        }
    }

    private static final String READ = "select engaged, reason, actor, at from kill_switch";

    // Releasing what is not engaged changes nothing; engaging again gives another reason.
    private static final String TURN = """
        update kill_switch set engaged = $1, reason = $2, actor = $3, at = $4 where engaged or $1\
        """;

    /// How it stands.
    public State read(SqlClient client) {
        Row row = client.preparedQuery(READ).execute().await().iterator().next();
        return new State(
                row.getBoolean("engaged"), row.getString("reason"), row.getString("actor"), Rows.time(row, "at"));
    }

    /// Turns it, unless it is to be released and is; says whether anything changed.
    public boolean turn(SqlClient client, State state) {
        return client.preparedQuery(TURN)
                        .execute(Tuple.of(state.engaged(), state.reason(), state.actor(), Rows.time(state.at())))
                        .await()
                        .rowCount()
                == 1;
    }
}
