package dev.bandolier.server.experiments;

import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.ReplayTable;
import dev.bandolier.server.ledger.ReplayTable.Replay;
import dev.bandolier.server.ledger.Transactions;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Attribution over again: what a source has reported is credited by the rules and definitions of now, after a mistake in
/// them was mended.
///
/// Holds no state; the table does. Callers are virtual threads.
public final class Replays {

    /// The most that are listed.
    static final int LISTED_MAX = 1_000;

    /// How far the clock of who asks may be ahead.
    private static final Duration AHEAD_MAX = Duration.ofMinutes(1);

    /// What is to be attributed over again.
    ///
    /// @param source  whose conversions
    /// @param from    those that arrived from then on
    /// @param to      those that arrived before
    /// @param metrics metrics that were reported under a wrong name, with the right one
    /// @param reason  why, in words
    record Order(String source, Instant from, Instant to, Map<String, String> metrics, String reason) {}

    private final Transactions transactions;
    private final ReplayTable table;
    private final AuditLog audit;
    private final Bell asked;
    private final InstantSource clock;

    /// The replays of this ledger.
    ///
    /// @param asked rung when there is something to attribute over again
    public Replays(Ledger ledger, Bell asked, InstantSource clock) {
        this.transactions = ledger.transactions();
        this.table = ledger.replays();
        this.audit = ledger.audit();
        this.asked = asked;
        this.clock = clock;
    }

    /// Begins a replay; conversions follow by themselves.
    ///
    /// @param actor who asks for it
    /// @throws Problem 409 if one of this source is not finished, 422 if there is nothing that it could be of
    Replay begin(Order order, String actor) {
        Instant now = clock.instant();
        if (order.to().isAfter(now.plus(AHEAD_MAX))) {
            throw Problem.field("to", "lies in the future; what arrives later is attributed as things are then");
        }
        Replay begun = transactions.run(connection -> begin(connection, order, actor, now));
        asked.ring();
        return begun;
    }

    private Replay begin(SqlConnection connection, Order order, String actor, Instant now) {
        String source = order.source();
        if (!table.heardOf(connection, source)) {
            throw Problem.field("source", "nothing was ever reported by '" + source + "'");
        }
        Replay begun = table.insert(
                        connection, source, order.from(), order.to(), order.metrics(), actor, order.reason(), now)
                .orElseThrow(() -> Problem.conflict("source: a replay of '" + source
                        + "' is not finished yet; GET /v1/replays shows how far it is"));
        String note = "attributed over again what arrived from source '" + source + "' since " + order.from()
                + " and before " + order.to() + ": " + order.reason();
        audit.append(connection, AuditLog.Entry.ofAll(actor, "replay", note, detail(begun), now));
        return begun;
    }

    /// The latest, the latest first.
    List<Replay> all() {
        return transactions.run(connection -> table.all(connection, LISTED_MAX));
    }

    /// The replay of this number.
    ///
    /// @throws Problem 404 if there is none
    Replay find(String id) {
        Optional<Replay> found = id.matches("[0-9]{1,18}")
                ? transactions.run(connection -> table.find(connection, Long.parseLong(id)))
                : Optional.empty();
        return found.orElseThrow(
                () -> Problem.notFound("there is no replay '" + id + "'; GET /v1/replays lists the latest"));
    }

    private static JsonObject detail(Replay replay) {
        JsonObject metrics = new JsonObject();
        replay.metrics().forEach(metrics::put);
        return new JsonObject()
                .put("id", replay.id())
                .put("source", replay.source())
                .put("from", replay.from().toString())
                .put("to", replay.to().toString())
                .put("metrics", metrics)
                .put("reason", replay.reason());
    }
}
