package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How rewards come in, held against the logs.
final class FeedIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /// Units and conversions by the minute, from the logs.
    private static final String BY_MINUTE = """
        select to_char(minute at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), sum(units), sum(conversions),
               (sum(raw) / 100.0)::numeric(20, 2)
        from (
          select date_trunc('minute', decided_at) as minute, 1 as units, 0 as conversions, 0 as raw
          from decisions where experiment = (select id from experiments where key = ?)
            and (occasion = 0 or occasion >= 4294967296)
          union all
          select date_trunc('minute', received_at), 0, greatest(conversions, 0), raw
          from rewards where experiment = (select id from experiments where key = ?) and metric is null and settling = 0
        ) as came group by minute order by minute
        """;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    private static JsonObject feed(String key, int minutes) {
        return api.get("/v1/experiments/" + key + "/feed?minutes=" + minutes)
                .with(200)
                .json();
    }

    private static List<JsonObject> list(JsonObject feed, String name) {
        return feed.getJsonArray(name).stream().map(JsonObject.class::cast).toList();
    }

    private static List<List<String>> bins(JsonObject feed) {
        return list(feed, "bins").stream()
                .filter(each -> each.getLong("units") + each.getLong("conversions") > 0
                        || new BigDecimal(each.getString("value")).signum() != 0)
                .map(each -> List.of(
                        each.getString("at"),
                        each.getLong("units").toString(),
                        each.getLong("conversions").toString(),
                        each.getString("value")))
                .toList();
    }

    private static JsonObject order(String id, String unit, String value) {
        return new JsonObject()
                .put("id", id)
                .put("metric", "purchase")
                .put("unit", unit)
                .put("value", new BigDecimal(value))
                .put("currency", "EUR");
    }

    @Test
    void bins_afterOrdersAndARefund_areWhatTheLogsSay() {
        api.start(Definitions.guarding(Definitions.of("shop", "a", "b"), "refund"));
        for (int i = 0; i < 60; i++) {
            api.decide("shop", "u" + i);
        }
        for (int i = 0; i < 20; i++) {
            api.report(order("o" + i, "u" + i, "10." + (10 + i))).with(202);
        }
        api.report(order("again", "u0", "5.00")).with(202);
        api.report(new JsonObject()
                        .put("id", "r1")
                        .put("metric", "refund")
                        .put("unit", "u1")
                        .put("reverses", "o1"))
                .with(202);
        site.books().settled();

        List<List<String>> wanted = site.sql().rows(BY_MINUTE, "shop", "shop");
        Eventually.holds("shown", SOON, () -> bins(feed("shop", 60)).equals(wanted));
        JsonObject feed = feed("shop", 60);
        assertThat(bins(feed)).isEqualTo(wanted);
        assertThat(list(feed, "bins").stream()
                        .mapToLong(each -> each.getLong("conversions"))
                        .sum())
                .isEqualTo(20);
        assertThat(feed.getString("width")).isEqualTo("PT1M");
        latest(feed);
    }

    private static void latest(JsonObject feed) {
        List<JsonObject> latest = list(feed, "latest");
        assertThat(latest).hasSizeBetween(22, 30);
        // It takes back its order, and is an event of a metric that is watched.
        assertThat(latest.stream().filter(each -> each.getString("kind").equals("refund")))
                .hasSize(1);
        assertThat(latest.stream().filter(each -> each.getString("metric").equals("refund")))
                .hasSize(1);
        JsonObject order = latest.stream()
                .filter(each -> "5.00".equals(each.getString("amount")))
                .findFirst()
                .orElseThrow();
        assertThat(order.getString("kind")).isEqualTo("order");
        assertThat(order.getString("currency")).isEqualTo("EUR");
        assertThat(order.getString("source")).isEqualTo("api");
        assertThat(order.getBoolean("counted")).isTrue();
        assertThat(order.getString("arm"))
                .isEqualTo(site.sql().value("select arm from rewards where event_id = 'again'"));
        assertThat(Duration.parse(order.getString("delay"))).isPositive().isLessThan(Duration.ofMinutes(10));
        for (String name : site.sql().column("select unit::text from rewards")) {
            assertThat(feed.encode()).doesNotContain(name);
        }
        assertThat(feed.encode()).doesNotContain("\"again\"", "\"u1\"");
    }

    @Test
    void bins_ofALongTime_areWiderAndLoseNothing() {
        api.start(Definitions.of("long", "a", "b"));
        site.sql().update("""
            insert into arrivals (experiment, minute, units, conversions, value)
            select e.id, date_trunc('minute', now()) - n * interval '1 minute', 3, 1, 250
            from experiments e, generate_series(0, 43199) as n where e.key = 'long'
            on conflict do nothing
            """);
        for (int minutes : List.of(1, 59, 180, 181, 1_440, 10_080, 43_200)) {
            JsonObject feed = feed("long", minutes);
            List<JsonObject> bins = list(feed, "bins");
            Duration width = Duration.parse(feed.getString("width"));
            Instant from = Instant.parse(feed.getString("from"));
            Instant to = Instant.parse(feed.getString("to"));

            assertThat(bins).hasSizeLessThanOrEqualTo(182);
            assertThat(Duration.between(from, to))
                    .isBetween(
                            Duration.ofMinutes(minutes),
                            Duration.ofMinutes(minutes).plus(width));
            for (int i = 0; i < bins.size(); i++) {
                assertThat(bins.get(i).getString("at"))
                        .isEqualTo(from.plus(width.multipliedBy(i)).toString());
            }
            long units = site.sql()
                    .number(
                            "select coalesce(sum(units), 0) from arrivals where minute >= ?::timestamptz and minute <"
                                + " ?::timestamptz and experiment = (select id from experiments where key = 'long')",
                            from.toString(),
                            to.toString());
            assertThat(bins.stream().mapToLong(each -> each.getLong("units")).sum())
                    .isEqualTo(units);
        }
    }

    @Test
    void minutes_thatNobodyIsShownAnyMore_areDropped() {
        try (Site fresh = Site.fresh()) {
            Api node = fresh.node();
            node.start(Definitions.of("old", "a", "b"));
            fresh.sql().update("""
                insert into arrivals (experiment, minute, units, conversions, value)
                select 900, date_trunc('minute', now()) - days * interval '1 day', 1, 0, 0
                from unnest(array[1, 30, 32, 400]) as days
                """);

            node.decide("old", "somebody");

            Eventually.holds(
                    "two are left",
                    Duration.ofSeconds(30),
                    () -> fresh.sql().number("select count(*) from arrivals where experiment = 900") == 2);
            assertThat(fresh.sql().number("select count(*) from arrivals where minute < now() - interval '31 days'"))
                    .isZero();
        }
    }

    @Test
    void feed_ofNothing_isEmptyBins() {
        api.post("/v1/experiments", Definitions.of("draft", "a", "b").encode()).with(201);

        JsonObject feed = feed("draft", 10);
        assertThat(list(feed, "bins")).hasSizeBetween(10, 11).allMatch(each -> each.getLong("units") == 0);
        assertThat(list(feed, "latest")).isEmpty();
    }

    @Test
    void minutesOutOfRange_areRefused() {
        api.start(Definitions.of("range", "a", "b"));
        for (String minutes : List.of("0", "43201", "x")) {
            assertThat(api.get("/v1/experiments/range/feed?minutes=" + minutes)
                            .with(422)
                            .text())
                    .contains("\"field\":\"minutes\"");
        }
        api.get("/v1/experiments/nobody/feed").with(404);
    }
}
