package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What Segment's tracking calls come to.
final class SegmentDialectTest {

    private static final String ORDER = "reported at=2026-11-21T10:00:00.249Z currency=EUR id=50314b8e metric=purchase"
            + " unit=visitor-123 value=39.95";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"orders", "reversals", "others"})
    void call_ofSegment_comesTo(String what, Sample sample, String options, String line) {
        assertThat(sample.heard(PlatformKind.SEGMENT, options)).as(what).containsExactly(line);
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                row("an order", order(), "{}", ORDER),
                row(
                        "revenue as a number",
                        order().with("/properties/revenue", 22.5),
                        "{}",
                        ORDER.replace("39.95", "22.5")),
                row("no currency", order().without("/properties/currency"), "{}", ORDER.replace("EUR", "USD")),
                row(
                        "no revenue",
                        order().without("/properties/revenue"),
                        "{}",
                        ORDER.replace(" value=39.95", "").replace("currency=EUR ", "")),
                row("the total instead", order(), "{\"value\":\"/properties/total\"}", ORDER.replace("39.95", "45.0")),
                row(
                        "a number as id",
                        order().with("/properties/order_id", 1001),
                        "{}",
                        ORDER.replace("50314b8e", "1001")),
                row("no id", order().without("/properties/order_id"), "{}", ORDER.replace("50314b8e", "node-1f0c-a1")),
                row("a known user", order().with("/anonymousId", null), "{}", ORDER.replace("visitor-123", "u-77")),
                row("users only", order(), "{\"unit\":\"/userId\"}", ORDER.replace("visitor-123", "u-77")),
                row(
                        "a token",
                        order().with("/properties/bandolier_decision", "d1.AbC"),
                        "{}",
                        ORDER.replace("id=", "decision=d1.AbC id=")),
                row(
                        "named otherwise",
                        order().with("/event", "Bestellt"),
                        "{\"events\":{\"order\":\"Bestellt\"}}",
                        ORDER),
                row("no time", order().without("/timestamp"), "{}", ORDER.replace("at=2026-11-21T10:00:00.249Z ", "")));
    }

    static Stream<Arguments> reversals() {
        String part =
                "reported at=2026-11-21T10:00:00.249Z currency=EUR id=node-1f0c-a2 metric=refund reverses=50314b8e"
                        + " value=19.95";
        String whole = "reported at=2026-11-21T10:00:00.249Z id=%s metric=%s reverses=50314b8e";
        return Stream.of(
                row("a part", refund(), "{}", part),
                row("all", refund().without("/properties/total"), "{}", whole.formatted("node-1f0c-a2", "refund")),
                row(
                        "by revenue",
                        refund().without("/properties/total").with("/properties/revenue", "19.95"),
                        "{}",
                        part),
                row("of nothing", refund().with("/properties/total", 0), "{}", "ignored not-paid"),
                row("of no order", refund().without("/properties/order_id"), "{}", "unsound /properties/order_id"),
                row("of no name", refund().without("/messageId"), "{}", "unsound /messageId"),
                row(
                        "a cancellation",
                        Sample.of("segment-order-cancelled"),
                        "{}",
                        whole.formatted("node-1f0c-a3", "cancellation")),
                row(
                        "a cancellation of another metric",
                        Sample.of("segment-order-cancelled"),
                        "{\"metrics\":{\"cancellation\":\"undone\"}}",
                        whole.formatted("node-1f0c-a3", "undone")));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                row("another event", order().with("/event", "Product Viewed"), "{}", "ignored other-event"),
                row("another call", order().with("/type", "page"), "{}", "ignored other-event"),
                row("no type", order().without("/type"), "{}", "unsound /type"),
                row("no event", order().without("/event"), "{}", "unsound /event"),
                row(
                        "no id at all",
                        order().without("/properties/order_id").without("/messageId"),
                        "{}",
                        "unsound /properties/order_id"),
                row(
                        "money for people",
                        order().with("/properties/revenue", "$39.95"),
                        "{}",
                        "unsound /properties/revenue"),
                row(
                        "an array as properties",
                        order().with("/properties", new JsonArray()),
                        "{}",
                        "reported at=2026-11-21T10:00:00.249Z id=node-1f0c-a1 metric=purchase unit=visitor-123"),
                row("true as order", order().with("/properties/order_id", true), "{}", "unsound /properties/order_id"),
                row("an object as event", order().with("/event", new JsonObject()), "{}", "unsound /event"));
    }

    @Test
    void array_ofCalls_eachIsAnEvent() {
        Sample sample =
                Sample.of("segment-batch").with("/1/event", "Order Completed").with("/1/timestamp", "soon");

        assertThat(sample.heard(PlatformKind.SEGMENT, "{}")).containsExactly(ORDER, "unsound /1/timestamp");
    }

    @Test
    void array_ofNumbers_everyOneIsUnsound() {
        assertThat(Sample.dialect(PlatformKind.SEGMENT, "{}").read(Sample.delivery(Map.of(), "[1,null]")).stream()
                        .map(Sample::line))
                .containsExactly("unsound /0", "unsound /1");
    }

    @Test
    void array_ofTooMany_isRefusedWhole() {
        Dialect dialect = Sample.dialect(PlatformKind.SEGMENT, "{}");
        String most = "[" + "{},".repeat(Dialects.EVENTS_MAX - 1) + "{}]";

        assertThat(dialect.read(Sample.delivery(Map.of(), most))).hasSize(Dialects.EVENTS_MAX);
        assertThatExceptionOfType(RefusedDelivery.class)
                .isThrownBy(() -> dialect.read(Sample.delivery(Map.of(), most.replace("[", "[{},"))))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.TOO_LARGE));
    }

    private static Sample order() {
        return Sample.of("segment-order-completed");
    }

    private static Sample refund() {
        return Sample.of("segment-order-refunded");
    }

    private static Arguments row(String what, Sample sample, String options, String line) {
        return Arguments.of(what, sample, options, line);
    }
}
