package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A delivery of Shopify under a topic that is not its own, as whoever captured it could send it again.
final class ShopifyTopicsTest {

    private static final String ALL = "{\"order\":\"created\",\"disputes\":\"opened\",\"unit\":\"/id\"}";

    /// Of what is told of one order, only that it was paid and that it was cancelled look alike: each then says what
    /// the body says too, under the id that the genuine one has.
    @ParameterizedTest
    @CsvSource({
        "orders-paid, orders/cancelled, /cancelled_at",
        "orders-paid, refunds/create, /order_id",
        "orders-paid, disputes/create, /status",
        "orders-paid, disputes/update, /status",
        "orders-cancelled, refunds/create, /order_id",
        "orders-cancelled, disputes/create, /status",
        "orders-cancelled, disputes/update, /status",
        "refunds-create, orders/paid, /financial_status",
        "refunds-create, orders/create, /financial_status",
        "refunds-create, orders/cancelled, /cancelled_at",
        "refunds-create, disputes/create, /status",
        "refunds-create, disputes/update, /status",
        "disputes-update, orders/paid, /financial_status",
        "disputes-update, orders/create, /financial_status",
        "disputes-update, orders/cancelled, /cancelled_at",
        "disputes-update, refunds/create, /transactions"
    })
    void body_ofAnotherTopic_isUnsoundWhereItDiffers(String body, String topic, String place) {
        String options = topic.equals("orders/create") || topic.equals("disputes/create") ? ALL : "{}";
        Heard heard = heard(Sample.of("shopify-" + body), topic, options);

        if (topic.equals("disputes/update")) {
            // Without a status nothing is lost, so nothing is taken back.
            assertThat(Sample.line(heard)).isEqualTo("ignored not-lost");
            return;
        }
        assertThat(heard).isInstanceOfSatisfying(Heard.Unsound.class, unsound -> {
            assertThat(unsound.place()).isEqualTo(place);
            assertThat(unsound.reason()).startsWith("does not look like " + topic);
        });
    }

    @Test
    void cancelledOrder_sentAsPaid_isTheOrderThatWasPaid() {
        assertThat(Sample.line(heard(Sample.of("shopify-orders-cancelled"), "orders/paid", "{}")))
                .startsWith("reported at=2026-11-21T10:00:29Z currency=EUR id=6420113859 metric=purchase");
    }

    /// Other topics of the same shop, which its owner may let somebody else hear.
    @ParameterizedTest
    @MethodSource("others")
    void body_ofATopicThatIsNotCounted_isNoneThatIs(String topic, Sample sample) {
        assertThat(Sample.line(heard(sample, topic, ALL))).startsWith("unsound ");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                // A transaction has an order, an amount and a status.
                Arguments.of(
                        "disputes/create", Sample.of("shopify-disputes-update").without("/type")),
                // A draft, or a checkout, has attributes and a total.
                Arguments.of(
                        "orders/create",
                        Sample.of("shopify-orders-paid")
                                .without("/financial_status")
                                .without("/order_number")),
                // A fulfilment has an order.
                Arguments.of(
                        "refunds/create",
                        Sample.of("shopify-refunds-create")
                                .without("/transactions")
                                .without("/refund_line_items")));
    }

    private static Heard heard(Sample sample, String topic, String options) {
        return Sample.dialect(PlatformKind.SHOPIFY, options)
                .read(sample.header("x-shopify-topic", topic).delivery())
                .getFirst();
    }
}
