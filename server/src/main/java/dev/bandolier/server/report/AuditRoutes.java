package dev.bandolier.server.report;

import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Optional;

/// `GET /v1/audit`: who changed what, and why, the latest first.
public final class AuditRoutes {

    private static final int LIMIT_DEFAULT = 50;
    private static final int LIMIT_MAX = 200;
    private static final int TEXT_MAX = 200;

    private final Pool pool;
    private final AuditLog log;

    /// The route over this log.
    public AuditRoutes(Ledger ledger) {
        this.pool = ledger.pool();
        this.log = ledger.audit();
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.GET, "/v1/audit", this::latest));
    }

    private Reply latest(Call call) {
        int limit = call.number("limit", LIMIT_DEFAULT, 1, LIMIT_MAX);
        long before = call.number("before", 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
        // One more than is shown says whether there are more.
        List<AuditLog.Stored> found = log.latest(pool, wanted(call), before, limit + 1);
        boolean more = found.size() > limit;
        List<AuditLog.Stored> page = more ? found.subList(0, limit) : found;
        JsonArray entries = new JsonArray();
        page.forEach(each -> entries.add(show(each)));
        return Reply.ok(new JsonObject()
                .put("entries", entries)
                .put("next", more ? page.getLast().id() : null));
    }

    private static AuditLog.Wanted wanted(Call call) {
        return new AuditLog.Wanted(call.query("experiment"), call.query("actor"), call.query("action"), text(call));
    }

    private static Optional<String> text(Call call) {
        Optional<String> text = call.query("text");
        if (text.filter(each -> each.length() > TEXT_MAX).isPresent()) {
            throw Problem.field("text", "must be at most " + TEXT_MAX + " characters");
        }
        return text.filter(each -> !each.isBlank());
    }

    private static JsonObject show(AuditLog.Stored stored) {
        AuditLog.Entry entry = stored.entry();
        return new JsonObject()
                .put("id", stored.id())
                .put("at", entry.at().toString())
                .put("experiment", entry.key().orElse(null))
                .put("actor", entry.actor())
                .put("action", entry.action())
                .put("note", entry.note())
                .put("detail", entry.detail());
    }
}
