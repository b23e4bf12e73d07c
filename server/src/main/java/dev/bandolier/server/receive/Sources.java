package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.AuditLog;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import dev.bandolier.server.ledger.SourceTable;
import dev.bandolier.server.platform.PlatformKind;
import dev.bandolier.server.platform.SecretText;
import dev.bandolier.server.wire.Caller;
import dev.bandolier.server.wire.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/// The sources as their owners change them: every change is one transaction that grows the revision and is written in
/// the audit log, which never holds a secret.
///
/// A source always has a secret that does not expire, and at most one that does: the one before, during a rotation. What
/// has expired is as good as gone: it is not shown, and forgotten with the next change of secrets. Holds no state; the
/// table does. Callers are virtual threads.
final class Sources {

    /// What was made, with the secret that belongs to it.
    ///
    /// @param what   as it is stored
    /// @param secret in the clear
    record Made<T>(T what, Clear secret) {}

    private final Ledger ledger;
    private final SourceTable table;
    private final Vault vault;
    private final Senders senders;
    private final InstantSource clock;
    private final SecureRandom random;
    private final int sourcesMax;

    /// The sources of this ledger.
    ///
    /// @param sourcesMax the most there may be
    /// @param vault      seals their secrets
    /// @param senders    told to read again when something has changed
    /// @param random     makes secrets and nonces
    Sources(int sourcesMax, Ledger ledger, Vault vault, Senders senders, InstantSource clock, SecureRandom random) {
        this.sourcesMax = sourcesMax;
        this.ledger = ledger;
        this.table = ledger.sources();
        this.vault = vault;
        this.senders = senders;
        this.clock = clock;
        this.random = random;
    }

    /// All of them, by key.
    List<Source> all() {
        Instant now = clock.instant();
        return table.all(ledger.pool()).stream().map(each -> shown(each, now)).toList();
    }

    /// The source with this key.
    ///
    /// @throws Problem 404 if there is none
    Source find(String key) {
        return shown(existing(table.find(ledger.pool(), key), key), clock.instant());
    }

    /// A new source with its first secret.
    ///
    /// @throws Problem 409 if the key is taken or there are as many as may be, 422 naming what is wrong
    Made<Source> create(JsonObject body, String actor) {
        SourceRequest.Create request = SourceRequest.create(body, random);
        String key = request.key();
        Source created = ledger.transactions().run(connection -> {
            Instant now = clock.instant();
            long others = table.countAlone(connection);
            long id = table.insert(connection, key, request.kind().text(), request.enabled(), request.options(), now)
                    .orElseThrow(() -> Problem.conflict(
                            "key: there is a source '" + key + "' already; PATCH it or choose another key"));
            if (others >= sourcesMax) {
                throw Problem.conflict("there are " + others + " sources, the most that BANDOLIER_SOURCES_MAX allows;"
                        + " delete one that is no longer used");
            }
            store(connection, id, request.secret(), now);
            Source source = existing(table.find(connection, key), key);
            audit(
                    connection,
                    actor,
                    "create-source",
                    "created source '" + key + "' of kind " + source.kind(),
                    state(source)
                            .put("source", key)
                            .put("kind", source.kind())
                            .put("secret", named(source.secrets().getFirst())),
                    now);
            return source;
        });
        senders.changed();
        return new Made<>(created, request.secret());
    }

    /// Switches a source on or off, or gives it other options.
    ///
    /// @throws Problem 404, 412 if the caller has not seen it as it is now, 422 naming what is wrong
    Source change(String key, JsonObject body, Caller caller) {
        return changed(key, caller, (connection, before) -> {
            Instant now = clock.instant();
            SourceRequest.Change request = SourceRequest.change(body, kind(before), before.enabled(), before.options());
            if (!table.update(connection, before, request.enabled(), request.options(), now)) {
                throw Caller.tooSlow(key);
            }
            Source after = existing(table.find(connection, key), key);
            JsonObject detail = new JsonObject()
                    .put("source", key)
                    .put("before", state(before))
                    .put("after", state(after));
            audit(connection, caller.actor(), "change-source", note(before, after), detail, now);
            return shown(after, now);
        });
    }

    /// Deletes a source; its conversions stay.
    ///
    /// @throws Problem 404, 412 if the caller has not seen it as it is now
    void delete(String key, Caller caller) {
        changed(key, caller, (connection, before) -> {
            Instant now = clock.instant();
            if (!table.delete(connection, before, now)) {
                throw Caller.tooSlow(key);
            }
            JsonObject detail = state(before).put("source", key).put("kind", before.kind());
            String note = "deleted source '" + key + "' with its secrets; its conversions stay";
            audit(connection, caller.actor(), "delete-source", note, detail, now);
            return before;
        });
    }

