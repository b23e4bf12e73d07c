package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The options of attribution at the door: what would count is let in, what would not is refused by its field.
final class CreditingIT {

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void unit_thatIsDrawnForAgainAndAgain_isEnoughWhereTheFirstOrLastDrawEarns() {
        for (String touch : List.of("token", "first", "last")) {
            start(touch, "none", "{'metric':'" + touch + "','attribution':{'touch':'" + touch + "'}}");
            for (int i = 0; i < 3; i++) {
                api.decide(touch, "visitor");
            }
        }

        assertThat(refused("token", "visitor", "")).isEqualTo("decision");
        assertThat(refused("first", "nobody", "")).isEqualTo("unit");
        report("first", "visitor", "");
        report("last", "visitor", "");

        site.books().settled();
        assertThat(earningDraw("first")).isEqualTo(1);
        assertThat(earningDraw("last")).isEqualTo(3);
    }

    @Test
    void value_inAForeignCurrency_countsAtItsRateAndIsRefusedWithoutOne() {
        start(
                "worth",
                "unit",
                "{'metric':'worth','kind':'revenue','currency':'EUR','cap':1000,'attribution':{'rates':{'JPY':'1',"
                        + "'USD':'0.925'}}}");
        api.decide("worth", "a");

        report("worth", "a", ",'value':'0.06','currency':'USD'");
        report("worth", "a", ",'value':7,'currency':'JPY'");
        assertThat(refused("worth", "a", ",'value':7,'currency':'GBP'")).isEqualTo("currency");

        site.books().settled();
        // 5.55 cents are 6, and 7 yen are 7.00.
        assertThat(site.books().totals("worth")).containsExactly("1", "1", "2", "706");
        assertThat(site.sql().column("select rate from rewards where currency = 'JPY'"))
                .containsExactly("100");
    }

    @Test
    void order_thatArrivesLate_isRefusedAfterTheGraceAndItsReversalNever() {
        start("late", "unit", "{'metric':'late','window':'P1D','attribution':{'grace':'PT1H'}}");
        api.decide("late", "early");
        api.decide("late", "shifted");
        report("late", "early", ",'id':'in-time'");
        site.books().settled();
        site.sql().update("""
            update decisions set decided_at = decided_at - interval '26 hours'
            where experiment = (select id from experiments where key = 'late')
            """);
        String at = site.sql()
                .value("select to_char((now() - interval '25 hours') at time zone 'UTC',"
                        + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')");

        assertThat(refused("late", "shifted", ",'at':'" + at + "'")).isEqualTo("at");
        api.report(json("{'id':'back','metric':'late','reverses':'in-time'}")).with(202);

        site.books().settled();
        assertThat(site.books().totals("late")).containsExactly("2", "0", "0", "0");
    }

    @Test
    void token_ofAnotherExperiment_countsWhereTheExperimentSaysSo() {
        start("own", "none", "{'metric':'elsewhere'}");
        start("alone", "unit", "{'metric':'shared'}");
        start("shares", "unit", "{'metric':'crossing','attribution':{'crossExperiment':true}}");
        String token = api.decide("own", "u").getString("decision");
        api.decide("alone", "u");
        api.decide("shares", "u");

        JsonObject refusal = api.report(json("{'metric':'shared','decision':'" + token + "'}"))
                .with(422)
                .json();
        api.report(json("{'metric':'crossing','decision':'" + token + "'}")).with(202);

        assertThat(field(refusal)).isEqualTo("metric");
        site.books().settled();
        assertThat(site.books().totals("shares")).startsWith("1", "1", "1");
    }

    @Test
    void options_ofAStartedExperiment_mayChangeButForWhichOrdersCount() {
        start("changing", "unit", "{'metric':'changing','currency':'EUR'}");
        JsonObject read = api.get("/v1/experiments/changing").json();
        JsonObject objective = read.getJsonObject("objective");
        assertThat(objective.getJsonObject("attribution"))
                .isEqualTo(json("{'touch':'token','orders':'every','grace':'P7D','crossExperiment':false,'rates':{}}"));
        String etag = "\"" + read.getInteger("revision") + "\"";

        JsonObject first = objective.copy().put("attribution", json("{'orders':'first'}"));
        JsonObject rates = objective.copy().put("attribution", json("{'grace':'PT0S','rates':{'USD':'0.920'}}"));
        JsonObject refusal = api.patch("/v1/experiments/changing", etag, new JsonObject().put("objective", first))
                .with(422)
                .json();
        JsonObject changed = api.patch("/v1/experiments/changing", etag, new JsonObject().put("objective", rates))
                .with(200)
                .json();

        assertThat(field(refusal)).isEqualTo("objective.attribution.orders");
        assertThat(changed.getJsonObject("objective")
                        .getJsonObject("attribution")
                        .getJsonObject("rates"))
                .isEqualTo(json("{'USD':'0.92'}"));
    }

    private static void start(String key, String sticky, String objective) {
        api.start(Definitions.of(key, "a", "b").put("sticky", sticky).put("objective", json(objective)));
    }

    private static void report(String metric, String unit, String more) {
        api.report(json("{'metric':'" + metric + "','unit':'" + unit + "'" + more + "}"))
                .with(202);
    }

    private static String refused(String metric, String unit, String more) {
        return field(api.report(json("{'metric':'" + metric + "','unit':'" + unit + "'" + more + "}"))
                .with(422)
                .json());
    }

    private static String field(JsonObject problem) {
        return problem.getJsonArray("errors").getJsonObject(0).getString("field");
    }

    /// Which of the draws of an experiment, in their order, has earned something.
    private static long earningDraw(String experiment) {
        return site.sql().number("""
            select place from (
              select unit, experiment, occasion, row_number() over (order by xid) as place from decisions
              where experiment = (select id from experiments where key = ?)
            ) as draws join rewards using (unit, experiment, occasion)
            """, experiment);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
