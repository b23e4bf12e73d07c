package dev.bandolier.server.bench;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.internal.ArrayTuple;
import java.util.List;

/// A row that says which conversion was added.
final class MemoryRow extends ArrayTuple implements Row {

    private static final List<String> COLUMNS = List.of("source", "event_id");

    MemoryRow(String source, String id) {
        super(COLUMNS.size());
        addValue(source);
        addValue(id);
    }

    @Override
    public String getColumnName(int position) {
        return COLUMNS.get(position);
    }

    @Override
    public int getColumnIndex(String column) {
        return COLUMNS.indexOf(column);
    }
}