    /// One more secret; the one before stays valid for the overlap.
    ///
    /// @throws Problem 404, 412 if the caller has not seen the source as it is now, 409 if two are valid, 422 naming what
    ///                 is wrong
    Made<SourceSecret> addSecret(String key, JsonObject body, Caller caller) {
        return changed(key, caller, (connection, before) -> {
            Instant now = clock.instant();
            SourceRequest.AddSecret request = SourceRequest.addSecret(body, kind(before), random);
            List<SourceSecret> valid = before.validAt(now);
            if (valid.size() > 1) {
                throw Problem.conflict("'" + key + "' has two valid secrets already; delete one first, as in DELETE"
                        + " /v1/sources/" + key + "/secrets/" + valid.getFirst().id() + ", the one before, which ends"
                        + " in " + valid.getFirst().hint());
            }
            growWithoutExpired(connection, before, now);
            valid.forEach(each -> retire(connection, before, each, request.overlap(), now));
            UUID id = store(connection, before.id(), request.secret(), now);
            SourceSecret added = existing(table.find(connection, key), key).secrets().stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
            JsonObject detail = new JsonObject()
                    .put("source", key)
                    .put("secret", named(added))
                    .put("overlap", request.overlap().toString());
            String note = "added a secret to source '" + key + "'; the one before stays valid for " + request.overlap();
            audit(connection, caller.actor(), "add-secret", note, detail, now);
            return new Made<>(added, request.secret());
        });
    }

    /// Forgets a secret, at once. The one that is left no longer expires.
    ///
    /// @throws Problem 404 if the source has no valid secret of this name, 409 if it is the last one, 412 if the caller
    ///                 has not seen the source as it is now
    void removeSecret(String key, String id, Caller caller) {
        changed(key, caller, (connection, before) -> {
            Instant now = clock.instant();
            List<SourceSecret> valid = before.validAt(now);
            SourceSecret gone = valid.stream()
                    .filter(each -> each.id().toString().equals(id))
                    .findFirst()
                    .orElseThrow(() -> Problem.notFound("source '" + key + "' has no valid secret '" + id + "'"));
            if (valid.size() == 1) {
                throw Problem.conflict("it is the last secret of '" + key + "'; add another first, or delete the"
                        + " source, or disable it");
            }
            growWithoutExpired(connection, before, now);
            table.remove(connection, before.id(), gone.id());
            valid.forEach(each -> table.expire(connection, before.id(), each.id(), Optional.empty()));
            JsonObject detail = new JsonObject().put("source", key).put("secret", named(gone));
            String note = "deleted a secret of source '" + key + "', which ended in " + gone.hint();
            audit(connection, caller.actor(), "delete-secret", note, detail, now);
            return before;
        });
    }

    private <T> T changed(String key, Caller caller, BiFunction<SqlConnection, Source, T> change) {
        T result = ledger.transactions().run(connection -> {
            Source before = existing(table.find(connection, key), key);
            caller.mustHaveSeen(key, before.revision());
            return change.apply(connection, before);
        });
        senders.changed();
        return result;
    }

    private void growWithoutExpired(SqlConnection connection, Source before, Instant now) {
        if (!table.grow(connection, before, now)) {
            throw Caller.tooSlow(before.key());
        }
        before.secrets().stream()
                .filter(each -> !each.validAt(now))
                .forEach(each -> table.remove(connection, before.id(), each.id()));
    }

    private void retire(SqlConnection connection, Source source, SourceSecret secret, Duration overlap, Instant now) {
        if (overlap.isZero()) {
            table.remove(connection, source.id(), secret.id());
        } else {
            table.expire(connection, source.id(), secret.id(), Optional.of(now.plus(overlap)));
        }
    }

    private UUID store(SqlConnection connection, long source, Clear secret, Instant now) {
        UUID id = UUID.randomUUID();
        byte[] sealed = vault.seal(random, source, id, secret.text());
        table.add(
                connection,
                source,
                new SourceSecret(id, sealed, SecretText.hint(secret.text()), now, Optional.empty()));
        return id;
    }

    private void audit(
            SqlConnection connection, String actor, String action, String note, JsonObject detail, Instant now) {
        ledger.audit().append(connection, AuditLog.Entry.ofAll(actor, action, note, detail, now));
    }

    private static Source shown(Source source, Instant now) {
        return source.with(source.validAt(now));
    }

    private static Source existing(Optional<Source> found, String key) {
        return found.orElseThrow(
                () -> Problem.notFound("there is no source '" + key + "'; GET /v1/sources lists them"));
    }

    private static PlatformKind kind(Source source) {
        return PlatformKind.of(source.kind())
                .orElseThrow(() -> Problem.conflict("'" + source.key() + "' is of kind '" + source.kind()
                        + "', which this server does not know; delete it and create it anew"));
    }

    private static JsonObject state(Source source) {
        return new JsonObject().put("enabled", source.enabled()).put("options", source.options());
    }

    private static JsonObject named(SourceSecret secret) {
        return new JsonObject().put("id", secret.id().toString()).put("hint", secret.hint());
    }

    private static String note(Source before, Source after) {
        String options = before.options().equals(after.options()) ? "" : "changed the options of";
        String enabled = before.enabled() == after.enabled() ? "" : after.enabled() ? "enabled" : "disabled";
        String verbs = options.isEmpty() || enabled.isEmpty() ? options + enabled : enabled + " and " + options;
        return (verbs.isEmpty() ? "changed nothing of" : verbs) + " source '" + after.key() + "'";
    }
}
