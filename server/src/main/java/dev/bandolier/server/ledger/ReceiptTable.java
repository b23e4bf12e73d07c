package dev.bandolier.server.ledger;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sums of what came in, by source and day: every node adds to them.
public final class ReceiptTable {

    /// What is summed up.
    ///
    /// @param source who sent it; empty: somebody to an address of nobody
    /// @param day    day in UTC
    /// @param what   `delivery`, `accepted`, `duplicate`, `ignored` or `refused`
    /// @param reason why it was ignored or refused; else empty
    public record Line(String source, LocalDate day, String what, String reason) {}

    /// A sum.
    ///
    /// @param count how many
    /// @param last  when the latest of them came
    public record Sum(long count, Instant last) {

        /// This and another of the same line.
        public Sum plus(Sum other) {
            return new Sum(count + other.count, last.isAfter(other.last) ? last : other.last);
        }
    }

    // In the order of the key, so that two nodes that add to the same lines never wait for each other in a circle.
    private static final String ADD = """
        insert into receipts (source, day, what, reason, count, last_at)
        select * from unnest($1::text[], $2::date[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[])
        on conflict (source, day, what, reason) do update
        set count = receipts.count + excluded.count, last_at = greatest(receipts.last_at, excluded.last_at)\
        """;

    private static final String ALL = "select * from receipts where day between $1 and $2";

    private static final String OF_SOURCE = "select * from receipts where source = $3 and day between $1 and $2";

    private static final Comparator<Line> BY_KEY = Comparator.comparing(Line::source)
            .thenComparing(Line::day)
            .thenComparing(Line::what)
            .thenComparing(Line::reason);

    /// Adds to the sums.
    public void add(SqlClient client, Map<Line, Sum> sums) {
        List<Line> lines = sums.keySet().stream().sorted(BY_KEY).toList();
        client.preparedQuery(ADD)
                .execute(Tuple.of(
                        lines.stream().map(Line::source).toArray(String[]::new),
                        lines.stream().map(Line::day).toArray(LocalDate[]::new),
                        lines.stream().map(Line::what).toArray(String[]::new),
                        lines.stream().map(Line::reason).toArray(String[]::new),
                        lines.stream().map(each -> sums.get(each).count()).toArray(Long[]::new),
                        lines.stream()
                                .map(each -> Rows.time(sums.get(each).last()))
                                .toArray(OffsetDateTime[]::new)))
                .await();
    }

    /// The sums of these days, both included, of one source or of all.
    public Map<Line, Sum> between(SqlClient client, Optional<String> source, LocalDate from, LocalDate to) {
        String sql = source.isPresent() ? OF_SOURCE : ALL;
        Tuple values = source.map(each -> Tuple.of(from, to, each)).orElseGet(() -> Tuple.of(from, to));
        Map<Line, Sum> found = new HashMap<>();
        for (Row row : client.preparedQuery(sql).execute(values).await()) {
            Line line = new Line(
                    row.getString("source"), row.getLocalDate("day"), row.getString("what"), row.getString("reason"));
            found.put(line, new Sum(row.getLong("count"), Rows.time(row, "last_at")));
        }
        return found;
    }
}
