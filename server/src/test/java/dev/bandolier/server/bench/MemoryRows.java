package dev.bandolier.server.bench;

import io.vertx.sqlclient.PropertyKind;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowIterator;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.desc.ColumnDescriptor;
import java.util.Iterator;
import java.util.List;

/// Rows that came from no database.
///
/// @param rows the rows
record MemoryRows(List<Row> rows) implements RowSet<Row> {

    @Override
    public RowIterator<Row> iterator() {
        Iterator<Row> each = rows.iterator();
        return new RowIterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Row next() {
                return each.next();
            }
        };
    }

    @Override
    public int rowCount() {
        return rows.size();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public List<String> columnsNames() {
        return List.of();
    }

    @Override
    public List<ColumnDescriptor> columnDescriptors() {
        return List.of();
    }

    @Override
    public <V> V property(PropertyKind<V> kind) {
        return null;
    }

    @Override
    public RowSet<Row> value() {
        return this;
    }

    @Override
    public RowSet<Row> next() {
        return null;
    }
}
