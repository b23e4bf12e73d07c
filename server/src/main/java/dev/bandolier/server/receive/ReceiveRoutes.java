package dev.bandolier.server.receive;

import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Board;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.postgres.Bell;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `POST /v1/conversions`: one object, an array, or a line each.
public final class ReceiveRoutes {

    private final Receiver receiver;
    private final int itemsMax;

    /// The routes over these logs.
    ///
    /// @param vertx    makes the event loops of the lanes
    /// @param settings limits
    /// @param secret   secret of the server
    /// @param board    which experiments count what
    /// @param bell     rung when the log has grown
    public ReceiveRoutes(Vertx vertx, Settings settings, byte[] secret, Board board, Ledger ledger, Bell bell) {
        this.receiver = new Receiver(vertx, settings, secret, board, ledger, bell);
        this.itemsMax = settings.receive().itemsMax();
    }

    /// The endpoints of this room.
    public List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.POST, "/v1/conversions", this::conversions));
    }

    private Reply conversions(Call call) {
        String type = call.header("content-type").orElse("application/json");
        return switch (mediaType(type)) {
            case "application/x-ndjson" -> many(lines(call.body()));
            case "application/json" -> json(call.body());
            default ->
                throw Problem.of(
                        415, "Unsupported media type", "send application/json or application/x-ndjson, not " + type);
        };
    }

    /// The media type without its parameters; its case means nothing.
    private static String mediaType(String header) {
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private Reply json(Buffer body) {
        return switch (value(body)) {
            case JsonObject single -> one(single);
            case JsonArray several -> many(objects(several));
            default -> throw Problem.malformed("the body is neither a JSON object nor an array of them");
        };
    }

    private Reply one(JsonObject report) {
        Verdict verdict = receiver.receive(List.of(Optional.of(report))).getFirst();
        if (verdict instanceof Verdict.Refused refused) {
            throw Problem.fields(List.of(refused.error()));
        }
        return Reply.json(202, verdict.json());
    }

    private Reply many(List<Optional<JsonObject>> reports) {
        if (reports.isEmpty()) {
            throw Problem.malformed("the body holds no conversion");
        }
        if (reports.size() > itemsMax) {
            throw Problem.of(
                    413, "Too large", reports.size() + " conversions; " + itemsMax + " are the most per request");
        }
        List<Verdict> verdicts = receiver.receive(reports);
        JsonArray items = new JsonArray();
        int accepted = 0;
        int duplicates = 0;
        int refused = 0;
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case Verdict.Accepted each -> accepted++;
                case Verdict.Duplicate each -> duplicates++;
                case Verdict.Refused each -> refused++;
            }
            items.add(new JsonObject().put("index", i).mergeIn(verdicts.get(i).json()));
        }
        JsonObject body = new JsonObject()
                .put("accepted", accepted)
                .put("duplicates", duplicates)
                .put("refused", refused)
                .put("items", items);
        return Reply.json(refused == verdicts.size() ? 422 : 202, body);
    }

    private static Object value(Buffer body) {
        try {
            Object value = Json.decodeValue(body);
            return value == null ? "null" : value;
        } catch (DecodeException e) {
            throw Problem.malformed("the body is not JSON: " + Call.firstLine(e));
        }
    }

    private static List<Optional<JsonObject>> objects(JsonArray array) {
        List<Optional<JsonObject>> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(array.getValue(i) instanceof JsonObject object ? Optional.of(object) : Optional.empty());
        }
        return objects;
    }

    private static List<Optional<JsonObject>> lines(Buffer body) {
        return body.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(ReceiveRoutes::line)
                .toList();
    }

    /// The object of a line, if it is one; a line that is none costs its neighbours nothing.
    private static Optional<JsonObject> line(String line) {
        try {
            return Optional.of(new JsonObject(line));
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
