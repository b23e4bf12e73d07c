package dev.bandolier.server.platform;

import dev.bandolier.server.platform.Payload.Text;
import dev.bandolier.server.wire.Fields;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// What Stripe's events mean: snapshot events of payments, as its webhooks send them, or in the envelope of a cloud.
///
/// An order goes by the name of its payment intent, since that is what refunds and disputes name.
final class StripeDialect implements Dialect {

    private static final String OBJECT = "/data/object";
    private static final Selector TYPE = Selector.at("/type");
    private static final Selector EVENT_ID = Selector.at("/id");
    private static final Selector OBJECT_ID = Selector.at(OBJECT + "/id");
    private static final Selector CREATED = Selector.at("/created");
    private static final Selector CURRENCY = Selector.at(OBJECT + "/currency");
    private static final Selector REFERENCE = Selector.at(OBJECT + "/client_reference_id");

    /// The payment intent of a charge, a session or an invoice: as a name, as the object itself, or, since 2025, below the
    /// payments of an invoice.
    private static final Selector PAYMENT = Selector.at(
            OBJECT + "/payment_intent/id",
            OBJECT + "/payment_intent",
            OBJECT + "/payments/data/0/payment/payment_intent",
            OBJECT + "/id");

    private final StripeOptions options;

    StripeDialect(Fields options, Signature signature) {
        this.options = StripeOptions.read(options, signature);
    }

    @Override
    public List<Heard> read(Delivery delivery) {
        MediaType.requireJson(delivery);
        Payload body = Payload.object(delivery.body());
        Pointer inner = envelope(body);
        Event event = Event.of(delivery, inner.in(body).orElseThrow(), inner);
        Optional<Found> type = event.find(TYPE).filter(found -> found.value() instanceof Text);
        return List.of(event.named(type.map(Found::text).orElse("")).heard(EVENT_ID, this::hear));
    }

    /// Where the event begins: EventBridge packs it into `detail`, Event Grid into `data`.
    private static Pointer envelope(Payload body) {
        for (String member : List.of("detail", "data")) {
            Pointer inner = Pointer.ROOT.plus(member);
            if (inner.plus("object").in(body).filter(new Text("event")::equals).isPresent()) {
                return inner;
            }
        }
        return Pointer.ROOT;
    }

    private Heard hear(Event event) {
        String type = event.require(TYPE, "is required: what happened").text();
        if (event.find("/object")
                .filter(found -> found.value().equals(new Text("v2.core.event")))
                .isPresent()) {
            return event.ignored(
                    "other-event",
                    "a thin event does not say what was paid; let the event destination at Stripe send snapshots");
        }
        if (!options.test() && !event.find("/livemode").map(Found::flag).orElse(true)) {
            return event.ignored("test-mode", "it comes from Stripe's test mode; \"test\": true counts it");
        }
        return switch (type) {
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
                options.orders("checkout", event).orElseGet(() -> session(event));
            case "payment_intent.succeeded" -> options.orders("payment", event).orElseGet(() -> intent(event));
            case "invoice.paid" -> options.orders("invoice", event).orElseGet(() -> invoice(event));
            case "checkout.session.expired",
                    "checkout.session.async_payment_failed",
                    "payment_intent.canceled",
                    "payment_intent.payment_failed",
                    "invoice.payment_failed" ->
                event.ignored("not-paid", "nothing was paid, so there is no order to count or to take back");
            case "charge.refunded" -> refund(event);
            case "charge.dispute.created", "charge.dispute.closed" ->
                options.dispute(type, status(event), event).orElseGet(() -> dispute(event));
            default -> options.other(type, event);
        };
    }

    private Heard session(Event event) {
        if (!event.find(OBJECT + "/payment_status").map(Found::text).equals(Optional.of("paid"))) {
            return event.ignored(
                    "not-paid",
                    "it is not paid yet, or free; where payment takes days, subscribe to"
                            + " checkout.session.async_payment_succeeded, which counts then");
        }
        return order(event, Selector.at(OBJECT + "/amount_total"));
    }

