package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A refund takes back what its order gave, no more and no less, whichever of them is heard of first.
final class RefundsIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
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

    @Test
    void order_takenBackWholeOrInParts_leavesEverythingAsIfItHadNeverBeen() {
        List<String> experiments = List.of("exact-every", "exact-first", "exact-yen");
        api.start(exact("exact-every", "EUR", "{'rates':{'USD':'0.92'}}"));
        api.start(exact("exact-first", "EUR", "{'orders':'first','rates':{'USD':'0.92'}}"));
        api.start(exact("exact-yen", "JPY", "{'rates':{'EUR':'163.77','USD':'149.3'}}"));
        List<String> units = Crowd.units("e", 6);
        experiments.forEach(each -> units.forEach(unit -> api.decide(each, unit)));
        report(exactly("kept-1", "e1", "20.07", "EUR"), exactly("kept-2", "e2", "300.00", "EUR"));
        report(exactly("kept-3", "e3", "33.33", "USD"), refund("kept-3-part", "kept-3", "1.11", "USD"));
        site.books().settled();
        List<List<String>> before = experiments.stream().map(RefundsIT::books).toList();

        // An order of each unit, the last of them from before the one that counts so far.
        report(exactly("gone-0", "e0", "10.00", "USD"), exactly("gone-1", "e1", "0.03", "EUR"));
        report(exactly("gone-2", "e2", "499.99", "EUR"), exactly("gone-3", "e3", "77.77", "USD"));
        report(exactly("gone-1a", "e1", "5.55", "USD").put("at", site.sql().value(EARLIER)));
        site.books().settled();
        assertThat(experiments.stream().map(RefundsIT::books).toList()).doesNotContainAnyElementsOf(before);
        report(refund("gone-0-a", "gone-0", "3.33", "USD"), refund("gone-0-b", "gone-0", "3.33", "USD"));
        report(refund("gone-1-a", "gone-1", "0.01", "EUR"), refund("gone-1-b", "gone-1", "0.01", "EUR"));
        report(refund("gone-2-a", "gone-2", null, null), refund("gone-1a-a", "gone-1a", "0.01", "USD"));
        site.books().settled();
        report(refund("gone-0-c", "gone-0", "3.34", "USD"), refund("gone-1-c", "gone-1", "0.01", "EUR"));
        report(refund("gone-3-a", "gone-3", "77.77", "USD"), refund("gone-1a-b", "gone-1a", "5.54", "USD"));

        site.books().settled();
        assertThat(experiments.stream().map(RefundsIT::books).toList()).isEqualTo(before);
    }

    private static final String EARLIER = """
        select to_char((now() - interval '2 minutes') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
        """;

    private static JsonObject exact(String key, String currency, String attribution) {
        return Definitions.of(key, "a", "b")
                .put(
                        "objective",
                        new JsonObject()
                                .put("metric", "exact")
                                .put("kind", "revenue")
                                .put("currency", currency)
                                .put("cap", 400)
                                .put("attribution", new JsonObject(attribution.replace('\'', '"'))));
    }

    /// Every number that is kept of an experiment.
    private static List<String> books(String experiment) {
        List<String> all = new ArrayList<>(site.books().stored(experiment));
        all.addAll(site.books().delays(experiment));
        return all;
    }

    private static JsonObject exactly(String id, String unit, String value, String currency) {
        return conversion(id, "exact", unit).put("value", value).put("currency", currency);
    }

    private static JsonObject refund(String id, String reverses, String value, String currency) {
        JsonObject refund =
                new JsonObject().put("id", id).put("metric", "exact").put("reverses", reverses);
        return value == null ? refund : refund.put("value", value).put("currency", currency);
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
