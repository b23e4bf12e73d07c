package dev.bandolier.server.experiments;

import dev.bandolier.bandits.OriginKey;
import dev.bandolier.server.ledger.QuarantineTable.Quarantine;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `/v1/quarantines`: whose conversions weigh nothing.
public final class QuarantineRoutes {

    private static final String ALL = "/v1/quarantines";

    private static final int NAME_CHARACTERS_MAX = 200;
    private static final int REASON_CHARACTERS_MAX = 500;

    private static final Pattern PRINTABLE = Pattern.compile("[\\p{Graph} ]+");

    private final Quarantines quarantines;

    /// The routes over these quarantines.
    public QuarantineRoutes(Quarantines quarantines) {
        this.quarantines = quarantines;
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(
                new Endpoint(HttpMethod.GET, ALL, this::list),
                new Endpoint(HttpMethod.POST, ALL, this::put),
                new Endpoint(HttpMethod.DELETE, ALL + "/:id", this::release));
    }

    private Reply list(Call call) {
        JsonArray all = new JsonArray();
        quarantines.all().forEach(each -> all.add(show(each)));
        return Reply.ok(new JsonObject().put("quarantines", all));
    }

    private Reply put(Call call) {
        Fields in = Fields.of(call.json());
        Optional<String> source = name(in, "source");
        Optional<String> origin = name(in, "origin");
        String reason = in.text("reason");
        if (reason.length() > REASON_CHARACTERS_MAX) {
            in.refuse("reason", "must be 1 to " + REASON_CHARACTERS_MAX + " characters");
        }
        in.nothingElse();
        in.done();
        if (source.isPresent() == origin.isPresent()) {
            throw Problem.field(
                    source.isPresent() ? "origin" : "source",
                    "name a 'source' or an 'origin', the one whose conversions are to weigh nothing");
        }
        String actor = call.actor();
        Quarantine put = source.map(each -> quarantines.source(each, reason, actor))
                .orElseGet(() -> quarantines.origin(origin.orElseThrow(), reason, actor));
        return Reply.json(201, show(put)).with("Location", ALL + "/" + put.id());
    }

    private Reply release(Call call) {
        quarantines.release(call.param("id"), call.actor());
        return Reply.nothing();
    }

    private static Optional<String> name(Fields in, String field) {
        Optional<String> text = in.optionalText(field);
        if (text.isPresent()
                && (text.get().length() > NAME_CHARACTERS_MAX
                        || !PRINTABLE.matcher(text.get()).matches())) {
            in.refuse(field, "must be 1 to " + NAME_CHARACTERS_MAX + " printable characters");
        }
        return text;
    }

    private static JsonObject show(Quarantine quarantine) {
        JsonObject json = new JsonObject().put("id", quarantine.id());
        quarantine.source().ifPresent(source -> json.put("source", source));
        quarantine.origin().map(OriginKey::uuid).ifPresent(key -> json.put("originKey", key.toString()));
        return json.put("reason", quarantine.reason())
                .put("since", quarantine.since().toString())
                .put("settled", quarantine.settled());
    }
}
