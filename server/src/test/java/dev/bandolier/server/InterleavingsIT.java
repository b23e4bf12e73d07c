package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.server.AttributionOracle.Rules;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// Whatever is reported, in whatever order and to whichever node: every decision has earned what the conversions say, to
/// the cent, by the options of its experiment.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class InterleavingsIT {

    private static final String FOREIGN = "{\"USD\": 0.92, \"JPY\": 0.61, \"KWD\": 0.3}";

    /// The options in the words of the oracle; rates between minor units.
    private static final List<Rules> RULES = List.of(
            new Rules("capped", "sticky", "every", "7 days", "7 days", false, true, "EUR", 25_000, "{}"),
            new Rules("once", "sticky", "first", "3 days", "0", false, true, "EUR", 20_000, FOREIGN),
            new Rules("converts", "sticky", "every", "7 days", "2 days", false, false, "EUR", Long.MAX_VALUE, "{}"),
            new Rules("counts", "sticky", "every", "10 days", "7 days", true, false, null, Long.MAX_VALUE, "{}"),
            new Rules("opened", "first", "every", "5 days", "7 days", false, true, "EUR", 30_000, FOREIGN),
            new Rules("latest", "last", "first", "5 days", "1 day", true, false, "EUR", Long.MAX_VALUE, FOREIGN),
            new Rules("named", "token", "every", "7 days", "90 days", false, true, "USD", 50_000, "{\"EUR\": 1.0837}"));

    /// The same options as owners write them.
    private static final Map<String, String> OBJECTIVES = Map.of(
            "capped", "'kind':'revenue','currency':'EUR','cap':'250.00'",
            "once",
                    "'kind':'revenue','currency':'EUR','cap':'200.00','window':'P3D','attribution':{'orders':'first',"
                            + "'grace':'PT0S','rates':{'USD':'0.92','JPY':'0.0061','KWD':'3'}}",
            "converts", "'currency':'EUR','attribution':{'grace':'P2D'}",
            "counts", "'kind':'count','baseline':2,'window':'P10D','attribution':{'crossExperiment':true}",
            "opened",
                    "'kind':'revenue','currency':'EUR','cap':'300.00','window':'P5D','attribution':{'touch':'first',"
                            + "'rates':{'USD':0.92,'JPY':0.0061,'KWD':3}}",
            "latest",
                    "'currency':'EUR','window':'P5D','attribution':{'touch':'last','orders':'first','grace':'P1D',"
                            + "'crossExperiment':true,'rates':{'USD':'0.920','JPY':'0.0061','KWD':'3.00'}}",
            "named",
                    "'kind':'revenue','currency':'USD','cap':500,'attribution':{'grace':'P90D','rates':{'EUR':1.0837}}");

    @AutoClose
    private static Site site;

    private static Api api;
    private static AttributionOracle oracle;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
        oracle = new AttributionOracle(site.sql()).prepared();
        for (Rules rules : RULES) {
            String key = rules.experiment();
            String objective = "{'metric':'purchase'," + OBJECTIVES.get(key) + "}";
            api.start(Definitions.of(key, "a", "b")
                    .put("sticky", rules.touch().equals("sticky") ? "unit" : "none")
                    .put("objective", new JsonObject(objective.replace('\'', '"'))));
        }
    }

    @Test
    @Order(1)
    void interleavings_onOneNode_earnWhatTheConversionsSay() {
        for (long seed : new long[] {1, 2, 3, 4}) {
            play(seed, List.of(api));
        }
    }

    @Test
    @Order(2)
    void interleavings_onTwoNodesOfWhichOneGoes_earnWhatTheConversionsSay() {
        Node other = site.opened(Map.of());
        try {
            for (long seed : new long[] {11, 12, 13}) {
                play(seed, List.of(api, new Api(other.address())));
            }
        } finally {
            other.close();
        }
        play(14, List.of(api, site.node()));
    }

    @Test
    @Order(3)
    void interleavings_metEveryOutcome() {
        Set<String> met = new HashSet<>(site.sql().column("select distinct outcome from conversions"));

        // Every visitor was decided for, so none is without a decision.
        assertThat(met)
                .contains("credited", "too-late", "outside-window", "wrong-currency", "waiting", "nothing-to-reverse");
        assertThat(RULES)
                .allSatisfy(rules ->
                        assertThat(oracle.earned(rules)).as(rules.experiment()).isNotEmpty());
    }

    @Test
    @Order(4)
    void counters_afterAllOfThem_areTheSumsOfTheRewards() {
        for (Rules rules : RULES) {
            assertThat(site.books().stored(rules.experiment()))
                    .as(rules.experiment())
                    .isEqualTo(site.books().fromRewards(rules.experiment()));
            assertThat(site.books().delays(rules.experiment()))
                    .as(rules.experiment())
                    .isEqualTo(site.books().delaysFromRewards(rules.experiment()));
        }
    }

    private static void play(long seed, List<Api> nodes) {
        List<String> experiments = RULES.stream().map(Rules::experiment).toList();
        new Interleaving(seed, site.sql(), experiments).play(nodes);
        site.books().settled();
        for (Rules rules : RULES) {
            assertThat(oracle.rewarded(rules))
                    .as("seed %d, '%s'", seed, rules.experiment())
                    .isEqualTo(oracle.earned(rules));
        }
    }
}
