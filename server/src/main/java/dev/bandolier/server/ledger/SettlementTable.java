package dev.bandolier.server.ledger;

import dev.bandolier.server.ledger.ConversionLog.Name;
import dev.bandolier.server.ledger.ConversionLog.Outcome;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of what became of conversions, and of how long they took to arrive: sums over those that are settled, by
/// source and day.
///
/// Written by the statements that settle conversions, so a sum is never without its conversions nor these without it.
/// Rows that have come down to zero are kept, and not read. One writer at a time: who attributes.
public final class SettlementTable {

    /// Conversions of a day that came to the same.
    ///
    /// @param source      who reported them
    /// @param day         day in UTC on which they arrived
    /// @param metric      the metric that they are counted as
    /// @param outcome     what became of them; absent: nothing yet
    /// @param conversions how many, at least 1
    public record Fate(String source, LocalDate day, String metric, Optional<Outcome> outcome, long conversions) {}

    /// What became of conversions, as far as was looked.
    ///
    /// @param each what is settled, and of all sources together the oldest of what is not
    /// @param all  whether that is all: else there is more that nothing has become of yet
    public record Fates(List<Fate> each, boolean all) {}

    /// Conversions of a day that took equally long from happening to arriving.
    ///
    /// @param source      who reported them
    /// @param day         day in UTC on which they arrived
    /// @param bin         0: up to a second, or less than none by clocks that differ; n: up to 2^n seconds and more than
    ///                    half of that
    /// @param conversions how many, at least 1
    public record Lag(String source, LocalDate day, int bin, long conversions) {}

    /// The bin of a row of conversions: the bits of the last whole second before it arrived.
    private static final String BIN = """
        length(ltrim(
          greatest(ceil(extract(epoch from received_at - happened_at)) - 1, 0)::bigint::bit(64)::text, '0'))::smallint\
        """;

    // The inner selects cannot be merged into a join (offset 0), so each name is one descent of an index. All parts see
    // the rows as they were before.
    private static final String SETTLE = """
        with found as materialized (
          select o.*, coalesce(o.counted_as, o.metric) as was_metric, k.outcome as is_outcome,
                 coalesce(k.counted_as, o.counted_as, o.metric) as is_metric
          from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as k (source, event_id, outcome, counted_as)
          cross join lateral (
            select ctid as place, source, (received_at at time zone 'UTC')::date as day, metric, counted_as, outcome,
                   %s as bin
            from conversions c where c.source = k.source and c.event_id = k.event_id offset 0
          ) as o
        ), moved as materialized (
          select * from found where outcome is distinct from is_outcome or was_metric <> is_metric
        ), marked as (
          update conversions c set outcome = m.is_outcome, counted_as = nullif(m.is_metric, m.metric)
          from moved m where c.ctid = m.place
        ), heard as (
          insert into lags as l (source, day, bin, conversions)
          select source, day, bin, count(*) from moved where outcome is null group by source, day, bin
          on conflict (source, day, bin) do update set conversions = l.conversions + excluded.conversions
        )
        insert into settlements as s (source, day, metric, outcome, conversions)
        select source, day, metric, outcome, sum(change) from (
          select source, day, is_metric as metric, is_outcome as outcome, 1 as change from moved
          union all
          select source, day, was_metric, outcome, -1 from moved where outcome is not null
        ) as changes
        group by source, day, metric, outcome having sum(change) <> 0
        on conflict (source, day, metric, outcome) do update set conversions = s.conversions + excluded.conversions\
        """.formatted(BIN);

    private static final String WAKE = """
        with woken as materialized (
          select o.* from unnest($1::text[], $2::text[]) as k (source, event_id)
          cross join lateral (
            select ctid as place, source, (received_at at time zone 'UTC')::date as day,
                   coalesce(counted_as, metric) as metric, outcome, %s as bin
            from conversions c
            where c.source = k.source and c.reverses = k.event_id and c.outcome = 'waiting' offset 0
          ) as o
        ), marked as (
          update conversions c set outcome = null from woken w where c.ctid = w.place
        ), unheard as (
          update lags l set conversions = l.conversions - w.conversions
          from (select source, day, bin, count(*) as conversions from woken group by source, day, bin) as w
          where (l.source, l.day, l.bin) = (w.source, w.day, w.bin)
        )
        update settlements s set conversions = s.conversions - w.conversions
        from (
          select source, day, metric, outcome, count(*) as conversions from woken group by source, day, metric, outcome
        ) as w
        where (s.source, s.day, s.metric, s.outcome) = (w.source, w.day, w.metric, w.outcome)\
        """.formatted(BIN);

    // Those that are settled are not renamed without being settled again. The inner select cannot be merged into a join
    // (offset 0), so each name is one descent of an index.
    private static final String RENAME = """
        update conversions c set counted_as = nullif(found.right_one, c.metric)
        from (
          select o.place, k.right_one from unnest($1::text[], $2::text[], $3::text[]) as k (source, event_id, right_one)
          cross join lateral (
            select ctid as place from conversions o
            where o.source = k.source and o.event_id = k.event_id and o.outcome is null offset 0
          ) as o
        ) as found
        where c.ctid = found.place\
        """;

