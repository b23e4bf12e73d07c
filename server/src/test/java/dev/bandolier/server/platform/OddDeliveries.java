package dev.bandolier.server.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Deliveries with something odd in them: samples that were changed, cut off or garbled, and JSON by chance.
final class OddDeliveries {

    private static final List<String> ODD = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "NaN",
            "9".repeat(2000),
            "0." + "1".repeat(2000),
            "1.5",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"d1.AbC\"",
            "\"x\"",
            "\"1e999999999\"",
            "\"" + "9".repeat(5000) + "\"",
            "\"" + "a".repeat(5000) + "\"",
            "[]",
            "{}",
            "[[[[]]]]",
            "{\"a\":1,\"a\":2}",
            "[" + "0,".repeat(1200) + "0]",
            "[".repeat(40) + "]".repeat(40),
            "[".repeat(70) + "]".repeat(70),
            "\"2026-11-21T10:00:00Z\"",
            "\"paid\"",
            "\"lost\"",
            "99999999999999999999",
            "{\"id\":{\"id\":7}}",
            "\"eur\"",
            "\"ZZZ\"");

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=utf-16",
            "text/plain",
            "",
            ";;;=",
            "application/cloudevents+json",
            "application/cloudevents-batch+json");

    private static final List<String> TOPICS = List.of(
            "orders/paid",
            "orders/create",
            "orders/cancelled",
            "refunds/create",
            "disputes/create",
            "disputes/update",
            "shop/redact",
            "products/update");

    private OddDeliveries() {}

    /// A delivery of this platform, as it may come, or worse.
    static Delivery next(PlatformKind kind, List<String> samples, Random random) {
        Map<String, String> headers = new TreeMap<>();
        boolean binary = random.nextInt(3) == 0;
        boolean plain = random.nextInt(20) != 0;
        Buffer body = body(samples, random);
        boolean array = body.length() > 0 && body.getByte(0) == '[';
        String usual = kind != PlatformKind.CLOUDEVENTS || binary ? TYPES.getFirst() : TYPES.get(array ? 7 : 6);
        headers.put("content-type", plain ? usual : TYPES.get(random.nextInt(TYPES.size())));
        headers.put("x-shopify-topic", TOPICS.get(random.nextInt(TOPICS.size())));
        if (kind == PlatformKind.CLOUDEVENTS && binary) {
            headers.putAll(Map.of("ce-specversion", "1.0", "ce-id", "a", "ce-source", "s", "ce-type", "order.paid"));
            String odd = random.nextBoolean() ? "order.seen" : noise(random);
            headers.put("ce-" + List.of("id", "source", "type", "time").get(random.nextInt(4)), odd);
        }
        return new Delivery(headers, body, Instant.EPOCH);
    }

    private static Buffer body(List<String> samples, Random random) {
        String sample = samples.get(random.nextInt(samples.size()));
        return switch (random.nextInt(6)) {
            case 0 -> flipped(sample, random);
            case 1 -> Buffer.buffer(sample.substring(0, random.nextInt(sample.length())));
            case 2 -> Buffer.buffer(json(random, 4));
            default -> Buffer.buffer(mutated(sample, 1 + random.nextInt(3), random));
        };
    }

    private static Buffer flipped(String sample, Random random) {
        byte[] bytes = sample.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Buffer.buffer(bytes);
    }

    /// The sample with something odd in some of its places.
    private static String mutated(String sample, int times, Random random) {
        Object root = Json.decodeValue(sample);
        List<Runnable> changes = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            changes.clear();
            collect(root, "\u0001" + i + "\u0001", changes);
            changes.get(random.nextInt(changes.size())).run();
        }
        String text = Json.encode(root);
        for (int i = 0; i < times; i++) {
            text = text.replace("\"\\u0001" + i + "\\u0001\"", ODD.get(random.nextInt(ODD.size())));
        }
        return text;
    }

    private static void collect(Object node, String mark, List<Runnable> changes) {
        if (node instanceof JsonObject object) {
            for (String name : object.fieldNames()) {
                changes.add(() -> object.put(name, mark));
                changes.add(() -> object.remove(name));
                collect(object.getValue(name), mark, changes);
            }
        } else if (node instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                changes.add(() -> array.set(at, mark));
                collect(array.getValue(i), mark, changes);
            }
        }
        if (changes.isEmpty()) {
            changes.add(() -> {});
        }
    }

    private static String json(Random random, int levels) {
        int kind = levels == 0 ? 2 : random.nextInt(3);
        StringBuilder text = new StringBuilder();
        switch (kind) {
            case 0 -> {
                for (int i = 0; i < random.nextInt(4); i++) {
                    text.append(i == 0 ? "" : ",").append(json(random, levels - 1));
                }
                return "[" + text + "]";
            }
            case 1 -> {
                List<String> names = List.of("type", "data", "object", "id", "items", "event", "detail", "value");
                for (int i = 0; i < random.nextInt(5); i++) {
                    text.append(i == 0 ? "" : ",")
                            .append('"')
                            .append(names.get(random.nextInt(8)))
                            .append("\":");
                    text.append(json(random, levels - 1));
                }
                return "{" + text + "}";
            }
            default -> {
                return ODD.get(random.nextInt(ODD.size()));
            }
        }
    }

    private static String noise(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < random.nextInt(12); i++) {
            text.append("a%\"\\ 0fE2\u00e9\0".charAt(random.nextInt(11)));
        }
        return text.toString();
    }
}
