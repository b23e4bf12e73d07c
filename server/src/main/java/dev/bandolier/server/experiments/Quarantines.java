package dev.bandolier.server.experiments;

import dev.bandolier.bandits.OriginKey;
import dev.bandolier.bandits.OriginKeys;
import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.QuarantineTable;
import dev.bandolier.server.ledger.QuarantineTable.Quarantine;
import dev.bandolier.server.ledger.Transactions;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The sources and origins whose conversions are taken back, and no longer counted, until they are released.
///
/// Holds no state; the table does. Callers are virtual threads.
public final class Quarantines {

    /// The most that are listed.
    static final int LISTED_MAX = 1_000;

    private final Transactions transactions;
    private final QuarantineTable table;
    private final AuditLog audit;
    private final byte[] secret;
    private final Bell changed;
    private final InstantSource clock;

    /// The quarantines of this ledger.
    ///
    /// @param secret  secret of the server, under which origins are hashed
    /// @param changed rung when there is something to settle again
    public Quarantines(Ledger ledger, byte[] secret, Bell changed, InstantSource clock) {
        this.transactions = ledger.transactions();
        this.table = ledger.quarantines();
        this.audit = ledger.audit();
        this.secret = secret.clone();
        this.changed = changed;
        this.clock = clock;
    }

    /// Puts a source under quarantine.
    ///
    /// @param actor who asks for it
    /// @throws Problem 409 if it is already
    Quarantine source(String source, String reason, String actor) {
        return put(Optional.of(source), Optional.empty(), reason, actor);
    }

    /// Puts an origin under quarantine.
    ///
    /// @param origin as its reporter names it; only its keyed hash goes further
    /// @param actor  who asks for it
    /// @throws Problem 409 if it is already
    Quarantine origin(String origin, String reason, String actor) {
        return put(Optional.empty(), Optional.of(new OriginKeys(secret).of(origin)), reason, actor);
    }

    private Quarantine put(Optional<String> source, Optional<OriginKey> origin, String reason, String actor) {
        Instant now = clock.instant();
        String whose = source.map(each -> "source '" + each + "'").orElse("an origin");
        Quarantine put = transactions.run(connection -> {
            Quarantine inserted = table.insert(connection, source, origin, reason, now)
                    .orElseThrow(() -> Problem.conflict((source.isPresent() ? "source" : "origin")
                            + ": is under quarantine already; GET /v1/quarantines lists them"));
            String note = "put " + whose + " under quarantine, so that its conversions weigh nothing: " + reason;
            audit.append(connection, AuditLog.Entry.ofAll(actor, "quarantine", note, detail(inserted), now));
            return inserted;
        });
        changed.ring();
        return put;
    }

    /// Those in force, the latest first.
    List<Quarantine> all() {
        return transactions.run(connection -> table.all(connection, LISTED_MAX));
    }

    /// Ends a quarantine: what it took back is counted again.
    ///
    /// @param actor who asks for it
    /// @throws Problem 404 if there is none of this number in force
    void release(String id, String actor) {
        boolean released = id.matches("[0-9]{1,18}")
                && transactions.run(connection -> release(connection, Long.parseLong(id), actor));
        if (!released) {
            throw Problem.notFound("there is no quarantine '" + id + "' in force; GET /v1/quarantines lists them");
        }
        changed.ring();
    }

    private boolean release(SqlConnection connection, long id, String actor) {
        Instant now = clock.instant();
        Optional<Quarantine> released = table.release(connection, id, now);
        String note = "released quarantine " + id + ", so that its conversions count again";
        released.ifPresent(
                each -> audit.append(connection, AuditLog.Entry.ofAll(actor, "release", note, detail(each), now)));
        return released.isPresent();
    }

    private static JsonObject detail(Quarantine quarantine) {
        JsonObject detail = new JsonObject().put("id", quarantine.id());
        quarantine.source().ifPresent(source -> detail.put("source", source));
        quarantine
                .origin()
                .ifPresent(origin -> detail.put("originKey", origin.uuid().toString()));
        return detail.put("reason", quarantine.reason());
    }
}