    // One statement, so that a conversion which is settled meanwhile is seen once. However much is behind, at most so
    // many rows of a partial index are read, and one more tells that there are more; that is said though there is no
    // other
    // row.
    private static final String FATES = """
        with open as materialized (
          select source, (received_at at time zone 'UTC')::date as day, coalesce(counted_as, metric) as metric
          from conversions where outcome is null order by seq limit $4 + 1
        ), fates as (
          select source, day, metric, outcome, conversions from settlements
          where ($1::text is null or source = $1) and day between $2 and $3 and conversions <> 0
          union all
          select source, day, metric, null, count(*)
          from (select * from open limit $4) as seen
          where ($1::text is null or source = $1) and day between $2 and $3
          group by source, day, metric
        )
        select f.*, looked.at <= $4 as complete
        from (select count(*) as at from open) as looked left join fates f on true
        order by f.source, f.day, f.metric, f.outcome\
        """;

    private static final String LAGS = """
        select source, day, bin, conversions from lags
        where ($1::text is null or source = $1) and day between $2 and $3 and conversions <> 0
        order by source, day, bin\
        """;

    private static final int OPEN_SEEN_MAX = 100_000;

    private final int openSeenMax;

    /// The tables, of which so much is looked at that an answer is soon there whatever is behind.
    public SettlementTable() {
        this(OPEN_SEEN_MAX);
    }

    /// The same with another bound.
    ///
    /// @param openSeenMax how many conversions that nothing has become of yet are looked at, of all sources together
    public SettlementTable(int openSeenMax) {
        this.openSeenMax = openSeenMax;
    }

    /// Conversions of some days, summed up by source, day, metric and what became of them.
    ///
    /// @param source only those of this source; absent: of all
    /// @param from   first day in UTC on which they arrived
    /// @param to     last day
    public Fates fates(SqlClient client, Optional<String> source, LocalDate from, LocalDate to) {
        List<Fate> found = new ArrayList<>();
        boolean all = true;
        for (Row row : client.preparedQuery(FATES)
                .execute(Tuple.of(source.orElse(null), from, to, openSeenMax))
                .await()) {
            all = row.getBoolean("complete");
            if (row.getString("source") != null) {
                found.add(fate(row));
            }
        }
        return new Fates(found, all);
    }

    private static Fate fate(Row row) {
        return new Fate(
                row.getString("source"),
                row.getLocalDate("day"),
                row.getString("metric"),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::of),
                row.getLong("conversions"));
    }

    /// How long the conversions of some days took from happening to arriving, by source, day and bin; those that are not
    /// settled yet are left out.
    ///
    /// @param source only those of this source; absent: of all
    /// @param from   first day in UTC on which they arrived
    /// @param to     last day
    public List<Lag> lags(SqlClient client, Optional<String> source, LocalDate from, LocalDate to) {
        List<Lag> found = new ArrayList<>();
        for (Row row : client.preparedQuery(LAGS)
                .execute(Tuple.of(source.orElse(null), from, to))
                .await()) {
            found.add(new Lag(
                    row.getString("source"), row.getLocalDate("day"), row.getShort("bin"), row.getLong("conversions")));
        }
        return found;
    }

    /// Marks what became of conversions, and what they are counted as from now on.
    ///
    /// @param countedAs metrics of those that get another one
    static void settle(SqlClient client, Map<Name, Outcome> outcomes, Map<Name, String> countedAs) {
        List<Name> names = List.copyOf(outcomes.keySet());
        if (names.isEmpty()) {
            return;
        }
        client.preparedQuery(SETTLE)
                .execute(Tuple.of(
                        names.stream().map(Name::source).toArray(String[]::new),
                        names.stream().map(Name::id).toArray(String[]::new),
                        names.stream().map(name -> outcomes.get(name).text()).toArray(String[]::new),
                        names.stream().map(countedAs::get).toArray(String[]::new)))
                .await();
    }

    /// Gives conversions that are not settled yet the metric that they are to be counted as.
    static void rename(SqlClient client, Map<Name, String> countedAs) {
        List<Name> names = List.copyOf(countedAs.keySet());
        if (names.isEmpty()) {
            return;
        }
        client.preparedQuery(RENAME)
                .execute(Tuple.of(
                        names.stream().map(Name::source).toArray(String[]::new),
                        names.stream().map(Name::id).toArray(String[]::new),
                        names.stream().map(countedAs::get).toArray(String[]::new)))
                .await();
    }

    /// Puts what waits for these conversions back among the unsettled.
    static void wake(SqlClient client, List<Name> credited) {
        if (credited.isEmpty()) {
            return;
        }
        client.preparedQuery(WAKE)
                .execute(Tuple.of(credited.stream().map(Name::source).toArray(String[]::new), (Object)
                        credited.stream().map(Name::id).toArray(String[]::new)))
                .await();
    }
}
