package dev.bandolier.server.platform;

import dev.bandolier.server.wire.Fields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A delivery on its way to a source.
///
/// @param signature  of the source
/// @param secrets    of the source
/// @param headers    names in lower case
/// @param body       the raw bytes
/// @param receivedAt by the clock of the server
record Sent(Signature signature, List<String> secrets, Map<String, String> headers, String body, Instant receivedAt) {

    /// The signature of a source with these options.
    static Signature signature(PlatformKind kind, String options) {
        Fields fields = Fields.of(new JsonObject(options));
        Signature signature = Signatures.of(kind, fields);
        fields.nothingElse();
        fields.done();
        return signature;
    }

    /// The same delivery with another header; without it if the value is null.
    Sent with(String name, String value) {
        Map<String, String> others = new LinkedHashMap<>(headers);
        others.remove(name);
        if (value != null) {
            others.put(name, value);
        }
        return new Sent(signature, secrets, others, body, receivedAt);
    }

    /// The same headers before another body.
    Sent withBody(String other) {
        return new Sent(signature, secrets, headers, other, receivedAt);
    }

    /// The same delivery to a source of these secrets.
    Sent to(String... others) {
        return new Sent(signature, List.of(others), headers, body, receivedAt);
    }

    /// The same delivery to a source with another signature.
    Sent to(Signature other) {
        return new Sent(other, secrets, headers, body, receivedAt);
    }

    /// The same delivery at another time.
    Sent at(Instant time) {
        return new Sent(signature, secrets, headers, body, time);
    }

    /// Why it is refused; nothing if it is accepted. Whatever else is thrown is not caught.
    Optional<Refusal> refusal() {
        return refused().map(RefusedDelivery::refusal);
    }

    /// The refusal; nothing if it is accepted.
    Optional<RefusedDelivery> refused() {
        return refused(body.getBytes(StandardCharsets.UTF_8));
    }

    /// The refusal with these bytes as the body, which need not be a text.
    Optional<RefusedDelivery> refused(byte[] bytes) {
        try {
            signature.check(new Delivery(headers, Buffer.buffer(bytes), receivedAt), secrets);
            return Optional.empty();
        } catch (RefusedDelivery e) {
            return Optional.of(e);
        }
    }
}
