package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Segments;
import dev.bandolier.server.ClaimsOracle.Found;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a report claims is what the raw logs say, unit by unit: whatever the choice was narrowed to, whoever was paused
/// meanwhile, whatever was taken back.
///
/// Everything was decided and reported more than a week ago, by a node whose clock was that much behind, and is mature to
/// the node that is asked.
final class ClaimsIT {

    private static final Duration AGO = Duration.ofDays(8);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CALLERS = 4;

    private static Site site;
    private static Node node;
    private static Api api;
    private static String before;

    @BeforeAll
    static void live() {
        site = Site.fresh();
        try (Node early = site.opened(AGO.negated())) {
            new ClaimsRounds(site, new Api(early.address())).play();
            site.books().settled();
        }
        before = Instant.now().minus(AGO.minusDays(1)).toString();
        node = site.opened(Duration.ZERO);
        api = new Api(node.address());
    }

    @AfterAll
    static void close() {
        node.close();
        site.close();
    }

    @Test
    void claims_ofNarrowedAsksPausedArmsAndSegments_areThoseOfTheRawLogs() {
        ClaimsOracle all = ClaimsOracle.of(site.sql(), "rates", "conversions", before);

        JsonObject report = report("rates", all);

        JsonObject claims = report.getJsonObject("claims");
        assertThat(all.units().stream().map(unit -> unit.drawable()).distinct()).hasSizeGreaterThan(3);
        assertThat(claims.getLong("versions")).isGreaterThan(3);
        assertThat(Claimed.arm(claims.getJsonArray("arms"), "c").getDouble("covered"))
                .isLessThan(1);
        Claimed.check(claims.getJsonArray("arms"), all.drawn(), 1);
        for (Object each : report.getJsonArray("segments")) {
            JsonObject segment = (JsonObject) each;
            String name = Optional.ofNullable(segment.getString("segment")).orElse(Segments.OTHER);
            Claimed.check(
                    segment.getJsonArray("claims"),
                    all.drawn().those(unit -> unit.segment().equals(name)),
                    1);
        }
    }

    @Test
    void holdout_againstTheOthers_isComparedByPlainMeans() {
        ClaimsOracle all = ClaimsOracle.of(site.sql(), "rates", "conversions", before);
        ClaimsOracle heldOut = all.those(ClaimsOracle.Unit::holdout);

        JsonObject holdout = report("rates", all).getJsonObject("claims").getJsonObject("holdout");

        assertThat(holdout.getLong("units")).isEqualTo(heldOut.count()).isPositive();
        assertThat(holdout.getLong("others")).isEqualTo(all.drawn().count());
        List<Found> over = all.drawn().over(heldOut);
        Claimed.check(holdout.getJsonObject("difference"), over.get(0), 1);
        Claimed.check(holdout.getJsonObject("uplift"), over.get(1), 1);
        double rate = heldOut.earned() / heldOut.count();
        double spread = Math.sqrt(
                rate * (1 - rate) * (1.0 / heldOut.count() + 1.0 / all.drawn().count()));
        // 1.96 and 0.84: a level of 5 % on two sides, a power of 80 %.
        assertThat(holdout.getDouble("detectable"))
                .isCloseTo((Claimed.Z + 0.8416212335729143) * spread / rate, Offset.offset(1e-9));
    }

    @Test
    void holdout_whoseShareChanged_isComparedShareByShare_withoutTheTimeBefore() {
        ClaimsOracle all = ClaimsOracle.of(site.sql(), "moving", "conversions", before);
        ClaimsOracle some = all.those(unit -> unit.share() > 0);
        assertThat(all.units().stream().map(ClaimsOracle.Unit::share).distinct())
                .containsExactlyInAnyOrder(0.0, 0.3, 0.6);

        JsonObject holdout = report("moving", all).getJsonObject("claims").getJsonObject("holdout");

        assertThat(holdout.getLong("units"))
                .isEqualTo(some.those(ClaimsOracle.Unit::holdout).count());
        assertThat(holdout.getLong("others"))
                .isEqualTo(some.drawn().count())
                .isLessThan(all.drawn().count());
        List<Found> found = some.overByShare();
        Claimed.check(holdout.getJsonObject("difference"), found.get(0), 1);
        Claimed.check(holdout.getJsonObject("uplift"), found.get(1), 1);
        assertThat(holdout.getDouble("othersRate") - holdout.getDouble("rate"))
                .isCloseTo(found.get(0).value(), Offset.offset(1e-9));
        Found pooled = all.drawn().over(all.those(ClaimsOracle.Unit::holdout)).get(0);
        // Who is held out is chance, so how far the two are apart is too; only that they are is sure.
        assertThat(found.get(0).value()).as("not pooled").isNotCloseTo(pooled.value(), Offset.offset(1e-6));
    }

