package dev.bandolier.server.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Senders of every scheme, whose signatures OpenSSL makes.
enum Senders {
    STANDARD_WEBHOOKS {
        @Override
        Sent send(String body) {
            return standard(SHARED, body, "v1," + hmac64(Base64.getDecoder().decode(SHARED.substring(6)), body));
        }

        private String hmac64(byte[] key, String body) {
            return base64(OpenSsl.hmac("sha256", key, (ID + "." + SECONDS + "." + body).getBytes(UTF_8)));
        }
    },
    STANDARD_WEBHOOKS_ED25519 {
        @Override
        Sent send(String body) {
            byte[] signed = (ID + "." + SECONDS + "." + body).getBytes(UTF_8);
            return standard(PUBLIC, body, "v1a," + base64(OpenSsl.ed25519(PRIVATE_HEX, signed)));
        }
    },
    STRIPE {
        @Override
        Sent send(String body) {
            String signature = hex("sha256", SECRET, SECONDS + "." + body);
            return sent(PlatformKind.STRIPE, "{}", body, "stripe-signature", "t=" + SECONDS + ",v1=" + signature);
        }
    },
    SHOPIFY {
        @Override
        Sent send(String body) {
            String signature = base64(OpenSsl.hmac("sha256", SECRET.getBytes(UTF_8), body.getBytes(UTF_8)));
            return sent(PlatformKind.SHOPIFY, "{}", body, "x-shopify-hmac-sha256", signature)
                    .with("x-shopify-topic", "orders/paid");
        }
    },
    SEGMENT {
        @Override
        Sent send(String body) {
            return sent(PlatformKind.SEGMENT, "{}", body, "x-signature", hex("sha1", SECRET, body));
        }
    },
    /// The one event in an array, of which only it is signed.
    SEGMENT_ARRAY {
        @Override
        Sent send(String body) {
            return SEGMENT.send(body).withBody("[" + body + "]");
        }
    },
    HMAC_SHA256_HEX {
        @Override
        Sent send(String body) {
            return sent(PlatformKind.JSON, "{}", body, "x-signature", hex("sha256", SECRET, body));
        }
    },
    HMAC_SHA1_UPPER_HEX {
        @Override
        Sent send(String body) {
            String options = "{\"signature\":{\"algorithm\":\"hmac-sha1\"}}";
            String signature = HexFormat.of()
                    .withUpperCase()
                    .formatHex(OpenSsl.hmac("sha1", SECRET.getBytes(UTF_8), body.getBytes(UTF_8)));
            return sent(PlatformKind.JSON, options, body, "x-signature", signature);
        }
    },
    HMAC_SHA512_BASE64_WITH_TIME {
        @Override
        Sent send(String body) {
            String options = """
                {"signature":{"header":"X-Shop-Signature","algorithm":"hmac-sha512","encoding":"base64",
                 "prefix":"sig=","signed":["X-Shop-Time","body"],"timestamp":"X-Shop-Time"}}\
                """;
            byte[] signed = (SECONDS + "." + body).getBytes(UTF_8);
            String signature = "sig=" + base64(OpenSsl.hmac("sha512", SECRET.getBytes(UTF_8), signed));
            return sent(PlatformKind.JSON, options, body, "x-shop-signature", signature)
                    .with("x-shop-time", SECONDS);
        }
    },
    CLOUDEVENTS_BINARY {
        @Override
        Sent send(String body) {
            String options = """
                {"signature":{"signed":["ce-id","ce-source","ce-type","body"],"separator":"\\n"}}\
                """;
            String signed = ID + "\nhttps://shop.example/orders\nexample.order.paid\n" + body;
            return sent(PlatformKind.CLOUDEVENTS, options, body, "x-signature", hex("sha256", SECRET, signed))
                    .with("ce-specversion", "1.0")
                    .with("ce-id", ID)
                    .with("ce-source", "https://shop.example/orders")
                    .with("ce-type", "example.order.paid");
        }
    },
    BEARER {
        @Override
        Sent send(String body) {
            return sent(PlatformKind.JSON, "{\"signature\":\"bearer\"}", body, "authorization", "Bearer " + SECRET);
        }
    };

    static final String ID = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    static final Instant SIGNED_AT = Instant.parse("2026-11-21T10:00:00Z");
    static final String SECONDS = "" + SIGNED_AT.getEpochSecond();

    /// A secret of those platforms whose secrets are texts.
    static final String SECRET = "whsec_8f0fT1pWwGq7yZkR3nVbXc5uDjLhAeS2";

    /// A secret of both sides of Standard Webhooks.
    static final String SHARED = "whsec_Yk1hV3pXbGpRM1pYZDJWNWVXOXlibVZ5ZDJVPQ==";

    /// The keys of the first test of RFC 8032, section 7.1.
    static final String PRIVATE_HEX = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    static final String PUBLIC = "whpk_"
            + base64(HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

    /// An order with what trips a program up that signs anything but the raw bytes: spaces, escapes, letters beyond
    /// ASCII and beyond 16 bits, numbers with noughts at the end.
    static final String ORDER = """
        {"id": 450789469,"type":"order.paid" , "data":{"unit":"visitor-\\u0031\\/7","value":"49.90",
         "currency":"EUR","note":"Grüße aus Köln 🎉 \\"quoted\\" [1,2}","tax":7.10,"big":1e2,
         "lines":[{"sku":"a","n":1},{"sku":"b","n":2.0}]}}
        """.strip();

    /// A delivery of this body, signed and received at [#SIGNED_AT].
    abstract Sent send(String body);

    private static Sent standard(String secret, String body, String signature) {
        return sent(PlatformKind.STANDARD_WEBHOOKS, "{}", body, "webhook-signature", signature)
                .with("webhook-id", ID)
                .with("webhook-timestamp", SECONDS)
                .to(secret);
    }

    private static Sent sent(PlatformKind kind, String options, String body, String header, String signature) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("content-type", "application/json"));
        headers.put(header, signature);
        return new Sent(Sent.signature(kind, options), List.of(SECRET), headers, body, SIGNED_AT);
    }

    private static String hex(String digest, String secret, String content) {
        return HexFormat.of().formatHex(OpenSsl.hmac(digest, secret.getBytes(UTF_8), content.getBytes(UTF_8)));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
