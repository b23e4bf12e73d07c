package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever is delivered, a dialect says what it heard, or refuses the whole for a reason that a sender can mend.
///
/// Seeds are fixed: one run is like the other, so nothing here fails by chance.
final class DialectsFuzzTest {

    private static final int PAYLOADS = 20_000;

    private static final Set<Refusal> REFUSALS = Set.of(Refusal.MALFORMED, Refusal.MEDIA_TYPE, Refusal.TOO_LARGE);
    private static final Set<String> FIELDS =
            Set.of("id", "metric", "unit", "decision", "value", "currency", "at", "reverses", "origin");
    private static final Set<String> REASONS = Set.of("other-event", "test-mode", "not-paid", "not-lost", "privacy");

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,40}([.][0-9]{1,40})?");

    private static final Map<PlatformKind, List<String>> SAMPLES = Map.of(
            PlatformKind.STRIPE,
                    List.of(
                            "stripe-checkout-completed",
                            "stripe-payment-intent-succeeded",
                            "stripe-invoice-paid",
                            "stripe-charge-refunded",
                            "stripe-dispute-closed",
                            "stripe-thin",
                            "stripe-in-eventbridge",
                            "stripe-in-event-grid"),
            PlatformKind.SHOPIFY,
                    List.of(
                            "shopify-orders-paid",
                            "shopify-orders-cancelled",
                            "shopify-refunds-create",
                            "shopify-disputes-update",
                            "shopify-customers-redact"),
            PlatformKind.SEGMENT,
                    List.of(
                            "segment-order-completed",
                            "segment-order-refunded",
                            "segment-order-cancelled",
                            "segment-batch"),
            PlatformKind.STANDARD_WEBHOOKS, List.of("standard-webhooks-order-paid", "standard-webhooks-order-refunded"),
            PlatformKind.CLOUDEVENTS, List.of("cloudevents-structured", "cloudevents-batch", "cloudevents-binary-body"),
            PlatformKind.JSON, List.of("json-conversion", "json-orders"));

    private static final Map<PlatformKind, List<String>> OPTIONS = Map.of(
            PlatformKind.STRIPE,
                    List.of(
                            "{}",
                            "{\"order\":\"payment\",\"disputes\":\"opened\",\"test\":true}",
                            "{\"order\":\"invoice\",\"unit\":[\"/id\",\"/data/object/id\"]}"),
            PlatformKind.SHOPIFY,
                    List.of(
                            "{}",
                            "{\"order\":\"created\",\"disputes\":\"opened\",\"test\":true}",
                            "{\"value\":\"/total_price_set/shop_money/amount\",\"unit\":\"/cart_token\"}"),
            PlatformKind.SEGMENT, List.of("{}", "{\"value\":[\"/properties/total\"],\"unit\":\"/userId\"}"),
            PlatformKind.STANDARD_WEBHOOKS,
                    List.of(
                            "{}",
                            "{\"items\":\"/data\"}",
                            "{\"events\":[{\"when\":{\"/type\":\"order.paid\"},\"minor\":true}]}"),
            PlatformKind.CLOUDEVENTS,
                    List.of(
                            "{}",
                            "{\"items\":\"/data\"}",
                            "{\"events\":[{\"when\":{\"/type\":\"order.paid\"},\"minor\":true}]}"),
            PlatformKind.JSON,
                    List.of(
                            "{}",
                            "{\"items\":\"/events\",\"events\":[{\"when\":{\"/kind\":\"sale\"},\"id\":\"/no\","
                                    + "\"value\":\"/cents\",\"currency\":\"/cur\",\"at\":\"/ts\",\"minor\":true}]}"));

    @ParameterizedTest
    @EnumSource
    void delivery_ofAnything_isHeardOrRefused(PlatformKind kind) {
        Random random = new Random(20_261_121L + kind.text().hashCode());
        List<Dialect> dialects = OPTIONS.get(kind).stream()
                .map(options -> Sample.dialect(kind, options))
                .toList();
        List<String> samples = SAMPLES.get(kind).stream().map(Sample::text).toList();
        int[] outcomes = new int[4];
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < PAYLOADS; i++) {
                Delivery delivery = OddDeliveries.next(kind, samples, random);
                hear(dialects.get(random.nextInt(dialects.size())), delivery, outcomes);
            }
        });
        // Each outcome is met, or the payloads were not odd enough, or too odd.
        assertThat(IntStream.of(outcomes).min().orElseThrow())
                .as("reported, ignored, unsound, refused: " + Arrays.toString(outcomes))
                .isGreaterThan(100);
    }

    private static void hear(Dialect dialect, Delivery delivery, int[] outcomes) {
        try {
            for (Heard heard : dialect.read(delivery)) {
                outcomes[check(heard)]++;
            }
        } catch (RefusedDelivery e) {
            hold(REFUSALS.contains(e.refusal()), e);
            hold(!e.getMessage().isBlank() && e.getMessage().length() <= 300, e);
            outcomes[3]++;
        }
    }

    private static int check(Heard heard) {
        hold(heard.event().length() <= 100 && heard.event().indexOf(0) < 0, heard);
        return switch (heard) {
            case Heard.Reported(String event, JsonObject conversion, Map<String, String> places) -> {
                hold(FIELDS.containsAll(conversion.fieldNames()), heard);
                hold(places.keySet().containsAll(conversion.fieldNames()), heard);
                hold(conversion.getMap().values().stream().allMatch(String.class::isInstance), heard);
                hold(DECIMAL.matcher(conversion.getString("value", "0")).matches(), heard);
                hold(Instant.parse(conversion.getString("at", "2026-11-21T10:00:00Z")) != null, heard);
                yield 0;
            }
            case Heard.Ignored(String event, String reason, String detail) -> {
                hold(REASONS.contains(reason) && !detail.isBlank(), heard);
                yield 1;
            }
            case Heard.Unsound(String event, var id, String place, String reason) -> {
                hold(id.orElse("").length() <= 200 && id.orElse("").indexOf(0) < 0, heard);
                hold(!reason.isBlank() && place.length() <= 600, heard);
                yield 2;
            }
        };
    }

    /// Far cheaper than an assertion with a text, a million times.
    private static void hold(boolean condition, Object what) {
        if (!condition) {
            throw new AssertionError(what.toString());
        }
    }
}
