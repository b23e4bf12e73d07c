package dev.bandolier.server;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The platforms as senders: what they say of an order of 49.90 euros and of its refund, and how they sign it, told once
/// more without the server's code.
enum Platforms {
    STRIPE("stripe"),
    SHOPIFY("shopify"),
    SEGMENT("segment"),
    STANDARD_WEBHOOKS("standard-webhooks"),
    CLOUDEVENTS("cloudevents"),
    JSON("json");

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    private final String kind;

    Platforms(String kind) {
        this.kind = kind;
    }

    /// A body, and the headers that go with it but for the signature.
    record Message(String body, List<String> headers) {

        Message {
            headers = List.copyOf(headers);
        }

        Message(String body, String... headers) {
            this(body, Arrays.asList(headers));
        }

        Message with(String other) {
            return new Message(other, headers);
        }
    }

    String kind() {
        return kind;
    }

    /// The secret of every source of this platform.
    String secret() {
        return this == STANDARD_WEBHOOKS
                ? "whsec_" + Base64.getEncoder().encodeToString(KEY)
                : new String(KEY, StandardCharsets.UTF_8);
    }

    /// Sets a source up whose key is the kind.
    void setUp(Api api) {
        setUp(api, kind);
    }

    void setUp(Api api, String key) {
        JsonObject source = new JsonObject().put("key", key).put("kind", kind).put("secret", secret());
        api.post("/v1/sources", source.encode()).with(201);
    }

    /// An order.
    ///
    /// @param number of its own
    Message order(long number, String unit, Instant at) {
        String id = id(number);
        return switch (this) {
            case STRIPE -> stripe("checkout.session.completed", at, """
                {"id":"cs_%d","object":"checkout.session","payment_status":"paid","payment_intent":"%s",
                 "client_reference_id":"%s","amount_total":4990,"currency":"eur"}\
                """.formatted(number, id, unit), "{}");
            case SHOPIFY -> new Message("""
                {"id":%s,"test":false,"financial_status":"paid","total_price":"49.90","currency":"EUR","processed_at":"%s",
                 "note_attributes":[{"name":"bandolier_unit","value":"%s"}]}\
                """.formatted(id, at, unit), "X-Shopify-Topic", "orders/paid");
            case SEGMENT -> segment("Order Completed", "m" + number, at, unit, """
                {"order_id":"%s","revenue":49.90,"currency":"EUR"}\
                """.formatted(id));
            case STANDARD_WEBHOOKS -> new Message("""
                {"type":"purchase","timestamp":"%s","data":%s}\
                """.formatted(at, plain(id, unit)), "webhook-id", "msg_" + number);
            case CLOUDEVENTS -> cloudEvent("e" + number, at, plain(id, unit));
            case JSON ->
                new Message(new JsonObject(plain(id, unit))
                        .put("metric", "purchase")
                        .put("at", at.toString())
                        .encode());
        };
    }

    /// The refund of the whole order of this number.
    Message refund(long number, String unit, Instant at) {
        String id = id(number);
        String reversal = "{\"id\":\"refund of " + id + "\",\"reverses\":\"" + id + "\"}";
        return switch (this) {
            case STRIPE -> stripe("charge.refunded", at, """
                {"id":"ch_%d","object":"charge","payment_intent":"%s","amount":4990,"amount_refunded":4990,
                 "refunded":true,"currency":"eur"}\
                """.formatted(number, id), "{\"amount_refunded\":0}");
            case SHOPIFY -> new Message("""
                {"id":%d,"order_id":%s,"created_at":"%s","transactions":[
                 {"id":1,"kind":"refund","status":"success","amount":"49.90","currency":"EUR"}]}\
                """.formatted(900_000 + number, id, at), "X-Shopify-Topic", "refunds/create");
            case SEGMENT -> segment("Order Refunded", "r" + number, at, unit, """
                {"order_id":"%s","total":49.90,"currency":"EUR"}\
                """.formatted(id));
            case STANDARD_WEBHOOKS -> new Message("""
                {"type":"purchase","timestamp":"%s","data":%s}\
                """.formatted(at, reversal), "webhook-id", "msg_r" + number);
            case CLOUDEVENTS -> cloudEvent("r" + number, at, reversal);
            case JSON ->
                new Message(new JsonObject(reversal)
                        .put("metric", "purchase")
                        .put("at", at.toString())
                        .encode());
        };
    }

