package dev.bandolier.server.ledger;

import dev.bandolier.bandits.Decision;
import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.bandits.attribution.Entitlement;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Draws per request by unit and time: a unit may have any number of them, and of these few are looked at.
public final class Draws {

    /// A time at which something happened to a unit that an experiment drew for, request after request.
    ///
    /// @param at   when
    /// @param from when the earliest draw was made whose window has not ended by then
    public record Moment(UnitKey unit, long experiment, Instant at, Instant from) {

        /// The moment of a conversion, if its decision is looked for among the draws of its unit.
        public static Optional<Moment> of(Entitlement entitlement, Conversion conversion) {
            return conversion
                    .unit()
                    .filter(unit -> entitlement.byDraw(conversion))
                    .map(unit -> new Moment(
                            unit,
                            entitlement.experiment().id(),
                            conversion.at(),
                            conversion
                                    .at()
                                    .minus(entitlement
                                            .experiment()
                                            .definition()
                                            .objective()
                                            .window())));
        }
    }

    /// A unit whose decisions are looked for.
    ///
    /// @param moments those around which draws per request are looked for
    public record Sought(UnitKey unit, List<Moment> moments) {}

    // The last draw before, the first after, and the first whose window is open: each one step into the index of draws
    // by time. Ties are left to the rule: an order by more than time would have to sort all draws of the unit.
    private static final String AROUND = """
        select d.* from unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[])
          as k (unit, experiment, at, since)
        cross join lateral (
          (select * from decisions d
           where d.unit = k.unit and d.experiment = k.experiment and d.occasion > 100 and d.decided_at <= k.at
           order by d.decided_at desc fetch first 1 row with ties)
          union all
          (select * from decisions d
           where d.unit = k.unit and d.experiment = k.experiment and d.occasion > 100 and d.decided_at > k.at
           order by d.decided_at fetch first 1 row with ties)
          union all
          (select * from decisions d
           where d.unit = k.unit and d.experiment = k.experiment and d.occasion > 100 and d.decided_at >= k.since
           order by d.decided_at fetch first 1 row with ties)
        ) as d\
        """;

    private Draws() {}

    /// The draws that a rule of attribution looks at, by unit, each once.
    static Future<Map<UnitKey, List<Decision>>> around(SqlClient client, Collection<Moment> moments) {
        if (moments.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return client.preparedQuery(AROUND)
                .execute(columns(List.copyOf(moments)))
                .map(rows -> {
                    Set<Decision> draws = new LinkedHashSet<>();
                    for (Row row : rows) {
                        draws.add(Rows.decision(row));
                    }
                    Map<UnitKey, List<Decision>> found = new HashMap<>();
                    draws.forEach(each -> found.computeIfAbsent(each.unit(), unit -> new ArrayList<>())
                            .add(each));
                    return found;
                });
    }

    private static Tuple columns(List<Moment> moments) {
        int rows = moments.size();
        UUID[] unit = new UUID[rows];
        Long[] experiment = new Long[rows];
        OffsetDateTime[] at = new OffsetDateTime[rows];
        OffsetDateTime[] from = new OffsetDateTime[rows];
        for (int i = 0; i < rows; i++) {
            Moment moment = moments.get(i);
            unit[i] = moment.unit().uuid();
            experiment[i] = moment.experiment();
            at[i] = Rows.time(moment.at());
            from[i] = Rows.time(moment.from());
        }
        return Tuple.of(unit, experiment, at, from);
    }
}
