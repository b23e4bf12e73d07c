package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What Shopify's webhooks come to.
final class ShopifyDialectTest {

    private static final String ORDER = "reported at=2026-11-21T10:00:29Z currency=EUR id=6420113859 metric=purchase"
            + " unit=visitor-123 value=49.90";
    private static final String REFUND = "reported at=2026-11-22T07:00:01Z currency=EUR id=refund/930114 metric=refund"
            + " reverses=6420113859 value=10.30";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"orders", "cancellations", "refunds", "disputes", "others", "unsound"})
    void webhook_ofShopify_comesTo(String what, Sample sample, String options, String line) {
        assertThat(sample.heard(PlatformKind.SHOPIFY, options)).as(what).containsExactly(line);
    }

    static Stream<Arguments> orders() {
        JsonArray token = new JsonArray().add(attribute("bandolier_decision", "d1.AbC"));
        return Stream.of(
                row("a paid order", order(), "{}", ORDER),
                row("the new header", bare().header("shopify-topic", "orders/paid"), "{}", ORDER),
                row("a created order", order().header("x-shopify-topic", "orders/create"), "{}", "ignored other-event"),
                row(
                        "a created order counts",
                        order().header("x-shopify-topic", "orders/create"),
                        "{\"order\":\"created\"}",
                        ORDER),
                row("a paid order, created ones count", order(), "{\"order\":\"created\"}", "ignored other-event"),
                row("a test", order().with("/test", true), "{}", "ignored test-mode"),
                row("a test that counts", order().with("/test", true), "{\"test\":true}", ORDER),
                row("free", order().with("/total_price", "0.00"), "{}", ORDER.replace("49.90", "0.00")),
                row(
                        "without goods' shipping",
                        order(),
                        "{\"value\":\"/subtotal_price\"}",
                        ORDER.replace("49.90", "45.00")),
                row(
                        "what the customer paid",
                        order(),
                        "{\"value\":\"/total_price_set/presentment_money/amount\"}",
                        ORDER.replace("49.90", "57.39").replace("EUR", "USD")),
                row(
                        "a token",
                        order().with("/note_attributes", token),
                        "{}",
                        ORDER.replace("id=", "decision=d1.AbC id=").replace(" unit=visitor-123", "")),
                row(
                        "no attributes",
                        order().with("/note_attributes", new JsonArray()),
                        "{}",
                        ORDER.replace(" unit=visitor-123", "")),
                row(
                        "the unit elsewhere",
                        order(),
                        "{\"unit\":\"/cart_token\"}",
                        ORDER.replace("visitor-123", "c1-9f1d")),
                row(
                        "created, never processed",
                        order().without("/processed_at"),
                        "{}",
                        ORDER.replace("10:00:29", "10:00:31")),
                row("paid, since refunded", order().with("/financial_status", "refunded"), "{}", ORDER),
                row("paid, refunded in part", order().with("/financial_status", "partially_refunded"), "{}", ORDER),
                row("not paid", order().with("/financial_status", "pending"), "{}", "unsound /financial_status"),
                row("nobody knows", order().without("/financial_status"), "{}", "unsound /financial_status"),
                row("an id as text", order().with("/id", "6420113859"), "{}", ORDER),
                row(
                        "an id beyond doubles",
                        order().with("/id", 9007199254740993L),
                        "{}",
                        ORDER.replace("6420113859", "9007199254740993")));
    }

    static Stream<Arguments> cancellations() {
        String whole =
                "reported at=2026-11-22T08:15:00Z id=cancelled/6420113859 metric=cancellation reverses=6420113859";
        return Stream.of(
                row("after a refund", cancelled(), "{}", whole),
                row("never paid", cancelled().with("/financial_status", "voided"), "{}", "ignored not-paid"),
                row(
                        "never paid, created ones count",
                        cancelled().with("/financial_status", "voided"),
                        "{\"order\":\"created\"}",
                        whole),
                row("partially refunded", cancelled().with("/financial_status", "partially_refunded"), "{}", whole),
                row("status unknown", cancelled().without("/financial_status"), "{}", whole),
                row("not cancelled", cancelled().with("/cancelled_at", null), "{}", "unsound /cancelled_at"),
                row("a test", cancelled().with("/test", true), "{}", "ignored test-mode"));
    }

    static Stream<Arguments> refunds() {
        JsonArray none = new JsonArray();
        JsonArray other = new JsonArray().add(transaction("3.00", "EUR")).add(transaction("4.00", "USD"));
        JsonArray tests = new JsonArray().add(transaction("3.00", "EUR").put("test", true));
        JsonArray half = new JsonArray()
                .add(transaction("3.00", "EUR").put("test", true))
                .add(transaction("4.00", "EUR"));
        return Stream.of(
                row("two that succeeded", refund(), "{}", REFUND),
                row("goods only", refund().with("/transactions", none), "{}", "ignored not-paid"),
                row("no transactions at all", refund().without("/transactions"), "{}", "ignored not-paid"),
                row(
                        "an amount of nothing",
                        refund().with("/transactions", new JsonArray().add(transaction("0.00", "EUR"))),
                        "{}",
                        "ignored not-paid"),
                row("two currencies", refund().with("/transactions", other), "{}", "unsound /transactions/1/currency"),
                row("a test", refund().with("/transactions", tests), "{}", "ignored test-mode"),
                row("half a test", refund().with("/transactions", half), "{}", REFUND.replace("10.30", "7.00")),
                row(
                        "no currency",
                        refund().with("/transactions", new JsonArray().add(transaction("3.00", null))),
                        "{}",
                        REFUND.replace("currency=EUR ", "").replace("10.30", "3.00")),
                row(
                        "no amount",
                        refund().with("/transactions", new JsonArray().add(transaction(null, "EUR"))),
                        "{}",
                        "unsound /transactions/0/amount"),
                row("of no order", refund().without("/order_id"), "{}", "unsound /order_id"));
    }

    static Stream<Arguments> disputes() {
        String taken = "reported at=2026-12-20T09:30:00Z currency=EUR id=dispute/598735659 metric=dispute"
                + " reverses=6420113859 value=49.90";
        String opened = "{\"disputes\":\"opened\"}";
        return Stream.of(
                row("lost", dispute("disputes/update"), "{}", taken),
                row("accepted", dispute("disputes/update").with("/status", "accepted"), "{}", taken),
                row("won", dispute("disputes/update").with("/status", "won"), "{}", "ignored not-lost"),
                row("lost when first heard of", dispute("disputes/create"), "{}", taken),
                row("opened", dispute("disputes/create").with("/status", "needs_response"), "{}", "ignored not-lost"),
                row(
                        "opened, which counts",
                        dispute("disputes/create").with("/status", "needs_response"),
                        opened,
                        taken),
                row("lost, opened counted", dispute("disputes/update"), opened, "ignored other-event"),
                row("off", dispute("disputes/update"), "{\"disputes\":\"off\"}", "ignored other-event"),
                row("of no order", dispute("disputes/update").with("/order_id", null), "{}", "unsound /order_id"));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                row(
                        "privacy",
                        Sample.of("shopify-customers-redact").header("x-shopify-topic", "customers/redact"),
                        "{}",
                        "ignored privacy"),
                row(
                        "more privacy",
                        Sample.of("shopify-customers-redact").header("x-shopify-topic", "shop/redact"),
                        "{}",
                        "ignored privacy"),
                row(
                        "data request",
                        Sample.of("shopify-customers-redact").header("x-shopify-topic", "customers/data_request"),
                        "{}",
                        "ignored privacy"),
                row("another topic", order().header("x-shopify-topic", "orders/updated"), "{}", "ignored other-event"));
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                row("no topic", bare(), "{}", "unsound x-shopify-topic"),
                row("no id", order().without("/id"), "{}", "unsound /id"),
                row("an object as price", order().with("/total_price", new JsonObject()), "{}", "unsound /total_price"),
                row("a price for people", order().with("/total_price", "49,90 EUR"), "{}", "unsound /total_price"),
                row(
                        "a time without a zone",
                        order().with("/processed_at", "2026-11-21T10:00:29"),
                        "{}",
                        "unsound /processed_at"),
                row("test as text", order().with("/test", "no"), "{}", "unsound /test"),
                row(
                        "attributes in an object",
                        order().with("/note_attributes", new JsonObject()),
                        "{}",
                        ORDER.replace(" unit=visitor-123", "")),
                row(
                        "an attribute that is an object",
                        order().with("/note_attributes/1/value", new JsonObject()),
                        "{}",
                        "unsound /note_attributes/1/value"));
    }

    @Test
    void unit_isMissing_placeNamesTheCartAttribute() {
        Sample sample = order().with("/note_attributes", new JsonArray());
        Heard heard = Sample.dialect(PlatformKind.SHOPIFY, "{}")
                .read(sample.delivery())
                .getFirst();

        assertThat(heard)
                .isInstanceOfSatisfying(
                        Heard.Reported.class,
                        reported -> assertThat(reported.places())
                                .containsEntry("unit", "/note_attributes/bandolier_unit")
                                .containsEntry("decision", "/note_attributes/bandolier_decision"));
    }

    private static Sample bare() {
        return Sample.of("shopify-orders-paid");
    }

    private static Sample order() {
        return bare().header("x-shopify-topic", "orders/paid");
    }

    private static Sample cancelled() {
        return Sample.of("shopify-orders-cancelled").header("x-shopify-topic", "orders/cancelled");
    }

    private static Sample refund() {
        return Sample.of("shopify-refunds-create").header("x-shopify-topic", "refunds/create");
    }

    private static Sample dispute(String topic) {
        return Sample.of("shopify-disputes-update")
                .header("x-shopify-topic", topic)
                .header("x-shopify-triggered-at", "2026-12-20T09:30:00Z");
    }

    private static JsonObject attribute(String name, String value) {
        return new JsonObject().put("name", name).put("value", value);
    }

    private static JsonObject transaction(String amount, String currency) {
        return new JsonObject()
                .put("kind", "refund")
                .put("status", "success")
                .put("amount", amount)
                .put("currency", currency);
    }

    private static Arguments row(String what, Sample sample, String options, String line) {
        return Arguments.of(what, sample, options, line);
    }
}
