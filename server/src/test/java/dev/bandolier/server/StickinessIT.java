package dev.bandolier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Same unit, same arm: whatever is published, restarted, or asked elsewhere at the same moment.
final class StickinessIT {

    private static final int CALLERS = 8;

    @AutoClose
    private static Site site;

    private static Api api;

    @BeforeAll
    static void open() {
        site = Site.fresh();
        api = site.node();
    }

    @Test
    void unit_acrossTenSnapshots_keepsItsArm() {
        api.start(Definitions.of("snapshots", "a", "b", "c"));
        List<String> units = Crowd.units("s", 200);
        List<String> first = arms(api, "snapshots", units);
        long version = version("snapshots");

        for (int change = 1; change <= 10; change++) {
            JsonObject policy = change % 2 == 0
                    ? new JsonObject().put("kind", "uniform")
                    : new JsonObject().put("kind", "epsilon-greedy").put("epsilon", 0.1);
            JsonObject now = api.get("/v1/experiments/snapshots").json();
            api.patch(
                            "/v1/experiments/snapshots",
                            "\"" + now.getLong("revision") + "\"",
                            new JsonObject().put("policy", policy))
                    .with(200);
            long wanted = version + change;
            Eventually.holds("version " + wanted, Times.LEARNED, () -> version("snapshots") >= wanted);
            assertThat(arms(api, "snapshots", units)).isEqualTo(first);
        }
        assertThat(site.sql()
                        .number("select count(*) from decisions d join experiments e on e.id = d.experiment"
                                + " where e.key = 'snapshots'"))
                .isEqualTo(units.size());
    }

    @Test
    void unit_afterRestartAndOnANodeThatNeverSawIt_keepsItsArm() {
        api.start(Definitions.of("restart", "a", "b", "c"));
        List<String> units = Crowd.units("r", 200);
        List<String> first;
        try (Node node = site.opened(Map.of())) {
            first = arms(new Api(node.address()), "restart", units);
        }

        try (Node again = site.opened(Map.of())) {
            Api restarted = new Api(again.address());
            assertThat(arms(restarted, "restart", units)).isEqualTo(first);
            assertThat(restarted.decide("restart", "r0").getString("reason")).isEqualTo("sticky");
        }
        Api forgetful = site.node(Map.of("BANDOLIER_KNOWN_MAX", "0"));
        // With another draw the arm of a unit could only be what is on record.
        site.sql().update("update experiments set salt = salt + 1 where key = 'restart'");
        Api other = site.node(Map.of("BANDOLIER_KNOWN_MAX", "0"));
        assertThat(units.stream()
                        .map(unit -> other.decide(new JsonObject()
                                        .put("experiment", "restart")
                                        .put("unit", unit)
                                        .put("record", false))
                                .getString("arm")))
                .as("a preview on a node that never saw them")
                .isEqualTo(first);
        assertThat(arms(forgetful, "restart", units))
                .as("a node that keeps nothing in memory")
                .isEqualTo(first);
    }

    @Test
    void unit_askedOnTwoProcessesAtTheSameMoment_getsOneArmAndOneRow() {
        api.start(Definitions.of("race", "a", "b", "c", "d"));
        Api left = site.process();
        Api right = site.process();
        List<String> units = Crowd.units("race", 500);

        List<List<JsonObject>> answers = Crowd.each(
                CALLERS,
                units,
                unit -> Crowd.each(2, List.of(left, right), node -> {
                    return node.decide("race", unit);
                }));

        assertThat(answers).allSatisfy(pair -> {
            assertThat(pair)
                    .extracting(each -> each.getString("arm"))
                    .containsOnly(pair.getFirst().getString("arm"));
            assertThat(pair)
                    .extracting(each -> each.getDouble("propensity"))
                    .containsOnly(pair.getFirst().getDouble("propensity"));
            assertThat(pair)
                    .extracting(each -> each.getString("reason"))
                    .containsExactlyInAnyOrder("allocated", "sticky");
        });
        assertThat(site.sql()
                        .number("select count(*) from decisions d join experiments e on e.id = d.experiment"
                                + " where e.key = 'race'"))
                .isEqualTo(units.size());
    }

    @Test
    void unit_whoseArmIsPaused_isDrawnAgainAndGetsItsArmBackAfterwards() {
        api.start(Definitions.of("pausing", "a", "b", "c"));
        List<String> all = Crowd.units("p", 120);
        List<String> units = all.stream()
                .filter(unit -> api.decide("pausing", unit).getString("arm").equals("b"))
                .toList();
        assertThat(units).isNotEmpty();

        api.command("pausing/arms/b/pause");
        List<String> meanwhile = arms(api, "pausing", units);
        assertThat(meanwhile).isSubsetOf("a", "c").contains("a", "c");
        assertThat(arms(api, "pausing", units)).as("asked again").isEqualTo(meanwhile);
        api.command("pausing/arms/b/resume");
        assertThat(arms(api, "pausing", units)).containsOnly("b");

        site.books().settled();
        assertThat(site.sql()
                        .number("select count(*) from decisions d join experiments e on e.id = d.experiment"
                                + " where e.key = 'pausing' and occasion = 1"))
                .isEqualTo(units.size());
        assertThat(site.books().totals("pausing").getFirst())
                .as("those drawn again are not counted twice")
                .isEqualTo(Integer.toString(all.size()));
    }

    @Test
    void request_ofAnExperimentThatKeepsNothing_isDrawnAnew() {
        api.start(Definitions.of("slots", "a", "b").put("sticky", "none"));

        List<JsonObject> answers = Crowd.each(CALLERS, Crowd.units("", 100), any -> api.decide("slots", "one"));

        assertThat(answers).extracting(each -> each.getString("reason")).containsOnly("allocated");
        // Two arms at one half each: all 100 equal in one of 2^99 runs.
        assertThat(answers).extracting(each -> each.getString("arm")).contains("a", "b");
        assertThat(answers).extracting(each -> each.getString("decision")).doesNotHaveDuplicates();
    }

    private static List<String> arms(Api node, String experiment, List<String> units) {
        return Crowd.each(CALLERS, units, unit -> node.decide(experiment, unit).getString("arm"));
    }

    private static long version(String experiment) {
        return api.get("/v1/experiments/" + experiment)
                .json()
                .getJsonObject("snapshot")
                .getLong("version");
    }
}
