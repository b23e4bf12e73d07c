package dev.bandolier.server.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/// One answer, complete.
///
/// @param status  HTTP status
/// @param headers names and values
/// @param body    the bytes; empty for none
public record Reply(int status, Map<String, String> headers, Buffer body) {

    /// 200 with a JSON object.
    public static Reply ok(JsonObject body) {
        return json(200, body);
    }

    /// Any status with a JSON object.
    public static Reply json(int status, JsonObject body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body.toBuffer());
    }

    /// 204.
    public static Reply nothing() {
        return new Reply(204, Map.of(), Buffer.buffer());
    }

    /// This reply with one more header.
    public Reply with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Reply(status, Map.copyOf(more), body);
    }
}
