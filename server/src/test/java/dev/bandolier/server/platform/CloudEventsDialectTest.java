package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What CloudEvents come to, however they travel.
final class CloudEventsDialectTest {

    private static final String PAID = "reported at=2026-11-21T10:00:00Z currency=EUR"
            + " id=https://shop.example.com/orders/A234-1234-1234 metric=order.paid unit=visitor-123 value=49.90";

    private static final Map<String, String> HEADERS = Map.of(
            "content-type", "application/json",
            "ce-specversion", "1.0",
            "ce-id", "A234-1234-1234",
            "ce-source", "https://shop.example.com/orders",
            "ce-type", "order.paid",
            "ce-time", "2026-11-21T10:00:00Z");

    @Test
    void event_howeverItTravels_isTheSameConversion() {
        assertThat(structured().heard(PlatformKind.CLOUDEVENTS, "{}")).containsExactly(PAID);
        assertThat(batch().heard(PlatformKind.CLOUDEVENTS, "{}"))
                .containsExactly(
                        PAID,
                        "reported at=2026-11-21T10:00:00Z id=order-1002 metric=order.paid unit=visitor-124 value=12");
        assertThat(binary(Map.of(), Sample.text("cloudevents-binary-body"))).isEqualTo(PAID);
    }

    @Test
    void batch_ofNothing_isNothing() {
        assertThat(Sample.dialect(PlatformKind.CLOUDEVENTS, "{}")
                        .read(Sample.delivery(Map.of("content-type", "application/cloudevents-batch+json"), "[]")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unsound")
    void event_thatIsNone_isUnsoundThere(String what, Sample sample, String line) {
        assertThat(sample.heard(PlatformKind.CLOUDEVENTS, "{}")).as(what).containsExactly(line);
    }

    static Stream<Arguments> unsound() {
        String packed = Base64.getEncoder().encodeToString("{\"unit\":{}}".getBytes(StandardCharsets.UTF_8));
        return Stream.of(
                Arguments.of("no id", structured().without("/id"), "unsound /id"),
                Arguments.of("an empty source", structured().with("/source", ""), "unsound /source"),
                Arguments.of("a number as id", structured().with("/id", 7), "unsound /id"),
                Arguments.of("no type", structured().without("/type"), "unsound /type"),
                Arguments.of("version 0.3", structured().with("/specversion", "0.3"), "unsound /specversion"),
                Arguments.of("xml", structured().with("/datacontenttype", "text/xml"), "unsound /datacontenttype"),
                Arguments.of("both kinds of data", structured().with("/data_base64", "e30="), "unsound /data_base64"),
                Arguments.of(
                        "no base64", structured().without("/data").with("/data_base64", "{}"), "unsound /data_base64"),
                Arguments.of(
                        "no json in it",
                        structured().without("/data").with("/data_base64", "e3s="),
                        "unsound /data_base64"),
                Arguments.of(
                        "wrong inside it",
                        structured().without("/data").with("/data_base64", packed),
                        "unsound /data_base64"),
                Arguments.of(
                        "an amount that is none", structured().with("/data/value", "much"), "unsound /data/value"));
    }

    @Test
    void batch_withOneThatIsNoEvent_keepsTheOthers() {
        assertThat(batch().with("/1", 7).heard(PlatformKind.CLOUDEVENTS, "{}")).containsExactly(PAID, "unsound /1");
        assertThat(batch().without("/0/source")
                        .heard(PlatformKind.CLOUDEVENTS, "{}")
                        .getFirst())
                .isEqualTo("unsound /0/source");
    }

    @ParameterizedTest
    @MethodSource("encoded")
    void header_ofAnAttribute_isDecodedOnce(String header, String id) {
        assertThat(binary(Map.of("ce-source", "s", "ce-id", header), "{}")).contains(" id=s/" + id + " ");
    }

    static Stream<Arguments> encoded() {
        return Stream.of(
                Arguments.of("a%20b", "a b"),
                Arguments.of("a%2520b", "a%20b"),
                Arguments.of("\"a\\\"b%22\"", "a\"b\""),
                Arguments.of("\"", "\""),
                Arguments.of("a+b", "a+b"));
    }

    @Test
    void header_inOtherScripts_isNamedByItsDigest() {
        String euro = binary(Map.of("ce-source", "s", "ce-id", "Euro%20%E2%82%AC%20%F0%9F%98%80"), "{}");

        assertThat(euro).matches("reported .*id=sha256/[0-9a-f]{64} .*");
        assertThat(euro).isEqualTo(binary(Map.of("ce-source", "s", "ce-id", "Euro \u20ac \ud83d\ude00"), "{}"));
    }

    @Test
    void names_thatAreTooLong_areDigestsThatDiffer() {
        String first = binary(Map.of("ce-source", "s", "ce-id", "a".repeat(199)), "{}");
        String second = binary(Map.of("ce-source", "s", "ce-id", "a".repeat(198) + "b"), "{}");
        String fits = binary(Map.of("ce-source", "s", "ce-id", "a".repeat(198)), "{}");

        assertThat(List.of(first, second))
                .allMatch(line -> line.contains("id=sha256/"))
                .doesNotHaveDuplicates();
        assertThat(fits).contains("id=s/" + "a".repeat(198));
    }

    @Test
    void names_ofTwoSources_neverMeet() {
        String ofShop = binary(Map.of("ce-source", "/orders", "ce-id", "eu/1"), "{}");
        String ofEurope = binary(Map.of("ce-source", "/orders/eu", "ce-id", "1"), "{}");

        assertThat(ofShop).contains(" id=sha256/");
        assertThat(ofEurope).contains(" id=/orders/eu/1 ");
    }

    @Test
    void names_ofItems_areNumberedAndNoLonger() {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.putAll(Map.of("ce-source", "s", "ce-id", "a".repeat(198)));
        Delivery delivery = Sample.delivery(headers, "[{\"x\":1},{}]");

        assertThat(Sample.dialect(PlatformKind.CLOUDEVENTS, "{\"items\":\"/data\"}").read(delivery).stream()
                        .map(Sample::line))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("reported id=sha256/[0-9a-f]{64}"));
    }

    @Test
    void header_thatIsNoUtf8_isUnsound() {
        assertThat(binary(Map.of("ce-id", "%FF"), "{}")).isEqualTo("unsound ce-id");
        assertThat(binary(Map.of("ce-id", "100%"), "{}")).isEqualTo("unsound ce-id");
        assertThat(binary(Map.of("ce-specversion", "2.0"), "{}")).isEqualTo("unsound ce-specversion");
        assertThat(binary(Map.of("ce-time", "soon"), "{}")).isEqualTo("unsound ce-time");
        assertThat(binary(Map.of(), "{\"value\":{}}")).isEqualTo("unsound /value");
    }

    @Test
    void binary_withoutABody_hasNoData() {
        assertThat(binary(Map.of(), "")).startsWith("reported at=2026-11-21T10:00:00Z id=https:");
    }

    @Test
    void delivery_thatIsNoCloudEvent_isRefusedWhole() {
        Dialect dialect = Sample.dialect(PlatformKind.CLOUDEVENTS, "{}");
        assertThatExceptionOfType(RefusedDelivery.class)
                .isThrownBy(() -> dialect.read(Sample.delivery(Map.of("content-type", "application/json"), "{}")))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MEDIA_TYPE));
        assertThatExceptionOfType(RefusedDelivery.class)
                .isThrownBy(() ->
                        dialect.read(Sample.delivery(Map.of("content-type", "application/cloudevents+json"), "[]")))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED));
        assertThatExceptionOfType(RefusedDelivery.class)
                .isThrownBy(() -> dialect.read(
                        Sample.delivery(Map.of("content-type", "application/cloudevents-batch+json"), "{}")))
                .satisfies(refused -> assertThat(refused.refusal()).isEqualTo(Refusal.MALFORMED));
    }

    private static Sample structured() {
        return Sample.of("cloudevents-structured").header("content-type", "application/cloudevents+json");
    }

    private static Sample batch() {
        return Sample.of("cloudevents-batch")
                .header("content-type", "application/cloudevents-batch+json; charset=utf-8");
    }

    private static String binary(Map<String, String> changed, String body) {
        Map<String, String> headers = new TreeMap<>(HEADERS);
        headers.putAll(changed);
        List<Heard> heard = Sample.dialect(PlatformKind.CLOUDEVENTS, "{}").read(Sample.delivery(headers, body));
        assertThat(heard).hasSize(1);
        return Sample.line(heard.getFirst());
    }
}
