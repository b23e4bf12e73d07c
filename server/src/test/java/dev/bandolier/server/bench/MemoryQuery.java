package dev.bandolier.server.bench;

import io.vertx.core.Future;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collector;

/// A statement that a function answers.
///
/// @param answer from the parameters to the rows
record MemoryQuery(Function<Tuple, List<Row>> answer) implements PreparedQuery<RowSet<Row>> {

    @Override
    public Future<RowSet<Row>> execute(Tuple parameters) {
        return Future.succeededFuture(new MemoryRows(answer.apply(parameters)));
    }

    @Override
    public Future<RowSet<Row>> execute() {
        return execute(Tuple.tuple());
    }

    @Override
    public Future<RowSet<Row>> executeBatch(List<Tuple> batch) {
        throw new UnsupportedOperationException("one list of parameters at a time");
    }

    @Override
    public <R> PreparedQuery<SqlResult<R>> collecting(Collector<Row, ?, R> collector) {
        throw new UnsupportedOperationException("rows only");
    }

    @Override
    public <U> PreparedQuery<RowSet<U>> mapping(Function<Row, U> mapper) {
        throw new UnsupportedOperationException("rows only");
    }
}
