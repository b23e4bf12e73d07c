package dev.bandolier.loadtest.demo;

import dev.bandolier.loadtest.api.Answer;
import dev.bandolier.loadtest.api.Api;
import dev.bandolier.loadtest.api.CommandFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The payment provider of the shop: reports orders and refunds by signed webhooks, and now and then somebody who does not
/// know the secret tries to.
///
/// Confined to one event loop.
final class Payments {

    static final String SOURCE = "payments";

    /// Known to everybody who reads this, as everything in a demo is.
    private static final String SECRET = "demo-secret-of-the-payment-provider";

    private static final String FORGED = "a-guess-at-the-secret-of-the-provider";
    private static final String ALGORITHM = "HmacSHA256";

    /// One in so many deliveries is followed by a forged one.
    private static final int FORGED_EVERY = 40;

    private final Api api;
    private long deliveries;
    private long forged;

    Payments(Api api) {
        this.api = api;
    }

    /// Makes the source that the webhooks go to, unless there is one. Blocks.
    ///
    /// @throws CommandFailure if it cannot be made
    void setUp() {
        JsonObject source =
                new JsonObject().put("key", SOURCE).put("kind", "json").put("secret", SECRET);
        Answer answer = api.await(api.post("/v1/sources", source.toBuffer()));
        if (answer.status() != 201 && answer.status() != 409) {
            throw new CommandFailure("could not create source '" + SOURCE + "': " + answer.problem());
        }
    }

    /// Delivers orders and refunds.
    Future<Answer> deliver(JsonArray events) {
        if (++deliveries % FORGED_EVERY == 0) {
            forged++;
            send(events, FORGED);
        }
        return send(events, SECRET);
    }

    private Future<Answer> send(JsonArray events, String secret) {
        Buffer body = events.toBuffer();
        return api.post("/v1/webhooks/" + SOURCE, body, Map.of("X-Signature", signature(body, secret)));
    }

    /// Deliveries with a wrong signature.
    long forged() {
        return forged;
    }

    private static String signature(Buffer body, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes()));
        } catch (GeneralSecurityException e) {
            // Every JDK has this algorithm and takes a key of any length.
            throw new IllegalStateException(e);
        }
    }
}
