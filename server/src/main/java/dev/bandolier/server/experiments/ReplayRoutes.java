package dev.bandolier.server.experiments;

import dev.bandolier.bandits.Names;
import dev.bandolier.server.ledger.ReplayTable.Replay;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `/v1/replays`: attribution over again.
public final class ReplayRoutes {

    private static final String ALL = "/v1/replays";

    private static final int REASON_CHARACTERS_MAX = 500;
    private static final int METRICS_MAX = 50;

    private final Replays replays;

    /// The routes over these replays.
    public ReplayRoutes(Replays replays) {
        this.replays = replays;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.POST, ALL, this::begin),
                new Endpoint(HttpMethod.GET, ALL, this::list),
                new Endpoint(HttpMethod.GET, ALL + "/:id", this::find));
    }

    private Reply begin(Call call) {
        Replay begun = replays.begin(order(Fields.of(call.json())), call.actor());
        return Reply.json(202, show(begun)).with("Location", ALL + "/" + begun.id());
    }

    private Reply list(Call call) {
        JsonArray all = new JsonArray();
        replays.all().forEach(each -> all.add(show(each)));
        return Reply.ok(new JsonObject().put("replays", all));
    }

    private Reply find(Call call) {
        return Reply.ok(show(replays.find(call.param("id"))));
    }

    private static Replays.Order order(Fields in) {
        String source = in.text("source");
        if (!source.isEmpty() && !Names.valid(source)) {
            in.refuse("source", Names.RULE);
        }
        Instant from = time(in, "from");
        Instant to = time(in, "to");
        if (in.clean() && !from.isBefore(to)) {
            in.refuse("to", "must be after 'from'");
        }
        Map<String, String> metrics = metrics(in);
        String reason = in.text("reason");
        if (reason.length() > REASON_CHARACTERS_MAX) {
            in.refuse("reason", "must be 1 to " + REASON_CHARACTERS_MAX + " characters");
        }
        in.nothingElse();
        in.done();
        return new Replays.Order(source, from, to, metrics, reason);
    }

    private static Instant time(Fields in, String name) {
        Optional<Instant> time = in.time(name);
        if (time.isEmpty() && !in.has(name)) {
            in.refuse(name, "is required: a time with a zone, as in 2026-11-21T10:00:00Z");
        }
        return time.orElse(Instant.EPOCH);
    }

    private static Map<String, String> metrics(Fields in) {
        Fields given = in.object("metrics");
        Map<String, String> metrics = new TreeMap<>();
        for (String wrong : given.names()) {
            String right = given.text(wrong);
            if (!Names.valid(wrong)) {
                given.refuse(wrong, "is the name of no metric: it " + Names.RULE);
            } else if (!right.isEmpty() && !Names.valid(right)) {
                given.refuse(wrong, Names.RULE);
            }
            metrics.put(wrong, right);
        }
        if (metrics.size() > METRICS_MAX) {
            in.refuse("metrics", "must be at most " + METRICS_MAX);
        }
        return metrics;
    }

    private static JsonObject show(Replay replay) {
        JsonObject metrics = new JsonObject();
        replay.metrics().forEach(metrics::put);
        JsonObject json = new JsonObject()
                .put("id", replay.id())
                .put("source", replay.source())
                .put("from", replay.from().toString())
                .put("to", replay.to().toString())
                .put("metrics", metrics)
                .put("actor", replay.actor())
                .put("reason", replay.reason())
                .put("startedAt", replay.startedAt().toString());
        replay.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
        return json.put("walked", replay.walked()).put("changed", replay.changed());
    }
}
