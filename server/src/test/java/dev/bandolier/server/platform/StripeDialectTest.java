package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What Stripe's events come to.
final class StripeDialectTest {

    private static final String OBJECT = "/data/object";
    private static final String ORDER =
            "currency=EUR id=pi_3SVt1zK7mQx4Zr9d0Hn5 metric=purchase unit=visitor-123 value=49.90";
    private static final String PAYMENT = "pi_3SVt1zK7mQx4Zr9d0Hn5";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"orders", "carriers", "refunds", "disputes", "others", "unsound"})
    void event_ofStripe_comesTo(String what, Sample sample, String options, String line) {
        assertThat(sample.heard(PlatformKind.STRIPE, options)).as(what).containsExactly(line);
    }

    static Stream<Arguments> orders() {
        String paid = "reported at=2026-11-21T10:01:00Z " + ORDER;
        return Stream.of(
                row("a paid session", checkout(), "{}", paid),
                row(
                        "an unpaid session",
                        checkout().with(OBJECT + "/payment_status", "unpaid"),
                        "{}",
                        "ignored not-paid"),
                row(
                        "a free one",
                        checkout().with(OBJECT + "/payment_status", "no_payment_required"),
                        "{}",
                        "ignored not-paid"),
                row(
                        "paid days later",
                        checkout().with("/type", "checkout.session.async_payment_succeeded"),
                        "{}",
                        paid),
                row(
                        "never paid",
                        checkout().with("/type", "checkout.session.async_payment_failed"),
                        "{}",
                        "ignored not-paid"),
                row("expired", checkout().with("/type", "checkout.session.expired"), "{}", "ignored not-paid"),
                row(
                        "of a subscription",
                        checkout().with(OBJECT + "/payment_intent", null),
                        "{}",
                        paid.replace(PAYMENT, "cs_live_a1VtJ4nR6wQz0s")),
                row(
                        "an expanded payment",
                        checkout().with(OBJECT + "/payment_intent", new JsonObject().put("id", PAYMENT)),
                        "{}",
                        paid),
                row("a session, payments count", checkout(), "{\"order\":\"payment\"}", "ignored other-event"),
                row("a payment", Sample.of("stripe-payment-intent-succeeded"), "{\"order\":\"payment\"}", paid),
                row(
                        "a payment, sessions count",
                        Sample.of("stripe-payment-intent-succeeded"),
                        "{}",
                        "ignored other-event"),
                row(
                        "a cancelled payment",
                        Sample.of("stripe-payment-intent-succeeded").with("/type", "payment_intent.canceled"),
                        "{\"order\":\"payment\"}",
                        "ignored not-paid"),
                row(
                        "an invoice",
                        Sample.of("stripe-invoice-paid"),
                        "{\"order\":\"invoice\"}",
                        "reported at=2026-11-21T10:01:00Z currency=USD id=pi_3SVt1xK7mQx4Zr9d0Subs metric=purchase"
                                + " unit=visitor-123 value=19.00"),
                row(
                        "a trial",
                        Sample.of("stripe-invoice-paid").with(OBJECT + "/amount_paid", 0),
                        "{\"order\":\"invoice\"}",
                        "ignored not-paid"),
                row(
                        "another metric",
                        checkout(),
                        "{\"metrics\":{\"order\":\"sale\"}}",
                        paid.replace("purchase", "sale")),
                row(
                        "without a value",
                        checkout().with(OBJECT + "/amount_total", null),
                        "{}",
                        "reported at=2026-11-21T10:01:00Z id=" + PAYMENT + " metric=purchase unit=visitor-123"),
                row("in EventBridge", Sample.of("stripe-in-eventbridge"), "{}", paid),
                row("in Event Grid", Sample.of("stripe-in-event-grid"), "{}", paid));
    }

    static Stream<Arguments> carriers() {
        String rest =
                "reported at=2026-11-21T10:01:00Z currency=EUR %sid=" + PAYMENT + " metric=purchase%s value=49.90";
        return Stream.of(
                row(
                        "metadata",
                        checkout()
                                .with(OBJECT + "/client_reference_id", null)
                                .with(OBJECT + "/metadata/bandolier_unit", "v-9"),
                        "{}",
                        rest.formatted("", " unit=v-9")),
                row(
                        "the reference before metadata",
                        checkout().with(OBJECT + "/metadata/bandolier_unit", "v-9"),
                        "{}",
                        rest.formatted("", " unit=visitor-123")),
                row(
                        "a token as reference",
                        checkout().with(OBJECT + "/client_reference_id", "d1.AbC"),
                        "{}",
                        rest.formatted("decision=d1.AbC ", "")),
                row(
                        "a token in metadata",
                        checkout().with(OBJECT + "/metadata/bandolier_decision", "d1.AbC"),
                        "{}",
                        rest.formatted("decision=d1.AbC ", " unit=visitor-123")),
                row(
                        "a number as unit",
                        checkout().with(OBJECT + "/client_reference_id", 77),
                        "{}",
                        rest.formatted("", " unit=77")),
                row("nothing", checkout().with(OBJECT + "/client_reference_id", null), "{}", rest.formatted("", "")),
                row(
                        "another place",
                        checkout().with(OBJECT + "/metadata/who", "v-9"),
                        "{\"unit\":[\"/data/object/metadata/nobody\",\"/data/object/metadata/who\"]}",
                        rest.formatted("", " unit=v-9")),
                row(
                        "an empty reference",
                        checkout().with(OBJECT + "/client_reference_id", ""),
                        "{}",
                        rest.formatted("", "")));
    }

    static Stream<Arguments> refunds() {
        String whole =
                "reported at=2026-11-22T10:01:00Z id=" + PAYMENT + "/refunded/4990 metric=refund reverses=" + PAYMENT;
        return Stream.of(
                row(
                        "a part",
                        refund(),
                        "{}",
                        "reported at=2026-11-22T10:01:00Z currency=EUR id=" + PAYMENT
                                + "/refunded/3000 metric=refund reverses=" + PAYMENT + " value=20.00"),
                row("the rest", refund().with(OBJECT + "/amount_refunded", 4990), "{}", whole),
                row(
                        "all at once",
                        refund().with(OBJECT + "/amount_refunded", 4990)
                                .with("/data/previous_attributes/amount_refunded", 0),
                        "{}",
                        whole),
                row(
                        "all, not knowing before",
                        refund().with(OBJECT + "/amount_refunded", 4990).without("/data/previous_attributes"),
                        "{}",
                        whole),
                row(
                        "a part, not knowing before",
                        refund().without("/data/previous_attributes"),
                        "{}",
                        "unsound /data/previous_attributes/amount_refunded"),
                row(
                        "nothing",
                        refund().with("/data/previous_attributes/amount_refunded", 3000),
                        "{}",
                        "ignored not-paid"),
                row(
                        "a charge without intent",
                        refund().with(OBJECT + "/payment_intent", null).with(OBJECT + "/amount_refunded", 4990),
                        "{}",
                        whole.replace(PAYMENT, "ch_3SVt1zK7mQx4Zr9d0bT2")),
                row("told twice", refund().with("/type", "refund.created"), "{}", "ignored other-event"),
                row("told thrice", refund().with("/type", "charge.refund.updated"), "{}", "ignored other-event"));
    }

    static Stream<Arguments> disputes() {
        String taken = "reported at=2026-12-05T10:01:00Z currency=EUR id=du_1SWcK7mQx4Zr9dYb2 metric=dispute reverses="
                + PAYMENT + " value=49.90";
        Sample opened = dispute().with("/type", "charge.dispute.created").with(OBJECT + "/status", "needs_response");
        return Stream.of(
                row("lost", dispute(), "{}", taken),
                row("won", dispute().with(OBJECT + "/status", "won"), "{}", "ignored not-lost"),
                row("opened", opened, "{}", "ignored not-lost"),
                row("opened, which counts", opened, "{\"disputes\":\"opened\"}", taken),
                row("lost, opened counted", dispute(), "{\"disputes\":\"opened\"}", "ignored other-event"),
                row("off", dispute(), "{\"disputes\":\"off\"}", "ignored other-event"),
                row(
                        "of a charge",
                        dispute().with(OBJECT + "/payment_intent", null),
                        "{}",
                        taken.replace(PAYMENT, "ch_3SVt1zK7mQx4Zr9d0bT2")));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                row("another event", checkout().with("/type", "customer.created"), "{}", "ignored other-event"),
                row("test mode", checkout().with("/livemode", false), "{}", "ignored test-mode"),
                row(
                        "test mode counts",
                        checkout().with("/livemode", false),
                        "{\"test\":true}",
                        "reported at=2026-11-21T10:01:00Z " + ORDER),
                row("a thin event", Sample.of("stripe-thin"), "{}", "ignored other-event"));
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                row("no type", checkout().without("/type"), "{}", "unsound /type"),
                row("no object", checkout().without("/data"), "{}", "ignored not-paid"),
                row(
                        "an amount that is none",
                        checkout().with(OBJECT + "/amount_total", "49,90"),
                        "{}",
                        "unsound /data/object/amount_total"),
                row(
                        "half a cent",
                        checkout().with(OBJECT + "/amount_total", 49.5),
                        "{}",
                        "unsound /data/object/amount_total"),
                row(
                        "a huge amount",
                        checkout().with(OBJECT + "/amount_total", "1e999999999"),
                        "{}",
                        "unsound /data/object/amount_total"),
                row(
                        "a large amount",
                        checkout().with(OBJECT + "/amount_total", "9223372036854775808"),
                        "{}",
                        "unsound /data/object/amount_total"),
                row("no currency", checkout().without(OBJECT + "/currency"), "{}", "unsound /data/object/currency"),
                row(
                        "a currency that is none",
                        checkout().with(OBJECT + "/currency", "zzz"),
                        "{}",
                        "unsound /data/object/currency"),
                row(
                        "an object as reference",
                        checkout().with(OBJECT + "/client_reference_id", new JsonObject()),
                        "{}",
                        "unsound /data/object/client_reference_id"),
                row("a text as livemode", checkout().with("/livemode", "yes"), "{}", "unsound /livemode"),
                row("no time", checkout().with("/created", "yesterday"), "{}", "unsound /created"),
                row(
                        "wrong inside an envelope",
                        Sample.of("stripe-in-eventbridge").with("/detail/data/object/currency", 7),
                        "{}",
                        "unsound /detail/data/object/currency"));
    }

    @Test
    void places_ofFieldsThatAreMissing_sayWhereTheyWouldStand() {
        Sample sample = checkout().with(OBJECT + "/client_reference_id", null);
        Heard heard = Sample.dialect(PlatformKind.STRIPE, "{}")
                .read(sample.delivery())
                .getFirst();

        assertThat(heard)
                .isInstanceOfSatisfying(
                        Heard.Reported.class,
                        reported -> assertThat(reported.places())
                                .containsEntry("unit", "/data/object/client_reference_id")
                                .containsEntry("decision", "/data/object/metadata/bandolier_decision")
                                .containsEntry("id", "/data/object/payment_intent")
                                .containsEntry("value", "/data/object/amount_total")
                                .containsEntry("metric", "options.metrics.order"));
    }

    private static Sample checkout() {
        return Sample.of("stripe-checkout-completed");
    }

    private static Sample refund() {
        return Sample.of("stripe-charge-refunded");
    }

    private static Sample dispute() {
        return Sample.of("stripe-dispute-closed");
    }

    private static Arguments row(String what, Sample sample, String options, String line) {
        return Arguments.of(what, sample, options, line);
    }
}
