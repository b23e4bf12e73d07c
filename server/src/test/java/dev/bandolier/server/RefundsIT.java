package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A refund takes back what its order gave, no more and no less, whichever of them is heard of first.
final class RefundsIT {

    private static Site site;
    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void refund_beforeOrAfterItsOrderWholeOrInPartsOrTwice_endsAsTheLogsSay() {
        api.start(Definitions.counting("refunds", Definitions.of("refunds", "a", "b")));
        for (String unit : Crowd.units("r", 9)) {
            api.decide("refunds", unit);
        }
        report(order("after", "r0", "50.00"), refund("after-refund", "after", null));
        report(refund("before-refund", "before", null));
        site.books().settled();
        report(order("before", "r1", "50.00"));
        report(order("part", "r2", "50.00"), refund("part-1", "part", "20.00"), refund("part-2", "part", "5.00"));
        report(order("parts", "r3", "50.00"), refund("parts-1", "parts", "20.00"), refund("parts-2", "parts", "30.00"));
        report(order("twice", "r4", "50.00"), refund("twice-1", "twice", null), refund("twice-2", "twice", null));
        report(order("more", "r5", "50.00"), refund("more-1", "more", "90.00"), order("more-too", "r5", "7.00"));
        report(refund("one-batch-refund", "one-batch", null), order("one-batch", "r6", "50.00"));
        report(order("apart", "r8", "50.00"));
        site.books().settled();
        report(refund("apart-1", "apart", "10.00"), refund("apart-2", "apart", "10.00"));
        report(order("kept", "r7", "50.00"), refund("of-nothing", "never-came", "50.00"));
        JsonObject again =
                api.report(refund("after-refund", "after", null)).with(202).json();
        assertThat(again.getString("status")).isEqualTo("duplicate");

        site.books().settled();
        // Converted: r2 with 25.00 left, r5 with the order of 7.00, r7, and r8 with 30.00 left.
        assertThat(site.books().totals("refunds")).containsExactly("9", "4", "4", "11200");
        assertThat(site.books().stored("refunds"))
                .isEqualTo(site.books().fromRewards("refunds"))
                .isEqualTo(site.books().fromConversions("refunds"));
    }

    @Test
    void refund_inPartWhereValuesAreNotCounted_leavesTheConversion() {
        api.start(Definitions.of("bare", "a", "b").put("objective", new JsonObject().put("metric", "bare")));
        api.decide("bare", "partly");
        api.decide("bare", "wholly");
        api.report(new JsonArray()
                        .add(conversion("b1", "bare", "partly").put("value", 50).put("currency", "EUR"))
                        .add(conversion("b2", "bare", "wholly").put("value", 50).put("currency", "EUR"))
                        .add(new JsonObject()
                                .put("id", "b3")
                                .put("metric", "bare")
                                .put("reverses", "b1")
                                .put("value", 10)
                                .put("currency", "EUR"))
                        .add(new JsonObject()
                                .put("id", "b4")
                                .put("metric", "bare")
                                .put("reverses", "b2")
                                .put("value", 50)
                                .put("currency", "EUR")))
                .with(202);

        site.books().settled();
        assertThat(site.books().totals("bare").subList(0, 3)).containsExactly("2", "1", "1");
    }

    private static JsonObject conversion(String id, String metric, String unit) {
        return new JsonObject().put("id", id).put("metric", metric).put("unit", unit);
    }

    private static JsonObject order(String id, String unit, String value) {
        return conversion(id, "refunds", unit).put("value", value).put("currency", "EUR");
    }

    private static JsonObject refund(String id, String reverses, String value) {
        JsonObject refund =
                new JsonObject().put("id", id).put("metric", "refunds").put("reverses", reverses);
        return value == null ? refund : refund.put("value", value).put("currency", "EUR");
    }

    private static void report(JsonObject... conversions) {
        JsonObject answer =
                api.report(new JsonArray(List.of(conversions))).with(202).json();
        assertThat(answer.getInteger("accepted")).isEqualTo(conversions.length);
    }
}
