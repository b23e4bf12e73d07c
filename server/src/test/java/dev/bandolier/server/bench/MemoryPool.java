package dev.bandolier.server.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Connections to no database: the two statements on the path of a conversion are answered at once, from memory.
///
/// A look-up finds what was read before. An append answers that everything is new, and keeps nothing.
final class MemoryPool implements Pool {

    private static final String APPEND = "insert into conversions";
    private static final String LOOK_UP = "select * from decisions where unit = any(";

    private final Map<UUID, List<Row>> decisions;

    /// @param decisions rows of the table of decisions, by unit
    MemoryPool(Map<UUID, List<Row>> decisions) {
        this.decisions = decisions;
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
        if (sql.startsWith(APPEND)) {
            return new MemoryQuery(MemoryPool::append);
        }
        if (sql.startsWith(LOOK_UP)) {
            return new MemoryQuery(this::lookUp);
        }
        throw new UnsupportedOperationException("not on the path of a conversion: " + sql);
    }

    private static List<Row> append(Tuple columns) {
        String[] sources = columns.getArrayOfStrings(0);
        String[] ids = columns.getArrayOfStrings(1);
        List<Row> rows = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            rows.add(new MemoryRow(sources[i], ids[i]));
        }
        return rows;
    }

    private List<Row> lookUp(Tuple columns) {
        List<Row> rows = new ArrayList<>();
        for (UUID unit : columns.getArrayOfUUIDs(0)) {
            rows.addAll(decisions.getOrDefault(unit, List.of()));
        }
        return rows;
    }

    @Override
    public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
        return preparedQuery(sql);
    }

    @Override
    public Query<RowSet<Row>> query(String sql) {
        throw new UnsupportedOperationException("not on the path of a conversion: " + sql);
    }

    @Override
    public Future<SqlConnection> getConnection() {
        throw new UnsupportedOperationException("there is no database");
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
