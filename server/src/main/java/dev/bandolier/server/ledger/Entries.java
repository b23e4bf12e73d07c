package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.attribution.Earnings;
import dev.bandolier.bandits.attribution.Exchange;
import dev.bandolier.bandits.attribution.Reward;
import dev.bandolier.server.ledger.RewardLog.Credited;
import dev.bandolier.server.ledger.RewardLog.Entry;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The log of rewards as who attributes reads it: how each conversion stands with each decision by now, which its latest
/// reward says.
final class Entries {

    // The inner selects cannot be merged into a join (offset 0), so each key is one descent of an index.
    private static final String OF_DECISIONS = """
        select r.* from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as k (unit, experiment, occasion)
        cross join lateral (
          select distinct on (source, event_id, metric) id, experiment, unit, occasion, metric, source, event_id, amount,
                 currency, rate, reverses, happened_at, received_at, settling, void, capped, origin, withdrawn
          from rewards r
          where r.unit = k.unit and r.experiment = k.experiment and r.occasion = k.occasion
          order by source, event_id, metric, settling desc offset 0
        ) as r
        order by r.id\
        """;

    private static final String OF_EVENTS = """
        select d.*, r.source, r.event_id, r.metric from unnest($1::text[], $2::text[]) as k (source, event_id)
        cross join lateral (
          select distinct on (unit, experiment, occasion, metric) unit, experiment, occasion, source, event_id, metric,
                 reverses, capped, withdrawn
          from rewards r
          where r.source = k.source and r.event_id = k.event_id
          order by unit, experiment, occasion, metric, settling desc offset 0
        ) as r
        cross join lateral (
          select * from decisions d
          where d.unit = r.unit and d.experiment = r.experiment and d.occasion = r.occasion offset 0
        ) as d
        where $3 or (r.reverses is null and not r.capped and not r.withdrawn)\
        """;

    private Entries() {}

    /// What is on record with these decisions, metric by metric, the oldest first.
    static Map<Reward.Account, List<Entry>> ofDecisions(SqlClient client, Collection<Decision.Key> keys) {
        Map<Reward.Account, List<Entry>> found = new HashMap<>();
        for (Row row :
                client.preparedQuery(OF_DECISIONS).execute(Rows.columns(keys)).await()) {
            Reward.Account account = new Reward.Account(Rows.key(row), Optional.ofNullable(row.getString("metric")));
            found.computeIfAbsent(account, none -> new ArrayList<>()).add(new Entry(credit(row), settling(row)));
        }
        return found;
    }

    /// Where these conversions are on record.
    ///
    /// @param all whether that is all; else only where something may take them back
    static Map<ConversionLog.Name, List<Credited>> ofEvents(
            SqlClient client, List<ConversionLog.Name> names, boolean all) {
        Tuple columns = Tuple.of(
                names.stream().map(ConversionLog.Name::source).toArray(String[]::new),
                names.stream().map(ConversionLog.Name::id).toArray(String[]::new),
                all);
        Map<ConversionLog.Name, List<Credited>> found = new HashMap<>();
        for (Row row : client.preparedQuery(OF_EVENTS).execute(columns).await()) {
            ConversionLog.Name name = new ConversionLog.Name(row.getString("source"), row.getString("event_id"));
            found.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new Credited(Rows.decision(row), Optional.ofNullable(row.getString("metric"))));
        }
        return found;
    }

    private static Earnings.Credit credit(Row row) {
        return new Earnings.Credit(
                row.getString("source"),
                row.getString("event_id"),
                Optional.ofNullable(row.getLong("amount")),
                Optional.ofNullable(row.getString("currency"))
                        .map(currency -> new Exchange(currency, row.getBigDecimal("rate"))),
                Optional.ofNullable(row.getString("reverses")),
                Rows.time(row, "happened_at"),
                Rows.time(row, "received_at"));
    }

    private static Reward.Settling settling(Row row) {
        return new Reward.Settling(
                row.getShort("settling"),
                row.getBoolean("void"),
                row.getBoolean("capped"),
                Optional.ofNullable(row.getUUID("origin")).map(OriginKey::new),
                row.getBoolean("withdrawn"));
    }
}
