package dev.bandolier.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bandolier.bandits.Counters;
import dev.bandolier.bandits.Definition;
import dev.bandolier.bandits.Experiment;
import dev.bandolier.bandits.Tally;
import dev.bandolier.bandits.learning.Learner;
import dev.bandolier.server.ledger.DefinitionJson;
import dev.bandolier.server.ledger.Group;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdviceTest {

    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(20));

    private Counters counters = Counters.EMPTY;
    private Experiment.State state = Experiment.State.RUNNING;

    @Test
    void segments_thatEachHaveTheirArm_areToldApart() {
        earned("mobile", "a", 40_000, 2_400);
        earned("mobile", "b", 40_000, 1_200);
        earned("desktop", "a", 40_000, 2_400);
        earned("desktop", "b", 40_000, 4_800);

        JsonObject advice = advice();

        assertThat(advice.getString("kind")).isEqualTo("stop");
        assertThat(advice.getValue("arm")).isNull();
        assertThat(advice.getString("sentence"))
                .isEqualTo(
                        "Keep it running, with 'a' for 'mobile' and 'b' for 'desktop': no other arm is likely to earn"
                                + " noticeably more, and waiting longer would teach little.");
        assertThat(advice.getJsonArray("segments").stream()
                        .map(JsonObject.class::cast)
                        .map(each -> each.getString("segment") + " " + each.getString("arm"))
                        .toList())
                .containsExactly("mobile a", "desktop b");
    }

    @Test
    void segment_thatIsNotSettled_keepsAllGoing_andIsNamed() {
        earned("mobile", "a", 40_000, 2_400);
        earned("mobile", "b", 40_000, 1_200);
        earned("desktop", "a", 1_000, 60);
        earned("desktop", "b", 1_000, 66);

        JsonObject advice = advice();

        assertThat(advice.getString("kind")).isEqualTo("keep-going");
        assertThat(advice.getString("sentence"))
                .startsWith("Keep going: '")
                .contains("' leads for 'desktop', but another arm may still earn up to ");
        JsonObject remaining = advice.getJsonArray("checks").getJsonObject(2);
        assertThat(remaining.getString("name")).isEqualTo("remaining");
        assertThat(remaining.getDouble("value"))
                .isEqualTo(advice.getJsonArray("segments")
                        .getJsonObject(1)
                        .getJsonArray("checks")
                        .getJsonObject(2)
                        .getDouble("value"));
    }

    /// 48 conversions are too few for shares of its own, and it is a hundredth of all.
    @Test
    void segment_thatIsSmallAndHasNoSharesOfItsOwn_isAdvisedAndNotWaitedFor() {
        earned("mobile", "a", 40_000, 2_400);
        earned("mobile", "b", 40_000, 1_200);
        earned("desktop", "a", 500, 13);
        earned("desktop", "b", 500, 35);

        JsonObject advice = advice();

        assertThat(advice.getString("sentence")).startsWith("Keep 'a': ");
        assertThat(advice.getString("arm")).isEqualTo("a");
        assertThat(advice.getJsonArray("segments").getJsonObject(1).getString("arm"))
                .as("what is advised about desktops is about desktops")
                .isEqualTo("b");
    }

    @Test
    void units_ofNoDeclaredSegment_areAdvisedByWhatIsKnownOfThem() {
        earned("mobile", "a", 20_000, 1_600);
        earned("mobile", "b", 20_000, 800);
        earned("", "a", 30_000, 1_200);
        earned("", "b", 30_000, 2_000);

        JsonObject advice = advice();

        assertThat(advice.getString("sentence"))
                .startsWith("Keep it running, with 'a' for 'mobile' and 'b' for all others: ");
        JsonObject others = advice.getJsonArray("segments").getJsonObject(1);
        assertThat(others.containsKey("segment")).isTrue();
        assertThat(others.getString("segment")).isNull();
        assertThat(others.getString("arm")).isEqualTo("b");
    }

    @Test
    void segment_thatAnyArmSuits_leavesTheArmOfTheOthers() {
        earned("mobile", "a", 40_000, 1_200);
        earned("mobile", "b", 40_000, 2_400);
        earned("desktop", "a", 4_000_000, 120_000);
        earned("desktop", "b", 4_000_000, 120_010);

        JsonObject advice = advice();

        assertThat(advice.getJsonArray("segments").getJsonObject(1).getString("kind"))
                .isEqualTo("no-difference");
        assertThat(advice.getString("kind")).isEqualTo("stop");
        assertThat(advice.getString("arm")).isEqualTo("b");
    }

    @Test
    void experiment_thatEndedWithAnAnswer_saysWhatItWas() {
        state = Experiment.State.ENDED;
        earned("", "a", 40_000, 1_200);
        earned("", "b", 40_000, 2_400);

        assertThat(advice().getString("sentence"))
                .isEqualTo("'b' was the arm to keep: no other arm was likely to earn noticeably more.");
    }

    @Test
    void segments_thatAgree_haveOneArm() {
        for (String segment : List.of("mobile", "desktop")) {
            earned(segment, "a", 40_000, 1_200);
            earned(segment, "b", 40_000, 2_400);
        }

        assertThat(advice().getString("arm")).isEqualTo("b");
        assertThat(advice().getString("sentence")).startsWith("Keep 'b': ");
    }

    @Test
    void crowd_thatIsNotToldApart_isAdvisedAsOne() {
        earned("", "a", 40_000, 1_200);
        earned("", "b", 40_000, 2_400);

        JsonObject advice = advice();

        assertThat(advice.getString("sentence")).startsWith("Keep 'b': ");
        assertThat(advice.containsKey("segments")).isFalse();
    }

    @Test
    void experiment_thatEndedTooEarly_isNotToldToGoOn() {
        state = Experiment.State.ENDED;
        earned("", "a", 1_000, 60);
        earned("", "b", 1_000, 66);

        assertThat(advice().getString("sentence"))
                .startsWith("It has ended before it could be said which arm to keep: ");
    }

    @Test
    void nobody_hasNothingToSay() {
        JsonObject advice = advice();

        assertThat(advice.getValue("arm")).isNull();
        assertThat(advice.getString("sentence"))
                .isEqualTo("No visitor has been shown an arm yet, so there is nothing to say.");
    }

    private JsonObject advice() {
        JsonObject definition = new JsonObject()
                .put("key", "offer")
                .put(
                        "arms",
                        new JsonArray()
                                .add(new JsonObject().put("key", "a").put("control", true))
                                .add(new JsonObject().put("key", "b")))
                .put("objective", new JsonObject().put("metric", "purchase").put("window", "P1D"))
                .put(
                        "segments",
                        new JsonObject().put("attribute", "device").put("values", JsonArray.of("mobile", "desktop")))
                .put("guardrails", new JsonObject().put("harm", "off").put("budget", "off"));
        Definition read = DefinitionJson.read(definition);
        Experiment experiment = new Experiment(1, 1, state, 1, 2, START, read);
        return Advice.json(
                experiment,
                Learner.step(experiment, counters, Learner.first(experiment, START), NOW)
                        .snapshot(),
                days());
    }

    private void earned(String segment, String arm, long exposures, long conversions) {
        Counters.Cell cell = new Counters.Cell(segment, 1, arm, false, START);
        Tally tally =
                new Tally(exposures, conversions, conversions, conversions, 0, BigInteger.ZERO, 0, BigInteger.ZERO);
        counters = counters.plus(Map.of(cell, tally));
    }

    private static List<Group.Day> days() {
        List<Group.Day> days = new ArrayList<>();
        for (LocalDate date = LocalDate.ofInstant(START, ZoneOffset.UTC);
                date.isBefore(LocalDate.ofInstant(NOW, ZoneOffset.UTC));
                date = date.plusDays(1)) {
            Instant start = date.atStartOfDay().toInstant(ZoneOffset.UTC);
            days.add(new Group.Day(date, start, start.plus(Duration.ofHours(23))));
        }
        return days;
    }
}