    private Heard intent(Event event) {
        return order(event, Selector.at(OBJECT + "/amount_received", OBJECT + "/amount"));
    }

    private Heard invoice(Event event) {
        Selector paid = Selector.at(OBJECT + "/amount_paid");
        if (event.find(paid).map(Found::whole).equals(Optional.of(BigInteger.ZERO))) {
            return event.ignored("not-paid", "nothing was to be paid, as in a trial");
        }
        return order(event, paid);
    }

    private Heard order(Event event, Selector amount) {
        Report report = new Report(event).put("metric", options.metrics().order(), "options.metrics.order");
        id(report, event);
        boolean token = event.find(REFERENCE).filter(Found::looksLikeToken).isPresent();
        report.text("unit", options.unit(event, token)).text("decision", options.decision(token));
        money(report, event, amount);
        return report.at(CREATED).heard();
    }

    private static void id(Report report, Event event) {
        Found id = payment(event);
        report.put("id", id.text(), id.place());
    }

    private static Found payment(Event event) {
        return event.require(PAYMENT, "is required: the name of the payment");
    }

    /// `amount_refunded` grows with every refund of the charge, so a part is what it grew by. What was refunded whole is
    /// taken back whole, whatever was heard of before.
    private Heard refund(Event event) {
        Selector refunded = Selector.at(OBJECT + "/amount_refunded");
        Found total = event.require(refunded, "is required: what was refunded of this charge so far");
        Found payment = payment(event);
        Report report = new Report(event)
                .put("metric", options.metrics().refund(), "options.metrics.refund")
                .put("id", payment.text() + "/refunded/" + total.whole(), payment.place())
                .put("reverses", payment.text(), payment.place());
        Optional<BigInteger> charged = event.find(OBJECT + "/amount").map(Found::whole);
        boolean whole = charged.filter(amount -> amount.signum() > 0 && amount.compareTo(total.whole()) <= 0)
                .isPresent();
        if (whole) {
            report.without("value", total.place()).without("currency", event.place(CURRENCY));
            return report.at(CREATED).heard();
        }
        BigInteger part = total.whole().subtract(before(event));
        if (part.signum() <= 0) {
            return event.ignored("not-paid", "nothing was refunded in money");
        }
        amount(report, event, new Found(new Payload.Numeral(part.toString()), total.place()));
        return report.at(CREATED).heard();
    }

    private static BigInteger before(Event event) {
        return event.require(
                        Selector.at("/data/previous_attributes/amount_refunded"),
                        "is required: what was refunded before this refund, which is a part of the charge")
                .whole();
    }

    private static String status(Event event) {
        return event.find(OBJECT + "/status").map(Found::text).orElse("");
    }

    private Heard dispute(Event event) {
        Selector reverses = Selector.at(
                OBJECT + "/payment_intent/id", OBJECT + "/payment_intent", OBJECT + "/charge/id", OBJECT + "/charge");
        Found id = event.require(OBJECT_ID, "is required: the name of the dispute");
        Found payment = event.require(reverses, "is required: the payment that is disputed");
        Report report = new Report(event)
                .put("metric", options.metrics().dispute(), "options.metrics.dispute")
                .put("id", id.text(), id.place())
                .put("reverses", payment.text(), payment.place());
        money(report, event, Selector.at(OBJECT + "/amount"));
        return report.at(CREATED).heard();
    }

    private static void money(Report report, Event event, Selector amount) {
        Optional<Found> found = event.find(amount);
        if (found.isPresent()) {
            amount(report, event, found.get());
        } else {
            report.without("value", event.place(amount)).without("currency", event.place(CURRENCY));
        }
    }

    private static void amount(Report report, Event event, Found minor) {
        Found currency = event.require(CURRENCY, "is required: without it nobody knows how much the amount is");
        report.put("value", StripeAmounts.decimal(minor, currency), minor.place())
                .put("currency", Report.code(currency), currency.place());
    }
}
