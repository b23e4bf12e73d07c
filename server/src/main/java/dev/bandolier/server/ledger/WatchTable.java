package dev.bandolier.server.ledger;

import dev.bandolier.bandits.guardrail.Watch;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/// The table of watches: what the guardrails of each experiment have seen, up to the cursor of the learner.
///
/// One writer at a time, in the transaction that moves the cursor.
public final class WatchTable {

    private static final String LOAD = "select body from watches where experiment = $1";

    private static final String PUT = """
        insert into watches (experiment, body) values ($1, $2)
        on conflict (experiment) do update set body = excluded.body\
        """;

    /// The watch of an experiment, if it ever had one that this release can read.
    public Optional<Watch> load(SqlClient client, long experiment) {
        for (Row row : client.preparedQuery(LOAD).execute(Tuple.of(experiment)).await()) {
            JsonObject body = row.get(JsonObject.class, "body");
            return Optional.of(body).filter(WatchJson::readable).map(WatchJson::read);
        }
        return Optional.empty();
    }

    /// Replaces the watch of an experiment.
    public void put(SqlClient client, long experiment, Watch watch) {
        client.preparedQuery(PUT)
                .execute(Tuple.of(experiment, WatchJson.write(watch)))
                .await();
    }
}
