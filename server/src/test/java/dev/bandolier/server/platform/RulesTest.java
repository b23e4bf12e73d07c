package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the events of senders come to whose meaning the owner writes down.
final class RulesTest {

    private static final String CONVERSION = "reported at=2026-11-21T10:00:00Z currency=EUR id=order-1001"
            + " metric=purchase unit=visitor-123 value=49.9";

    private static final String ORDERS = """
        {"items":"/events","events":[
          {"when":{"/kind":"sale"},"metric":"purchase","id":"/no","unit":["/nobody","/customer/visitor"],
           "value":"/cents","currency":"/cur","at":"/ts","minor":true},
          {"when":{"/kind":"return","/of":1001},"metric":"refund","id":["/nobody","/no"],"reverses":"/of",
           "value":"/cents","currency":["/nobody","USD"],"at":"/ts","minor":true,"origin":"shop-7"}]}\
        """;

    @Test
    void json_withoutRules_isAConversionOfTheApi() {
        assertThat(Sample.of("json-conversion").heard(PlatformKind.JSON, "{}")).containsExactly(CONVERSION);
    }

    @Test
    void json_ofAnArray_isSeveral() {
        String body = "[" + Sample.text("json-conversion") + ",7," + Sample.text("json-conversion") + "]";

        assertThat(heard(PlatformKind.JSON, "{}", body)).containsExactly(CONVERSION, "unsound /1", CONVERSION);
    }

    @Test
    void json_withRules_isWhatTheFirstThatFitsSays() {
        assertThat(Sample.of("json-orders").heard(PlatformKind.JSON, ORDERS))
                .containsExactly(
                        "reported at=2026-11-21T10:00:00Z currency=EUR id=1001 metric=purchase unit=visitor-123"
                                + " value=49.90",
                        "reported at=2026-11-21T10:00:00.123Z currency=USD id=1002 metric=refund origin=shop-7"
                                + " reverses=1001 value=10.00",
                        "ignored other-event");
    }

    @Test
    void standardWebhooks_withoutRules_readTypeAndData() {
        assertThat(Sample.of("standard-webhooks-order-paid").heard(PlatformKind.STANDARD_WEBHOOKS, "{}"))
                .containsExactly("reported at=2026-11-21T10:00:00.249Z currency=EUR id=order-1001 metric=order.paid"
                        + " unit=visitor-123 value=49.9");
        assertThat(Sample.of("standard-webhooks-order-refunded").heard(PlatformKind.STANDARD_WEBHOOKS, "{}"))
                .containsExactly("reported at=2026-11-22T10:00:00Z currency=EUR id=refund-7 metric=order.refunded"
                        + " reverses=order-1001 value=19.90");
    }

    @Test
    void standardWebhooks_withoutAnId_goByThatOfTheDelivery() {
        Sample sample =
                Sample.of("standard-webhooks-order-paid").without("/data/id").header("webhook-id", "msg_1");

        assertThat(sample.heard(PlatformKind.STANDARD_WEBHOOKS, "{}").getFirst())
                .contains(" id=msg_1 ");
    }

    @Test
    void standardWebhooks_ofSeveralItems_giveEachItsOwnId() {
        Delivery delivery =
                Sample.delivery(Map.of("webhook-id", "msg_1"), "{\"sales\":[{\"who\":\"v1\"},{\"who\":\"v2\"}]}");
        String options = "{\"items\":\"/sales\",\"events\":[{\"metric\":\"sale\",\"unit\":\"/who\"}]}";

        assertThat(Sample.dialect(PlatformKind.STANDARD_WEBHOOKS, options).read(delivery).stream()
                        .map(Sample::line))
                .containsExactly("reported id=msg_1/0 metric=sale unit=v1", "reported id=msg_1/1 metric=sale unit=v2");
    }