    @Test
    void revenueWithRefunds_isClaimedInTheCurrency_andSoIsWhatWasEarned() {
        ClaimsOracle all = ClaimsOracle.of(site.sql(), "spending", "value", before);

        JsonObject report = report("spending", all);

        Claimed.check(report.getJsonObject("claims").getJsonArray("arms"), all.drawn(), 0.01);
        JsonObject money = report.getJsonObject("money");
        assertThat(money.getString("currency")).isEqualTo("EUR");
        double booked = ClaimsOracle.of(site.sql(), "spending", "raw", before).earned();
        assertThat(booked).as("some spent more than the cap").isGreaterThan(all.earned());
        assertThat(Double.parseDouble(money.getString("earned"))).isCloseTo(booked / 100, Offset.offset(1e-6));
        Claimed.check(money.getJsonObject("uniform"), all.drawn().uniform(), 0.01);
        Claimed.check(money.getJsonObject("control"), all.drawn().against("a"), 0.01);
    }

    @Test
    void drawsPerRequest_areUnitsOfTheirOwn() {
        ClaimsOracle all = ClaimsOracle.of(site.sql(), "requests", "orders", before);

        JsonObject report = report("requests", all);

        Claimed.check(report.getJsonObject("claims").getJsonArray("arms"), all.drawn(), 1);
        ClaimsOracle heldOut = all.those(ClaimsOracle.Unit::holdout);
        JsonObject holdout = report.getJsonObject("claims").getJsonObject("holdout");
        assertThat(holdout.getLong("units")).isEqualTo(heldOut.count()).isPositive();
        assertThat(holdout.getDouble("rate")).isCloseTo(heldOut.earned() / heldOut.count(), Offset.offset(1e-9));
        for (String interval : List.of("uplift", "difference", "detectable")) {
            assertThat(holdout.getValue(interval))
                    .as("of requests, " + interval)
                    .isNull();
        }
        assertThat(report.getJsonObject("money").getDouble("earned")).isEqualTo(all.earned());
    }

    @Test
    void unitsOfToday_countForTrafficAndMoney_andNotForClaims() {
        ClaimsOracle old = ClaimsOracle.of(site.sql(), "mixed", "conversions", before);
        List<String> tokens = Crowd.each(
                CALLERS,
                Crowd.units("today-", 30),
                unit -> api.decide("mixed", unit).getString("decision"));
        JsonArray conversions = new JsonArray();
        tokens.forEach(token -> conversions.add(new JsonObject()
                .put("metric", ClaimsRounds.METRICS.get("mixed"))
                .put("decision", token)));
        api.report(conversions).with(202);
        site.books().settled();
        Eventually.holds(
                "all is earned",
                SOON,
                () -> report("mixed", old).getJsonObject("money").getDouble("earned") == old.earned() + 30);

        JsonObject report = report("mixed", old);

        Claimed.check(report.getJsonObject("claims").getJsonArray("arms"), old, 1);
        assertThat(report.getJsonObject("claims").getValue("holdout")).isNull();
        assertThat(Claimed.units(report.getJsonArray("traffic"), "day")).isEqualTo(30);
        assertThat(Claimed.units(report.getJsonArray("traffic"), "all")).isEqualTo(old.count() + 30);
        assertThat(Claimed.shares(report.getJsonArray("traffic"))).isCloseTo(1, Offset.offset(1e-9));
    }

    /// The report, once all that these units did is claimed.
    private static JsonObject report(String experiment, ClaimsOracle all) {
        Eventually.holds(
                "all units are mature",
                SOON,
                () -> read(experiment).getJsonObject("claims").getLong("units")
                        == all.drawn().count());
        return read(experiment);
    }

    private static JsonObject read(String experiment) {
        return api.get("/v1/experiments/" + experiment + "/report").with(200).json();
    }
}
