package dev.bandolier.server.receive;

import dev.bandolier.server.Settings;
import dev.bandolier.server.ledger.Source;
import dev.bandolier.server.receive.Receipts.What;
import dev.bandolier.server.wire.Call;
import dev.bandolier.server.wire.Endpoint;
import dev.bandolier.server.wire.Problem;
import dev.bandolier.server.wire.Reply;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `POST /v1/conversions`: one object, an array, or a line each.
final class ReceiveRoutes {

    private final Receiver receiver;
    private final Receipts receipts;
    private final Settings settings;

    /// The routes of reports that need no source.
    ReceiveRoutes(Receiver receiver, Receipts receipts, Settings settings) {
        this.receiver = receiver;
        this.receipts = receipts;
        this.settings = settings;
    }

    /// The endpoints of this room.
    List<Endpoint> endpoints() {
        return List.of(new Endpoint(HttpMethod.POST, "/v1/conversions", this::conversions, this::failed));
    }

    /// Counts a request that failed as a whole.
    private Throwable failed(Map<String, String> path, Throwable failure) {
        // What was refused by a field is counted already.
        if (!(failure instanceof Problem problem && problem.status() == 422)) {
            Failures.reason(failure).ifPresent(reason -> {
                receipts.count(Source.API, What.DELIVERY, "", 1);
                receipts.count(Source.API, What.REFUSED, reason, 1);
            });
        }
        return failure;
    }

    private List<Verdict> receive(List<Optional<JsonObject>> reports) {
        List<Verdict> verdicts = receiver.receive(reports);
        int accepted = 0;
        int duplicates = 0;
        for (int i = 0; i < verdicts.size(); i++) {
            switch (verdicts.get(i)) {
                case Verdict.Accepted each -> accepted++;
                case Verdict.Duplicate each -> duplicates++;
                case Verdict.Refused refused -> count(refused, reports.get(i));
            }
        }
        receipts.count(Source.API, What.DELIVERY, "", 1);
        if (accepted > 0) {
            receipts.count(Source.API, What.ACCEPTED, "", accepted);
        }
        if (duplicates > 0) {
            receipts.count(Source.API, What.DUPLICATE, "", duplicates);
        }
        return verdicts;
    }

    private void count(Verdict.Refused refused, Optional<JsonObject> report) {
        Instant now = settings.clock().instant();
        JsonObject item = report.orElseGet(JsonObject::new);
        receipts.count(Source.API, What.REFUSED, FieldReasons.of(refused.error().field()), 1);
        receipts.note(FieldReasons.refused(Source.API, now, refused.error(), "", Optional.empty(), item));
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
        Verdict verdict = receive(List.of(Optional.of(report))).getFirst();
        if (verdict instanceof Verdict.Refused refused) {
            throw Problem.fields(List.of(refused.error()));
        }
        return Reply.json(202, verdict.write(new JsonObject()));
    }

    private Reply many(List<Optional<JsonObject>> reports) {
        if (reports.isEmpty()) {
            throw Problem.malformed("the body holds no conversion");
        }
        int itemsMax = settings.receive().itemsMax();
        if (reports.size() > itemsMax) {
            throw Problem.of(
                    413, "Too large", reports.size() + " conversions; " + itemsMax + " are the most per request");
        }
        List<Verdict> verdicts = receive(reports);
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
            items.add(verdicts.get(i).write(new JsonObject().put("index", i)));
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