    @Test
    void places_ofItems_beginAtTheRootOfTheBody() {
        Heard heard = Sample.dialect(PlatformKind.JSON, ORDERS)
                .read(Sample.of("json-orders").delivery())
                .get(1);

        assertThat(heard)
                .isInstanceOfSatisfying(
                        Heard.Reported.class,
                        reported -> assertThat(reported.places())
                                .containsEntry("id", "/events/1/no")
                                .containsEntry("unit", "/events/1/unit")
                                .containsEntry("metric", "options.events[1].metric")
                                .containsEntry("currency", "options.events[1].currency[1]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("odd")
    void event_thatIsOdd_comesTo(String what, String options, String body, String line) {
        assertThat(heard(PlatformKind.JSON, options, body)).as(what).containsExactly(line);
    }

    static Stream<Arguments> odd() {
        String minor = "{\"events\":[{\"metric\":\"m\",\"minor\":true}]}";
        String flagged = "{\"events\":[{\"when\":{\"/paid\":true,\"/n\":1},\"metric\":\"m\"}]}";
        return Stream.of(
                row("nothing", "{}", "{}", "reported"),
                row("nulls", "{}", "{\"metric\":null,\"unit\":\"\",\"value\":null}", "reported"),
                row("exact", "{}", "{\"value\":0.1234567890123456789}", "reported value=0.1234567890123456789"),
                row("an exponent", "{}", "{\"value\":4.99e1}", "reported value=49.9"),
                row("forty digits", "{}", "{\"value\":" + "9".repeat(40) + "}", "reported value=" + "9".repeat(40)),
                row("one more", "{}", "{\"value\":" + "9".repeat(41) + "}", "unsound /value"),
                row("explosive", "{}", "{\"value\":1e999999999}", "unsound /value"),
                row("more so", "{}", "{\"value\":1e99999999999999}", "unsound /value"),
                row("tiny", "{}", "{\"value\":1e-999999999}", "unsound /value"),
                row("explosive id", "{}", "{\"id\":1e999999999}", "unsound /id"),
                row("explosive time", "{}", "{\"at\":1e999999999}", "unsound /at"),
                row("explosive elsewhere", "{}", "{\"id\":\"a\",\"x\":1e999999999}", "reported id=a"),
                row(
                        "a long number elsewhere",
                        "{}",
                        "{\"id\":\"a\",\"x\":" + "9".repeat(100_000) + "}",
                        "reported id=a"),
                row("half an id", "{}", "{\"id\":1.5}", "unsound /id"),
                row("an even id", "{}", "{\"id\":15e2}", "reported id=1500"),
                row("a flag as unit", "{}", "{\"unit\":true}", "unsound /unit"),
                row("an array as unit", "{}", "{\"unit\":[\"a\"]}", "unsound /unit"),
                row("no zone", "{}", "{\"at\":\"2026-11-21T10:00:00\"}", "unsound /at"),
                row("a day", "{}", "{\"at\":\"2026-11-21\"}", "unsound /at"),
                row("an offset", "{}", "{\"at\":\"2026-11-21T11:00:00+01:00\"}", "reported at=2026-11-21T10:00:00Z"),
                row("seconds", "{}", "{\"at\":1795255200}", "reported at=2026-11-21T10:00:00Z"),
                row("seconds as text", "{}", "{\"at\":\"1795255200\"}", "reported at=2026-11-21T10:00:00Z"),
                row("milliseconds", "{}", "{\"at\":1795255200500}", "reported at=2026-11-21T10:00:00.500Z"),
                row("parts of seconds", "{}", "{\"at\":1795255200.25}", "reported at=2026-11-21T10:00:00.250Z"),
                row("before 1970", "{}", "{\"at\":-1}", "unsound /at"),
                row(
                        "minor yen",
                        minor,
                        "{\"value\":500,\"currency\":\"jpy\"}",
                        "reported currency=JPY metric=m value=500"),
                row(
                        "minor dinars",
                        minor,
                        "{\"value\":\"500\",\"currency\":\"KWD\"}",
                        "reported currency=KWD metric=m value=0.500"),
                row("minor of nothing", minor, "{\"value\":500}", "unsound /currency"),
                row("minor of no currency", minor, "{\"value\":500,\"currency\":\"zzz\"}", "unsound /currency"),
                row("half a cent", minor, "{\"value\":0.5,\"currency\":\"EUR\"}", "unsound /value"),
                row("fits", flagged, "{\"paid\":true,\"n\":1.0}", "reported metric=m"),
                row("a text is no number", flagged, "{\"paid\":true,\"n\":\"1\"}", "ignored other-event"),
                row("false", flagged, "{\"paid\":false,\"n\":1}", "ignored other-event"),
                row(
                        "a header",
                        "{\"signature\":{\"signed\":[\"X-Kind\",\"body\"]},"
                                + "\"events\":[{\"when\":{\"header:X-Kind\":\"sale\"},\"metric\":\"m\"}]}",
                        "{}",
                        "reported metric=m"),
                row(
                        "nowhere",
                        "{\"events\":[{\"metric\":\"m\",\"unit\":[]}]}",
                        "{\"unit\":\"v\"}",
                        "reported metric=m"),
                row("no array", "{\"items\":\"/events\"}", "{\"events\":{}}", "unsound /events"),
                row("no items", "{\"items\":\"/events\"}", "{}", "unsound /events"),
                row("a text as item", "{\"items\":\"/events\"}", "{\"events\":[\"a\"]}", "unsound /events/0"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void body_thatIsNoJson_isRefusedWhole(String body) {
        assertThatExceptionOfType(RefusedDelivery.class)
                .isThrownBy(() -> heard(PlatformKind.JSON, "{}", body))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED));
    }

    static List<String> unreadable() {
        return List.of(
                "",
                "  ",
                "7",
                "null",
                "\"a\"",
                "{",
                "{}{}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{'a':1}",
                "[1,]",
                "{\"a\":1,\"a\":1}",
                "{\"b\":{\"a\":1,\"\\u0061\":null}}",
                "[".repeat(65) + "]".repeat(65),
                "// a\n{}",
                "\uFEFF{}");
    }

    @ParameterizedTest
    @MethodSource("mediaTypes")
    void mediaType_ofADelivery_isJsonInUtf8(String type, boolean read) {
        Delivery delivery = Sample.delivery(Map.of("content-type", type), "{}");
        Dialect dialect = Sample.dialect(PlatformKind.JSON, "{}");
        if (read) {
            assertThat(dialect.read(delivery)).hasSize(1);
        } else {
            assertThatExceptionOfType(RefusedDelivery.class)
                    .isThrownBy(() -> dialect.read(delivery))
                    .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MEDIA_TYPE));
        }
    }

    static Stream<Arguments> mediaTypes() {
        return Stream.of(
                Arguments.of("application/json", true),
                Arguments.of("Application/JSON ; Charset=\"UTF-8\"", true),
                Arguments.of("application/vnd.shop+json;charset=utf-8", true),
                Arguments.of("", true),
                Arguments.of("application/json; charset=iso-8859-1", false),
                Arguments.of("application/json; charset=", false),
                Arguments.of("application/x-www-form-urlencoded", false),
                Arguments.of("text/plain", false),
                Arguments.of("application/jsonp", false));
    }

    private static List<String> heard(PlatformKind kind, String options, String body) {
        return Sample.dialect(kind, options).read(Sample.delivery(Map.of("x-kind", "sale"), body)).stream()
                .map(Sample::line)
                .toList();
    }

    private static Arguments row(String what, String options, String body, String line) {
        return Arguments.of(what, options, body, line);
    }
}
