package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of experiments: definitions with their state, changed in place and counted by revision.
public final class ExperimentTable {

    /// Experiments that changed since they were last looked at.
    ///
    /// @param changed new and changed ones, as they are now
    /// @param gone    numbers of those that were deleted
    public record Changes(List<Experiment> changed, Set<Long> gone) {}

    private static final String INSERT = """
        insert into experiments (key, revision, state, salt, holdout_salt, definition, created_at, changed_at)
        values ($1, 1, 'draft', $2, $3, $4, $5, $5)
        on conflict (key) where deleted_at is null do nothing
        returning *\
        """;

    private static final String UPDATE = """
        update experiments set revision = revision + 1, state = $3, definition = $4, changed_at = $5
        where id = $1 and revision = $2 and deleted_at is null
        returning *\
        """;

    private static final String DELETE = """
        update experiments set revision = revision + 1, deleted_at = $3
        where id = $1 and revision = $2 and deleted_at is null\
        """;

    private static final String BY_KEY = "select * from experiments where key = $1 and deleted_at is null";

    private static final String REVISIONS = "select id, revision from experiments where deleted_at is null";

    private static final String BY_ID = "select * from experiments where id = any($1::bigint[])";

    private static final String NOTIFY = "select pg_notify($1, '')";

    /// Channel of the bell that rings on every node when an experiment or a snapshot has changed.
    public static final String CHANNEL = "bandolier_board";

    /// Stores a new draft, unless its key is taken.
    ///
    /// @param salt        seed of its draw
    /// @param holdoutSalt seed of the draw of its holdout
    public Optional<Experiment> insert(
            SqlClient client, Definition definition, long salt, long holdoutSalt, Instant now) {
        return one(
                client,
                INSERT,
                Tuple.of(definition.key(), salt, holdoutSalt, DefinitionJson.write(definition), Rows.time(now)));
    }

    /// Replaces definition and state, unless the revision has grown meanwhile.
    ///
    /// @param before what the change was based on
    public Optional<Experiment> update(
            SqlClient client, Experiment before, Experiment.State state, Definition definition, Instant now) {
        return one(
                client,
                UPDATE,
                Tuple.of(
                        before.id(),
                        before.revision(),
                        state.name().toLowerCase(Locale.ROOT),
                        DefinitionJson.write(definition),
                        Rows.time(now)));
    }

    /// Deletes an experiment, unless its revision has grown meanwhile; its logs stay.
    public boolean delete(SqlClient client, Experiment before, Instant now) {
        return client.preparedQuery(DELETE)
                        .execute(Tuple.of(before.id(), before.revision(), Rows.time(now)))
                        .await()
                        .rowCount()
                == 1;
    }

    /// The experiment with this key.
    public Optional<Experiment> find(SqlClient client, String key) {
        return one(client, BY_KEY, Tuple.of(key));
    }

    /// What changed since these revisions were known, by number of the experiment.
    public Changes changes(SqlClient client, Map<Long, Long> known) {
        Set<Long> gone = new HashSet<>(known.keySet());
        List<Long> stale = new ArrayList<>();
        for (Row row : client.preparedQuery(REVISIONS).execute().await()) {
            long id = row.getLong("id");
            gone.remove(id);
            if (!row.getLong("revision").equals(known.get(id))) {
                stale.add(id);
            }
        }
        List<Experiment> changed = new ArrayList<>();
        if (!stale.isEmpty()) {
            for (Row row : client.preparedQuery(BY_ID)
                    .execute(Tuple.of((Object) stale.toArray(Long[]::new)))
                    .await()) {
                changed.add(experiment(row));
            }
        }
        return new Changes(changed, gone);
    }

    /// Rings the bell of every node, when this transaction commits.
    public void ring(SqlClient client) {
        client.preparedQuery(NOTIFY).execute(Tuple.of(CHANNEL)).await();
    }

    private static Optional<Experiment> one(SqlClient client, String sql, Tuple values) {
        for (Row row : client.preparedQuery(sql).execute(values).await()) {
            return Optional.of(experiment(row));
        }
        return Optional.empty();
    }

    private static Experiment experiment(Row row) {
        return new Experiment(
                row.getLong("id"),
                row.getLong("revision"),
                Experiment.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("salt"),
                row.getLong("holdout_salt"),
                Rows.time(row, "created_at"),
                DefinitionJson.read(row.get(JsonObject.class, "definition")));
    }
}
