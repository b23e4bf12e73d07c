package dev.bandolier.server.receive;

import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.ledger.SourceSecret;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Caller;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/// `/v1/sources`: who may report conversions by webhook, and with which secrets.
final class SourceRoutes {

    private static final String ALL = "/v1/sources";
    private static final String ONE = "/v1/sources/:key";
    private static final String SECRETS = ONE + "/secrets";

    private final Sources sources;

    /// The routes over these sources.
    SourceRoutes(Sources sources) {
        this.sources = sources;
    }

    /// The endpoints of sources themselves.
    List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, ALL, this::list),
                new Endpoint(HttpMethod.POST, ALL, this::create),
                new Endpoint(HttpMethod.GET, ONE, call -> reply(200, show(sources.find(call.param("key"))))),
                new Endpoint(HttpMethod.PATCH, ONE, this::change),
                new Endpoint(HttpMethod.DELETE, ONE, this::delete),
                new Endpoint(HttpMethod.POST, SECRETS, this::add),
                new Endpoint(HttpMethod.DELETE, SECRETS + "/:id", this::remove));
    }

    private Reply list(Call call) {
        JsonArray all = new JsonArray();
        sources.all().forEach(each -> all.add(show(each)));
        return Reply.ok(new JsonObject().put("sources", all));
    }

    private Reply create(Call call) {
        Sources.Made<Source> made = sources.create(call.json(), call.actor());
        return reply(201, once(show(made.what()), made.secret()))
                .with("Location", ALL + "/" + made.what().key());
    }

    private Reply change(Call call) {
        return reply(200, show(sources.change(call.param("key"), call.json(), Caller.withRevision(call))));
    }

    private Reply delete(Call call) {
        sources.delete(call.param("key"), Caller.of(call));
        return Reply.nothing();
    }

    private Reply add(Call call) {
        Sources.Made<SourceSecret> made = sources.addSecret(call.param("key"), body(call), Caller.of(call));
        return Reply.json(201, once(show(made.what()), made.secret())).with("Cache-Control", "no-store");
    }

    /// The body of a request that need not have one.
    private static JsonObject body(Call call) {
        return call.body().length() == 0 ? new JsonObject() : call.json();
    }

    private Reply remove(Call call) {
        sources.removeSecret(call.param("key"), call.param("id"), Caller.of(call));
        return Reply.nothing();
    }

    private static Reply reply(int status, JsonObject source) {
        return Reply.json(status, source)
                .with("ETag", "\"" + source.getLong("revision") + "\"")
                .with("Cache-Control", "no-store");
    }

    /// What was made, with its secret if that was made here: no other answer ever holds it.
    private static JsonObject once(JsonObject shown, Clear secret) {
        return secret.generated() ? shown.put("secret", secret.text()) : shown;
    }

    private static JsonObject show(Source source) {
        JsonArray secrets = new JsonArray();
        source.secrets().forEach(each -> secrets.add(show(each)));
        return new JsonObject()
                .put("key", source.key())
                .put("kind", source.kind())
                .put("enabled", source.enabled())
                .put("options", source.options())
                .put("address", "/v1/webhooks/" + source.key())
                .put("secrets", secrets)
                .put("revision", source.revision())
                .put("createdAt", source.createdAt().toString())
                .put("changedAt", source.changedAt().toString());
    }

    private static JsonObject show(SourceSecret secret) {
        JsonObject shown = new JsonObject()
                .put("id", secret.id().toString())
                .put("hint", secret.hint())
                .put("addedAt", secret.addedAt().toString());
        secret.expiresAt().ifPresent(time -> shown.put("expiresAt", time.toString()));
        return shown;
    }
}
