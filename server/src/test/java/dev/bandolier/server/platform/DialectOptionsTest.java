package dev.bandolier.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bandolier.server.wire.Problem;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Options that are wrong are refused by their names.
final class DialectOptionsTest {

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource({"shops", "rules"})
    void option_thatIsWrong_isRefusedByName(PlatformKind kind, String options, String field) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> Sample.dialect(kind, options))
                .satisfies(problem -> assertThat(problem.errors())
                        .extracting(Problem.FieldError::field)
                        .containsOnly(field));
    }

    static Stream<Arguments> shops() {
        return Stream.of(
                row(PlatformKind.STRIPE, "{'order':'cart'}", "options.order"),
                row(PlatformKind.STRIPE, "{'order':7}", "options.order"),
                row(PlatformKind.STRIPE, "{'disputes':'won'}", "options.disputes"),
                row(PlatformKind.STRIPE, "{'test':'yes'}", "options.test"),
                row(PlatformKind.STRIPE, "{'value':'/amount'}", "options.value"),
                row(PlatformKind.STRIPE, "{'metrics':{'order':'a b'}}", "options.metrics.order"),
                row(PlatformKind.STRIPE, "{'metrics':{'orders':'a'}}", "options.metrics.orders"),
                row(PlatformKind.STRIPE, "{'metrics':'a'}", "options.metrics"),
                row(PlatformKind.STRIPE, "{'unit':'data/object'}", "options.unit"),
                row(PlatformKind.STRIPE, "{'unit':'/a~2'}", "options.unit"),
                row(PlatformKind.STRIPE, "{'unit':['/a','b']}", "options.unit[1]"),
                row(PlatformKind.STRIPE, "{'unit':['/a',7]}", "options.unit[1]"),
                row(PlatformKind.STRIPE, "{'decision':{'a':1}}", "options.decision"),
                row(PlatformKind.STRIPE, "{'decision':'header:'}", "options.decision"),
                row(PlatformKind.STRIPE, "{'unit':'header:stripe-signature'}", "options.unit"),
                row(PlatformKind.SHOPIFY, "{'unit':'header:x-shopify-order-id'}", "options.unit"),
                row(PlatformKind.SEGMENT, "{'value':['/value','header:x-value']}", "options.value[1]"),
                row(PlatformKind.SHOPIFY, "{'order':'checkout'}", "options.order"),
                row(PlatformKind.SHOPIFY, "{'value':'total_price'}", "options.value"),
                row(PlatformKind.SHOPIFY, "{'items':'/a'}", "options.items"),
                row(PlatformKind.SEGMENT, "{'events':{'order':''}}", "options.events.order"),
                row(PlatformKind.SEGMENT, "{'events':{'orders':'a'}}", "options.events.orders"),
                row(PlatformKind.SEGMENT, "{'events':{'order':'Order Refunded'}}", "options.events"),
                row(PlatformKind.SEGMENT, "{'disputes':'off'}", "options.disputes"));
    }

    static Stream<Arguments> rules() {
        String eleven = places(11);
        String manyRules = IntStream.range(0, 51).mapToObj(i -> "{}").collect(Collectors.joining(","));
        return Stream.of(
                row(PlatformKind.JSON, "{'events':[]}", "options.events"),
                row(PlatformKind.JSON, "{'events':[" + manyRules + "]}", "options.events"),
                row(PlatformKind.JSON, "{'events':{}}", "options.events"),
                row(PlatformKind.JSON, "{'events':[7,{}]}", "options.events[0]"),
                row(PlatformKind.JSON, "{'events':[{'units':'/a'}]}", "options.events[0].units"),
                row(PlatformKind.JSON, "{'events':[{'metric':'a b'}]}", "options.events[0].metric"),
                row(PlatformKind.JSON, "{'events':[{},{'metric':'/a~'}]}", "options.events[1].metric"),
                row(PlatformKind.JSON, "{'events':[{'id':'order'}]}", "options.events[0].id"),
                row(PlatformKind.JSON, "{'events':[{'unit':'me'}]}", "options.events[0].unit"),
                row(PlatformKind.JSON, "{'events':[{'unit':" + eleven + "}]}", "options.events[0].unit"),
                row(PlatformKind.JSON, "{'events':[{'currency':'euro'}]}", "options.events[0].currency"),
                row(PlatformKind.JSON, "{'events':[{'value':'-1'}]}", "options.events[0].value"),
                row(PlatformKind.JSON, "{'events':[{'value':'much'}]}", "options.events[0].value"),
                row(PlatformKind.JSON, "{'events':[{'at':'now'}]}", "options.events[0].at"),
                row(PlatformKind.JSON, "{'events':[{'id':'header:x-event-id'}]}", "options.events[0].id"),
                row(PlatformKind.JSON, "{'events':[{'id':'header:body'}]}", "options.events[0].id"),
                row(
                        PlatformKind.JSON,
                        "{'events':[{'when':{'header:x-kind':'sale'}}]}",
                        "options.events[0].when.header:x-kind"),
                row(
                        PlatformKind.JSON,
                        "{'signature':{'signed':['x-kind','body']},'events':[{'id':'header:x-event-id'}]}",
                        "options.events[0].id"),
                row(PlatformKind.CLOUDEVENTS, "{'events':[{'id':'header:ce-id'}]}", "options.events[0].id"),
                row(
                        PlatformKind.STANDARD_WEBHOOKS,
                        "{'events':[{'id':'header:webhook-signature'}]}",
                        "options.events[0].id"),
                row(PlatformKind.JSON, "{'events':[{'minor':'yes'}]}", "options.events[0].minor"),
                row(PlatformKind.JSON, "{'events':[{'when':{'type':'a'}}]}", "options.events[0].when.type"),
                row(PlatformKind.JSON, "{'events':[{'when':{'/type':['a']}}]}", "options.events[0].when./type"),
                row(PlatformKind.JSON, "{'events':[{'when':{'/type':null}}]}", "options.events[0].when./type"),
                row(PlatformKind.JSON, "{'events':[{'when':'/type'}]}", "options.events[0].when"),
                row(PlatformKind.JSON, "{'events':[{'when':{" + conditions(11) + "}}]}", "options.events[0].when"),
                row(PlatformKind.JSON, "{'items':'events'}", "options.items"),
                row(PlatformKind.JSON, "{'items':''}", "options.items"),
                row(PlatformKind.JSON, "{'items':'/" + "a".repeat(500) + "'}", "options.items"),
                row(PlatformKind.JSON, "{'metrics':{}}", "options.metrics"),
                row(PlatformKind.CLOUDEVENTS, "{'test':true}", "options.test"),
                row(PlatformKind.STANDARD_WEBHOOKS, "{'order':'paid'}", "options.order"));
    }

    /// A header counts for what its sender wrote only if he signed it.
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void header_thatTheSignatureCovers_isAPlace(PlatformKind kind, String options) {
        assertThat(Sample.dialect(kind, options)).isNotNull();
    }

    static Stream<Arguments> header_thatTheSignatureCovers_isAPlace() {
        String event = "'events':[{'when':{'header:X-Kind':'sale'},'id':['/id','header:x-event-id']}]";
        return Stream.of(
                row(PlatformKind.JSON, "{'signature':{'signed':['X-Event-Id','x-kind','body']}," + event + "}", ""),
                row(PlatformKind.JSON, "{'signature':'bearer'," + event + "}", ""),
                row(PlatformKind.CLOUDEVENTS, "{'signature':'bearer'," + event + "}", ""),
                row(
                        PlatformKind.CLOUDEVENTS,
                        "{'signature':{'signed':['ce-id','body']},'events':[{'id':'header:ce-id'}]}",
                        ""),
                row(
                        PlatformKind.STANDARD_WEBHOOKS,
                        "{'events':[{'id':'header:webhook-id','at':'header:Webhook-Timestamp'}]}",
                        ""));
    }

    @ParameterizedTest
    @EnumSource
    void options_thatAreLeftOut_haveDefaults(PlatformKind kind) {
        assertThat(Sample.dialect(kind, "{}")).isNotNull();
    }

    private static String places(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'/a'").collect(Collectors.joining(",", "[", "]"));
    }

    private static String conditions(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'/a" + i + "':1").collect(Collectors.joining(","));
    }

    private static Arguments row(PlatformKind kind, String options, String field) {
        return Arguments.of(kind, options.replace('\'', '"'), field);
    }
}
