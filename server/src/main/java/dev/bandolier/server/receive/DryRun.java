package dev.bandolier.server.receive;

import dev.bandolier.server.Settings;
import dev.bandolier.server.platform.Delivery;
import dev.bandolier.server.platform.Refusal;
import dev.bandolier.server.platform.RefusedDelivery;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Fields;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// `POST /v1/sources/{key}/dry-run`: what a sample of a delivery would become. Nothing is stored, and nothing counted.
///
/// A sample whose signature is missing or wrong is read all the same: whoever sets a source up has samples of the
/// platform's documentation first, and signed ones later.
final class DryRun {

    private static final String NOT_CHECKED = "not-checked";

    /// What headers that prove something are called.
    private static final Pattern PROOF = Pattern.compile("signature|hmac|authorization");

    private final Receiver receiver;
    private final Gate gate;
    private final Settings settings;

    /// The route of these sources.
    DryRun(Receiver receiver, Gate gate, Settings settings) {
        this.receiver = receiver;
        this.gate = gate;
        this.settings = settings;
    }

    /// The endpoints of this room.
    List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.POST, "/v1/sources/:key/dry-run", this::run));
    }

    private Reply run(Call call) {
        String key = call.param("key");
        Sender sender = gate.findAnew(key)
                .orElseThrow(() -> Problem.notFound("there is no source '" + key + "'; GET /v1/sources lists them"));
        Delivery sample = sample(call.json());
        JsonObject answer = new JsonObject();
        check(sender, sample, answer);
        try {
            answer.put("items", new Rehearsal(receiver, key).items(gate.read(sender, sample)));
        } catch (RefusedDelivery why) {
            answer.put("refused", shown(why)).put("items", new JsonArray());
        }
        return Reply.ok(answer);
    }

    private Delivery sample(JsonObject request) {
        Fields in = Fields.of(request);
        Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
        Fields given = in.object("headers");
        for (String name : given.names()) {
            given.optionalText(name).ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), value));
        }
        if (!in.has("body")) {
            in.refuse("body", "is required: what the platform sends, as JSON, or as its raw text to check a signature");
        }
        in.nothingElse();
        in.done();
        Object body = request.getValue("body");
        Buffer bytes = body instanceof String raw ? Buffer.buffer(raw) : Json.encodeToBuffer(body);
        return new Delivery(headers, bytes, settings.clock().instant());
    }

    /// Says whether the sample is proven to come from who knows a secret of the source.
    private static void check(Sender sender, Delivery sample, JsonObject answer) {
        try {
            sender.platform().signature().check(sample, sender.secrets(sample.receivedAt()));
            answer.put("signature", "verified");
        } catch (RefusedDelivery why) {
            boolean unsigned = why.refusal() == Refusal.SIGNATURE_MISSING && !bearsProof(sender, sample);
            answer.put("signature", unsigned ? NOT_CHECKED : why.refusal().code());
            if (!unsigned) {
                answer.put("refused", shown(why));
            }
        }
    }

    /// Whether a sample was meant to be signed: then it matters that a part of the proof is missing.
    private static boolean bearsProof(Sender sender, Delivery sample) {
        JsonObject options = sender.source().options();
        String own = options.getValue("signature") instanceof JsonObject signature
                        && signature.getValue("header") instanceof String header
                ? header.toLowerCase(Locale.ROOT)
                : "";
        return sample.headers().keySet().stream()
                .anyMatch(name -> name.equals(own) || PROOF.matcher(name).find());
    }

    private static JsonObject shown(RefusedDelivery why) {
        return new JsonObject()
                .put("reason", why.refusal().code())
                .put("detail", why.getMessage())
                .put("fix", why.refusal().fix());
    }
}
