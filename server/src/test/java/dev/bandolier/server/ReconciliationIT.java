package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.UnitKey;
import dev.bandolier.bandits.attribution.Conversion;
import dev.bandolier.server.Platforms.Message;
import dev.bandolier.server.ledger.Ledger;
import dev.bandolier.server.ledger.ReceiptTable.Line;
import dev.bandolier.server.ledger.ReceiptTable.Sum;
import dev.bandolier.server.ledger.RefusalTable;
import dev.bandolier.server.ledger.RefusalTable.Refused;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every delivery and every item is accounted for: what this test sent, counted by itself, is what is shown.
final class ReconciliationIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Platforms JSON = Platforms.JSON;

    @AutoClose
    private static Site site;

    private static Api api;
    private static Api other;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        other = site.node();
        api.start(Definitions.of("shop", "a", "b"));
        JSON.setUp(api);
    }

    @Test
    void sums_ofWhatWasSentToTwoNodes_areWhatWasSent() {
        for (int i = 0; i < 10; i++) {
            api.decide("shop", "regular-" + i);
        }
        Map<String, Long> wanted = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            Api node = i % 2 == 0 ? api : other;
            String unit = i < 10 ? "regular-" + i : "stranger-" + i;
            add(wanted, "deliveries", 1);
            add(wanted, "accepted", 1);
            add(wanted, i < 10 ? "credited" : "no-decision", 1);
            JSON.deliver(node, JSON.order(i, unit, Instant.now())).with(202);
        }
        for (int i = 0; i < 5; i++) {
            add(wanted, "deliveries", 1);
            add(wanted, "duplicates", 1);
            JSON.deliver(other, JSON.order(i, "regular-" + i, Instant.now())).with(202);
        }
        // A batch: two that nobody has decided for and whose metric nobody counts, one without a unit, one that waits.
        JsonArray batch = new JsonArray()
                .add(new JsonObject().put("id", "x1").put("metric", "gone").put("unit", "regular-1"))
                .add(new JsonObject().put("id", "x2").put("metric", "gone").put("unit", "regular-2"))
                .add(new JsonObject().put("id", "x3").put("metric", "purchase"))
                .add(new JsonObject().put("id", "x4").put("metric", "purchase").put("reverses", "never"));
        JSON.deliver(api, new Message(batch.encode())).with(202);
        add(wanted, "deliveries", 1);
        add(wanted, "accepted", 3);
        add(wanted, "no-experiment", 2);
        add(wanted, "waiting", 1);
        add(wanted, "field:unit", 1);
        for (int i = 0; i < 3; i++) {
            add(wanted, "deliveries", 1);
            add(wanted, "signature-wrong", 1);
            Message forged = JSON.order(100 + i, "regular-1", Instant.now());
            Platforms.post(other, "json", forged.body() + " ", JSON.sign(forged, Instant.now()))
                    .with(401);
        }
        Platforms.post(api, "json", "x".repeat((1 << 20) + 1), List.of()).with(413);
        add(wanted, "deliveries", 1);
        add(wanted, "too-large", 1);

        site.books().settled();
        Eventually.holds("all is counted", SOON, () -> shown("json").equals(wanted));
        assertThat(shown("json")).isEqualTo(wanted);
        assertThat(listed("json")).isEqualTo(wanted);
        JsonObject one = one("json");
        JsonObject today = one.getJsonArray("byDay")
                .getJsonObject(one.getJsonArray("byDay").size() - 1);
        assertThat(one.getJsonArray("byDay")).hasSize(7);
        assertThat(today.getLong("deliveries")).isEqualTo(wanted.get("deliveries"));
        assertThat(today.getLong("refused")).isEqualTo(5);
        assertThat(today.getLong("credited")).isEqualTo(10);
        assertThat(today.getLong("unattributed")).isEqualTo(32);
        assertThat(one.getLong("unsettled")).isZero();
        assertThat(one.getJsonObject("lag").getDouble("p50")).isBetween(1.0, 16.0);
        assertThat(Instant.parse(one.getString("lastReceivedAt")))
                .isAfter(Instant.now().minusSeconds(60));
        refusals(one);
    }

    /// The sample names what is wrong, and nothing of what was delivered but ids.
    private static void refusals(JsonObject one) {
        JsonArray refusals = one.getJsonArray("refusals");
        assertThat(refusals).hasSize(4);
        JsonObject latest = refusals.getJsonObject(0);
        assertThat(latest.getString("reason")).isEqualTo("signature-wrong");
        assertThat(latest.getString("fix")).isNotEmpty();
        JsonObject unit = refusals.getJsonObject(3);
        assertThat(unit.getString("field")).isEqualTo("unit at /2/unit");
        assertThat(unit.getString("eventId")).isEqualTo("x3");
        assertThat(site.sql().rows("select * from refusals").toString())
                .doesNotContain("regular-", "stranger-", JSON.secret());
    }

    @Test
    void reports_overTheApi_areCountedAsASourceOfTheirOwn() {
        api.decide("shop", "reporter");
        JsonObject order =
                new JsonObject().put("id", "r1").put("metric", "purchase").put("unit", "reporter");
        api.report(order).with(202);
        api.report(order).with(202);
        api.report(order.copy().put("unit", "never-seen-visitor")).with(422);
        api.report(order.copy().put("at", "yesterday-or-so")).with(422);
        api.report(order.copy().put("surprise", 1)).with(422);
        other.report(new JsonArray().add(order).add(1)).with(202);
        other.post("/v1/conversions", "{").with(400);

        Map<String, Long> wanted = new TreeMap<>(Map.of(
                "deliveries",
                7L,
                "accepted",
                1L,
                "duplicates",
                2L,
                "credited",
                1L,
                "field:unit",
                1L,
                "field:at",
                1L,
                "field:other",
                1L,
                "field:event",
                1L,
                "malformed",
                1L));
        Eventually.holds("all is counted", SOON, () -> shown("api").equals(wanted));
        assertThat(shown("api")).isEqualTo(wanted);
        assertThat(site.sql().rows("select * from refusals").toString())
                .doesNotContain("never-seen-visitor", "yesterday-or-so", "surprise");
    }

    /// Around midnight a conversion may be counted as accepted on the day after it arrived.
    @Test
    void days_ofWhatArrivedAroundMidnight_comeOutAsTheLogSays() {
        Instant midnight =
                LocalDate.now(ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant();
        List<Conversion> late = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            late.add(new Conversion(
                    "night",
                    "n" + i,
                    i % 2 == 0 ? "purchase" : "gone",
                    Optional.of(new UnitKey(i, i)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    midnight.minusSeconds(60),
                    midnight.plusMillis(i - 3),
                    i == 2 ? Optional.of("never") : Optional.empty()));
        }
        Ledger ledger = site.ledger();
        ledger.conversions().append(late).await();
        LocalDate today = LocalDate.ofInstant(midnight, ZoneOffset.UTC);
        ledger.receipts()
                .add(ledger.pool(), Map.of(new Line("night", today, "accepted", ""), new Sum(late.size(), midnight)));
        site.books().settled();

        List<List<String>> logged = site.sql().rows("""
            select (received_at at time zone 'UTC')::date, count(*), count(*) filter (where outcome = 'credited'),
                   count(*) filter (where outcome not in ('credited', 'waiting')),
                   count(*) filter (where outcome = 'waiting'), count(*) filter (where outcome is null)
            from conversions where source = 'night' group by 1 order by 1\
            """);
        JsonObject one = one("night");
        List<List<String>> days = one.getJsonArray("byDay").stream()
                .map(JsonObject.class::cast)
                .map(day -> Stream.of("day", "accepted", "credited", "unattributed", "waiting", "unsettled")
                        .map(name -> day.getValue(name).toString())
                        .toList())
                .filter(day -> !day.get(1).equals("0"))
                .toList();
        assertThat(days).hasSize(2).isEqualTo(logged);
        assertThat(sums(one)).isEqualTo(Map.of("accepted", 7L, "waiting", 1L, "no-decision", 3L, "no-experiment", 3L));
    }

    /// Room for one: of each request the first is written, the others are not, so all of it is answered 503.
    @Test
    void request_thatFailsInPart_isCountedByWhatOfItIsInTheLog() {
        try (Site small = Site.fresh()) {
            Api node = small.node(Map.of("BANDOLIER_RECEIVE_WAITING_MAX", "1"));
            node.start(Definitions.of("shop", "a", "b"));
            JSON.setUp(node);
            node.decide("shop", "u");
            JsonArray batch = new JsonArray();
            for (int i = 0; i < 5; i++) {
                batch.add(new JsonObject()
                        .put("id", "p" + i)
                        .put("metric", "purchase")
                        .put("unit", "u"));
            }
            JSON.deliver(node, new Message(batch.encode())).with(503);
            JSON.deliver(node, new Message(batch.encode())).with(503);
            node.report(batch).with(503);

            for (String source : List.of("json", "api")) {
                assertThat(small.sql().number("select count(*) from conversions where source = '" + source + "'"))
                        .isEqualTo(1);
                Eventually.holds(
                        "what is in the log is counted",
                        SOON,
                        () -> small.sql()
                                        .number("select coalesce(sum(count), 0) from receipts where what = 'accepted'"
                                                + " and source = '" + source + "'")
                                == 1);
            }
        }
    }

    @Test
    void refusals_ofOneReasonWithoutEnd_leaveThoseOfOthersInSight() {
        Ledger ledger = site.ledger();
        ledger.refusals().append(ledger.pool(), List.of(refused("field:unit", "mend me")));
        List<Refused> flood = Collections.nCopies(3, refused("signature-wrong", "stranger"));
        for (int i = 0; i < RefusalTable.KEPT; i++) {
            ledger.refusals().append(ledger.pool(), flood);
        }

        assertThat(ledger.refusals().latest(ledger.pool(), "flooded", 50))
                .hasSize(50)
                .extracting(Refused::detail)
                .endsWith("mend me");
        assertThat(site.sql().number("select count(*) from refusals where source = 'flooded'"))
                .isEqualTo(RefusalTable.KEPT + 1);
    }

    private static Refused refused(String reason, String detail) {
        return new Refused("flooded", Instant.parse("2026-11-21T10:00:00Z"), reason, "", detail, "", "");
    }

    @Test
    void addressesOfNobody_areOneSourceTogether() {
        for (int i = 0; i < 30; i++) {
            Platforms.post(api, "nobody-" + i, "{}", List.of()).with(404);
            Platforms.post(api, "nobody-" + i, " ".repeat((1 << 20) + 1), List.of())
                    .with(413);
        }
        Eventually.holds("counted", SOON, () -> listed("").getOrDefault("too-large", 0L) == 30);
        assertThat(listed("")).isEqualTo(Map.of("deliveries", 60L, "unknown-source", 30L, "too-large", 30L));
        assertThat(site.sql().number("select count(*) from receipts where source like 'nobody%'"))
                .isZero();
        assertThat(site.sql().number("select count(*) from refusals where source = ''"))
                .isZero();
        api.get("/v1/sources/nobody-1/reconciliation").with(404);
    }

    @Test
    void days_outOfRange_areRefusedByName() {
        for (String days : List.of("0", "91", "-1", "x", "1.5")) {
            assertThat(api.get("/v1/reconciliation?days=" + days).with(422).text())
                    .contains("\"days\"");
        }
        assertThat(api.get("/v1/sources/api/reconciliation?days=90")
                        .with(200)
                        .json()
                        .getJsonArray("byDay"))
                .hasSize(90);
    }

    private static void add(Map<String, Long> sums, String what, long count) {
        sums.merge(what, count, Long::sum);
    }

    private static JsonObject one(String source) {
        return api.get("/v1/sources/" + source + "/reconciliation").with(200).json();
    }

    private static Map<String, Long> shown(String source) {
        return sums(one(source));
    }

    private static Map<String, Long> listed(String source) {
        return api.get("/v1/reconciliation").with(200).json().getJsonArray("sources").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("source").equals(source))
                .map(ReconciliationIT::sums)
                .findFirst()
                .orElseGet(HashMap::new);
    }

    /// What a summary says, zeros left out.
    private static Map<String, Long> sums(JsonObject summary) {
        Map<String, Long> sums = new TreeMap<>();
        for (String what : List.of("deliveries", "accepted", "duplicates", "waiting")) {
            sums.put(what, summary.getLong(what));
        }
        sums.put("credited", summary.getLong("attributed"));
        for (String list : List.of("ignored", "refused", "unattributed")) {
            for (Object each : summary.getJsonArray(list)) {
                JsonObject row = (JsonObject) each;
                sums.merge(row.getString("reason", row.getString("outcome")), row.getLong("count"), Long::sum);
            }
        }
        sums.values().removeIf(count -> count == 0);
        return sums;
    }
}
