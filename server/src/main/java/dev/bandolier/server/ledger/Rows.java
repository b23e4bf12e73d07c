package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.guardrail.Ballot;
import dev.bandolier.bandits.guardrail.Exposed;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/// How columns become values and back: the same names mean the same in every table.
final class Rows {

    private Rows() {}

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static Decision decision(Row row) {
        return new Decision(
                row.getLong("experiment"),
                UnitKey.of(row.getUUID("unit")),
                row.getLong("occasion"),
                row.getString("arm"),
                row.getDouble("propensity"),
                row.getLong("version"),
                row.getString("segment"),
                row.getBoolean("holdout"),
                time(row, "decided_at"));
    }

    static Decision.Key key(Row row) {
        return new Decision.Key(row.getLong("experiment"), UnitKey.of(row.getUUID("unit")), row.getLong("occasion"));
    }

    /// The columns of a list of keys, in the order unit, experiment, occasion.
    static Tuple columns(Collection<Decision.Key> keys) {
        return Tuple.of(
                keys.stream().map(key -> key.unit().uuid()).toArray(UUID[]::new),
                keys.stream().map(Decision.Key::experiment).toArray(Long[]::new),
                keys.stream().map(Decision.Key::occasion).toArray(Long[]::new));
    }

    static Counters.Cell cell(Row row) {
        return new Counters.Cell(
                row.getString("segment"),
                row.getLong("version"),
                row.getString("arm"),
                row.getBoolean("holdout"),
                time(row, "bucket"));
    }

    static CounterTable.Line line(Row row) {
        return new CounterTable.Line(cell(row), Optional.ofNullable(row.getString("eligible")));
    }

    static Counters.Delay delay(Row row) {
        return new Counters.Delay(time(row, "bucket"), row.getShort("bin"));
    }

    static Ballot ballot(Row row) {
        return new Ballot(
                row.getString("metric"),
                row.getString("segment"),
                row.getLong("version"),
                Optional.ofNullable(row.getString("eligible")),
                row.getString("arm"),
                row.getBoolean("holdout"),
                time(row, "bucket"),
                row.getLong("value"),
                row.getLong("units"));
    }

    static Exposed exposed(Row row) {
        return new Exposed(
                row.getString("segment"),
                row.getLong("version"),
                Optional.ofNullable(row.getString("eligible")),
                row.getString("arm"),
                row.getBoolean("holdout"),
                time(row, "bucket"),
                row.getLong("units"));
    }

    static Tally tally(Row row, long exposures) {
        return new Tally(
                exposures,
                row.getLong("conversions"),
                row.getLong("orders"),
                row.getLong("orders_sq"),
                row.getLong("value"),
                integer(row, "value_sq"),
                row.getLong("raw"),
                integer(row, "raw_sq"));
    }

    /// A tally of sums, which Postgres keeps wider than what is summed up.
    static Tally sums(Row row) {
        return new Tally(
                whole(row, "exposures"),
                whole(row, "conversions"),
                whole(row, "orders"),
                whole(row, "orders_sq"),
                whole(row, "value"),
                integer(row, "value_sq"),
                whole(row, "raw"),
                integer(row, "raw_sq"));
    }

    private static long whole(Row row, String column) {
        return row.getBigDecimal(column).longValueExact();
    }

    static BigInteger integer(Row row, String column) {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
