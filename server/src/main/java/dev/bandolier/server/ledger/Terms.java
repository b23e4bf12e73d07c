package dev.bandolier.server.ledger;

import dev.bandolier.bandits.guardrail.Lots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The terms on which units were drawn under one snapshot: with what probabilities, and what each arm was believed to
/// earn before any of them had come.
///
/// @param lots     the probabilities
/// @param beliefs  what each arm was believed to earn per unit, in minor units if it is revenue
/// @param segments the same within each segment
public record Terms(Lots lots, Map<String, Double> beliefs, Map<String, Map<String, Double>> segments) {

    // Of a body only what is needed: there may be 10,000 of them, most of each is what guardrails have seen. They are
    // stored compressed, and every use unpacks one anew; an empty object added to one unpacks it for all of them, which
    // halves the time.
    private static final String OF = """
        select version, (body #>> '{guard,holdout}')::double precision as holdout,
               jsonb_path_query_array(body, '$.arms[*].arm') as arms,
               jsonb_path_query_array(body, '$.arms[*].share') as shares,
               jsonb_path_query_array(body, '$.arms[*].posterior') as posteriors,
               (select jsonb_agg(jsonb_build_object(
                  'segment', s -> 'segment', 'own', s -> 'own',
                  'shares', jsonb_path_query_array(s, '$.arms[*].share'),
                  'posteriors', jsonb_path_query_array(s, '$.arms[*].posterior')))
                from jsonb_array_elements(body -> 'segments') as s) as segments
        from (
          select version, body || '{}' as body
          from snapshots where experiment = $1 and version = any($2::bigint[]) offset 0
        ) as unpacked\
        """;

    /// Keeps its own copies.
    public Terms {
        beliefs = Map.copyOf(beliefs);
        segments = Map.copyOf(segments);
    }

    /// What an arm was believed to earn per unit of a segment; nothing if it was not known yet.
    public Optional<Double> belief(String segment, String arm) {
        return Optional.ofNullable(segments.getOrDefault(segment, beliefs).get(arm));
    }

    /// The terms of these versions of an experiment, as far as there are such.
    ///
    /// @param holdout the holdout of the definition, for snapshots that do not say what it was
    static Map<Long, Terms> of(SqlClient client, long experiment, Collection<Long> versions, double holdout) {
        Map<Long, Terms> found = new HashMap<>();
        for (Row row : client.preparedQuery(OF)
                .execute(Tuple.of(experiment, (Object) versions.toArray(Long[]::new)))
                .await()) {
            found.put(row.getLong("version"), read(row, holdout));
        }
        return found;
    }

    private static Terms read(Row row, double holdout) {
        List<String> arms = row.get(JsonArray.class, "arms").stream()
                .map(String.class::cast)
                .map(String::intern)
                .toList();
        Map<String, Map<String, Double>> shares = new HashMap<>();
        Map<String, Map<String, Double>> beliefs = new HashMap<>();
        JsonArray segments =
                Optional.ofNullable(row.get(JsonArray.class, "segments")).orElseGet(JsonArray::new);
        for (Object each : segments) {
            JsonObject segment = (JsonObject) each;
            String name = segment.getString("segment");
            if (segment.getBoolean("own")) {
                shares.put(name, shares(arms, segment.getJsonArray("shares")));
            }
            beliefs.put(name, beliefs(arms, segment.getJsonArray("posteriors")));
        }
        Double noted = row.getDouble("holdout");
        return new Terms(
                new Lots(noted == null ? holdout : noted, shares(arms, row.get(JsonArray.class, "shares")), shares),
                beliefs(arms, row.get(JsonArray.class, "posteriors")),
                beliefs);
    }

    private static Map<String, Double> shares(List<String> arms, JsonArray stored) {
        Map<String, Double> shares = new HashMap<>();
        for (int i = 0; i < arms.size(); i++) {
            shares.put(arms.get(i), stored.getDouble(i));
        }
        return shares;
    }

    private static Map<String, Double> beliefs(List<String> arms, JsonArray stored) {
        Map<String, Double> beliefs = new HashMap<>();
        for (int i = 0; i < arms.size(); i++) {
            beliefs.put(arms.get(i), PosteriorJson.mean(stored.getJsonObject(i)));
        }
        return Map.copyOf(beliefs);
    }
}
