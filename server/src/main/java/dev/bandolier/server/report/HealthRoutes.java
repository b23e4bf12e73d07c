package dev.bandolier.server.report;

import dev.bandolier.server.ledger.Installation;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;

/// `GET /health/live` and `/health/ready`: whether the process runs, and whether it can do its work.
public final class HealthRoutes {

    private final Pool pool;
    private final Installation installation;

    /// The routes over this database.
    public HealthRoutes(Ledger ledger) {
        this.pool = ledger.pool();
        this.installation = ledger.installation();
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, "/health/live", call -> Reply.ok(new JsonObject().put("status", "up"))),
                new Endpoint(HttpMethod.GET, "/health/ready", this::ready));
    }

    private Reply ready(Call call) {
        try {
            installation.ping(pool);
            return Reply.ok(new JsonObject().put("status", "up").put("database", "up"));
        } catch (Exception e) {
            return Reply.json(
                    503,
                    new JsonObject()
                            .put("status", "degraded")
                            .put("database", "away")
                            .put("decisions", "fallback"));
        }
    }
}
