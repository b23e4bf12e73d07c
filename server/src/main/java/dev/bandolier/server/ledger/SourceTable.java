package dev.bandolier.server.ledger;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The tables of sources and of their sealed secrets, changed in place and counted by revision.
///
/// Who changes a secret grows the revision of its source first, in the same transaction: so the changes of one source
/// come one after the other, and one revision is one state of it.
public final class SourceTable {

    // One at a time, so that the most there may be is kept to; reading goes on meanwhile.
    private static final String ALONE = "lock table sources in share row exclusive mode";

    private static final String COUNT = "select count(*) as sources from sources where deleted_at is null";

    private static final String INSERT = """
        insert into sources (key, kind, enabled, options, revision, created_at, changed_at)
        values ($1, $2, $3, $4, 1, $5, $5)
        on conflict (key) where deleted_at is null do nothing
        returning id\
        """;

    private static final String GROW = """
        update sources set revision = revision + 1, enabled = $3, options = $4, changed_at = $5
        where id = $1 and revision = $2 and deleted_at is null\
        """;

    private static final String DELETE = """
        update sources set revision = revision + 1, changed_at = $3, deleted_at = $3
        where id = $1 and revision = $2 and deleted_at is null\
        """;

    // One statement, so that a source and its secrets are of one moment.
    private static final String READ = """
        select s.*, x.id as secret, x.sealed, x.hint, x.added_at, x.expires_at
        from sources s left join source_secrets x on x.source = s.id
        where s.deleted_at is null\
        """;

    private static final String ORDER = " order by s.key, x.added_at, x.id";

    private static final String ALL = READ + ORDER;

    private static final String BY_KEY = READ + " and s.key = $1" + ORDER;

    private static final String ADD = """
        insert into source_secrets (source, id, sealed, hint, added_at, expires_at) values ($1, $2, $3, $4, $5, $6)\
        """;

    private static final String EXPIRE = "update source_secrets set expires_at = $3 where source = $1 and id = $2";

    private static final String REMOVE = "delete from source_secrets where source = $1 and id = $2";

    private static final String REMOVE_ALL = "delete from source_secrets where source = $1";

    /// Lets nobody else create, change or delete a source until this transaction ends, and counts those there are.
    public long countAlone(SqlClient client) {
        client.query(ALONE).execute().await();
        return client.preparedQuery(COUNT).execute().await().iterator().next().getLong("sources");
    }

    /// Stores a new source, as yet without a secret; returns its number, or nothing if its key is taken.
    public Optional<Long> insert(
            SqlClient client, String key, String kind, boolean enabled, JsonObject options, Instant now) {
        Tuple values = Tuple.of(key, kind, enabled, options, Rows.time(now));
        for (Row row : client.preparedQuery(INSERT).execute(values).await()) {
            return Optional.of(row.getLong("id"));
        }
        return Optional.empty();
    }

    /// Every source that is not deleted, by key.
    public List<Source> all(SqlClient client) {
        return sources(client.preparedQuery(ALL).execute().await());
    }

    /// The source with this key.
    public Optional<Source> find(SqlClient client, String key) {
        return sources(client.preparedQuery(BY_KEY).execute(Tuple.of(key)).await()).stream()
                .findFirst();
    }

    /// Replaces what may change of a source, and grows its revision; false if that has grown meanwhile.
    ///
    /// @param before what the change was based on
    public boolean update(SqlClient client, Source before, boolean enabled, JsonObject options, Instant now) {
        Tuple values = Tuple.of(before.id(), before.revision(), enabled, options, Rows.time(now));
        return client.preparedQuery(GROW).execute(values).await().rowCount() == 1;
    }

    /// Grows the revision of a source whose secrets are about to be changed; false if it has grown meanwhile.
    ///
    /// @param before what the change is based on
    public boolean grow(SqlClient client, Source before, Instant now) {
        return update(client, before, before.enabled(), before.options(), now);
    }

    /// Deletes a source and forgets its secrets; false if its revision has grown meanwhile. Its conversions stay, and its
    /// key may be used again.
    public boolean delete(SqlClient client, Source before, Instant now) {
        Tuple values = Tuple.of(before.id(), before.revision(), Rows.time(now));
        boolean deleted = client.preparedQuery(DELETE).execute(values).await().rowCount() == 1;
        if (deleted) {
            client.preparedQuery(REMOVE_ALL).execute(Tuple.of(before.id())).await();
        }
        return deleted;
    }

    /// Stores one more secret of a source.
    public void add(SqlClient client, long source, SourceSecret secret) {
        client.preparedQuery(ADD)
                .execute(Tuple.of(
                        source,
                        secret.id(),
                        Buffer.buffer(secret.sealed()),
                        secret.hint(),
                        Rows.time(secret.addedAt()),
                        secret.expiresAt().map(Rows::time).orElse(null)))
                .await();
    }

    /// Lets a secret be valid until then; absent: until it is deleted.
    public void expire(SqlClient client, long source, UUID secret, Optional<Instant> expiresAt) {
        client.preparedQuery(EXPIRE)
                .execute(Tuple.of(source, secret, expiresAt.map(Rows::time).orElse(null)))
                .await();
    }

    /// Forgets a secret of a source.
    public void remove(SqlClient client, long source, UUID secret) {
        client.preparedQuery(REMOVE).execute(Tuple.of(source, secret)).await();
    }

    /// The sources in rows of a source and one of its secrets each.
    private static List<Source> sources(Iterable<Row> rows) {
        Map<Long, Row> first = new LinkedHashMap<>();
        Map<Long, List<SourceSecret>> secrets = new LinkedHashMap<>();
        for (Row row : rows) {
            first.putIfAbsent(row.getLong("id"), row);
            List<SourceSecret> known = secrets.computeIfAbsent(row.getLong("id"), id -> new ArrayList<>());
            if (row.getUUID("secret") != null) {
                known.add(secret(row));
            }
        }
        return first.values().stream()
                .map(row -> source(row, secrets.get(row.getLong("id"))))
                .toList();
    }

    private static Source source(Row row, List<SourceSecret> secrets) {
        return new Source(
                row.getLong("id"),
                row.getString("key"),
                row.getString("kind"),
                row.getBoolean("enabled"),
                row.get(JsonObject.class, "options"),
                secrets,
                row.getLong("revision"),
                Rows.time(row, "created_at"),
                Rows.time(row, "changed_at"));
    }

    private static SourceSecret secret(Row row) {
        return new SourceSecret(
                row.getUUID("secret"),
                row.getBuffer("sealed").getBytes(),
                row.getString("hint"),
                Rows.time(row, "added_at"),
                Optional.ofNullable(row.getOffsetDateTime("expires_at")).map(time -> time.toInstant()));
    }
}