    /// The id of the conversion that an order becomes.
    String id(long number) {
        return switch (this) {
            case STRIPE -> "pi_" + number;
            case SHOPIFY -> Long.toString(820_982_911_946_154_000L + number);
            default -> "order-" + number;
        };
    }

    /// The headers of a message that is signed now.
    List<String> sign(Message message, Instant now) {
        return sign(message, now, secret());
    }

    List<String> sign(Message message, Instant now, String secret) {
        List<String> headers = new ArrayList<>(message.headers());
        String body = message.body();
        byte[] text = secret.getBytes(StandardCharsets.UTF_8);
        long seconds = now.getEpochSecond();
        switch (this) {
            case STRIPE ->
                add(
                        headers,
                        "Stripe-Signature",
                        "t=" + seconds + ",v1=" + hex("HmacSHA256", text, seconds + "." + body));
            case SHOPIFY -> add(headers, "X-Shopify-Hmac-SHA256", base64(text, body));
            case SEGMENT -> add(headers, "X-Signature", hex("HmacSHA1", text, body));
            case STANDARD_WEBHOOKS -> {
                byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
                String id = message.headers().get(1);
                add(headers, "webhook-timestamp", Long.toString(seconds));
                add(headers, "webhook-signature", "v1," + base64(key, id + "." + seconds + "." + body));
            }
            case CLOUDEVENTS, JSON -> add(headers, "X-Signature", hex("HmacSHA256", text, body));
        }
        return headers;
    }

    /// Delivers a message, signed now, to the source whose key is the kind.
    Api.Answer deliver(Api api, Message message) {
        return post(api, kind, message.body(), sign(message, Instant.now()));
    }

    /// Sends a body with these headers.
    static Api.Answer post(Api api, String source, String body, List<String> headers) {
        return api.send(
                "POST", "/v1/webhooks/" + source, BodyPublishers.ofString(body), headers.toArray(String[]::new));
    }

    private static Message stripe(String type, Instant at, String object, String previous) {
        return new Message("""
            {"id":"evt_1","object":"event","type":"%s","created":%d,"livemode":true,
             "data":{"object":%s,"previous_attributes":%s}}\
            """.formatted(type, at.getEpochSecond(), object, previous));
    }

    private static Message segment(String event, String message, Instant at, String unit, String properties) {
        return new Message("""
            {"type":"track","event":"%s","messageId":"%s","timestamp":"%s","anonymousId":"%s","properties":%s}\
            """.formatted(event, message, at, unit, properties));
    }

    private static Message cloudEvent(String id, Instant at, String data) {
        return new Message("""
            {"specversion":"1.0","id":"%s","source":"/shop","type":"purchase","time":"%s","data":%s}\
            """.formatted(id, at, data), "Content-Type", "application/cloudevents+json");
    }

    private static String plain(String id, String unit) {
        return new JsonObject()
                .put("id", id)
                .put("unit", unit)
                .put("value", "49.90")
                .put("currency", "EUR")
                .encode();
    }

    private static void add(List<String> headers, String name, String value) {
        headers.add(name);
        headers.add(value);
    }

    private static String hex(String algorithm, byte[] key, String text) {
        return HexFormat.of().formatHex(mac(algorithm, key, text));
    }

    private static String base64(byte[] key, String text) {
        return Base64.getEncoder().encodeToString(mac("HmacSHA256", key, text));
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
