package dev.bandolier.bandits.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.Posterior;
import dev.bandolier.bandits.Segments;
import dev.bandolier.bandits.Snapshot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is believed of units of whatever segment, where segments have been served different arms.
class EverybodyTest {

    private static final Segments DEVICES = new Segments("device", List.of("mobile", "desktop"));

    /// Half are on phones, where "a" earns 8 % and "b" 4 %, half at desks: 4 % and 16 %. Each got what suits it, so "a"
    /// has earned 7.8 % where it was shown, and would earn 6 % from everybody.
    @Test
    void arms_thatWereShownToWhomTheySuit_areBelievedToEarnWhatEverybodyWouldBring() {
        Tale tale = Tale.begin("a", "b")
                .with(DEVICES)
                .exposed(Duration.ZERO, "mobile", "a", 19_000, 1_520, 0)
                .exposed(Duration.ZERO, "mobile", "b", 1_000, 40, 0)
                .exposed(Duration.ZERO, "desktop", "a", 1_000, 40, 0)
                .exposed(Duration.ZERO, "desktop", "b", 19_000, 3_040, 0);

        List<Posterior> beliefs = beliefs(tale);

        assertThat(beliefs.get(0).mean()).isCloseTo(0.06, within(0.005));
        assertThat(beliefs.get(1).mean()).isCloseTo(0.10, within(0.005));
        // Half of a weighs 1,000 exposures at 4 %: an error of 0.3 points, 0.6 * 1/2.
        assertThat(Math.sqrt(beliefs.get(0).variance())).isBetween(0.002, 0.0045);
    }

    /// Segments that are alike are one crowd: what is known of it is as much as without segments.
    @Test
    void segments_thatAreAlike_knowAsMuchTogetherAsOneCrowd() {
        Tale one = Tale.begin("a", "b")
                .exposed(Duration.ZERO, "a", 40_000, 2_000)
                .exposed(Duration.ZERO, "b", 40_000, 2_400);
        Tale two = Tale.begin("a", "b").with(DEVICES);
        for (String device : DEVICES.values()) {
            two = two.exposed(Duration.ZERO, device, "a", 20_000, 1_000, 0)
                    .exposed(Duration.ZERO, device, "b", 20_000, 1_200, 0);
        }

        for (int arm = 0; arm < 2; arm++) {
            Posterior crowd = beliefs(one).get(arm);
            Posterior together = beliefs(two).get(arm);
            assertThat(together.mean()).isCloseTo(crowd.mean(), within(0.0005));
            assertThat(Math.sqrt(together.variance() / crowd.variance())).isBetween(0.95, 1.25);
        }
    }

    @Test
    void units_ofNoSegment_countAsOneMore() {
        Tale tale = Tale.begin("a", "b")
                .with(DEVICES)
                .exposed(Duration.ZERO, "mobile", "a", 10_000, 1_000, 0)
                .exposed(Duration.ZERO, "", "a", 30_000, 600, 0);

        assertThat(beliefs(tale).getFirst().mean()).isCloseTo(0.04, within(0.001));
    }

    /// Nine tenths of the units are on phones, which get "a", one tenth at desks, which get "b".
    @Test
    void served_isWhatAllUnitsGet_notWhatThoseOfNoSegmentDo() {
        Snapshot snapshot = step(Tale.begin("a", "b")
                .with(DEVICES)
                .exposed(Duration.ZERO, "mobile", "a", 45_000, 4_500, 0)
                .exposed(Duration.ZERO, "mobile", "b", 45_000, 2_250, 0)
                .exposed(Duration.ZERO, "desktop", "a", 5_000, 100, 0)
                .exposed(Duration.ZERO, "desktop", "b", 5_000, 800, 0));

        assertThat(snapshot.segments()).allMatch(Snapshot.SegmentView::own);
        assertThat(snapshot.served()[0]).isCloseTo(0.9, within(1e-3));
        assertThat(snapshot.served()[1]).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void served_withoutSegments_isTheAllocation() {
        Snapshot snapshot = step(Tale.begin("a", "b").exposed(Duration.ZERO, "a", 500, 25));

        assertThat(snapshot.served()).isEqualTo(snapshot.allocation().probabilities());
    }

    @Test
    void beforeAnybodyCame_thePriorIsBelieved() {
        assertThat(beliefs(Tale.begin("a", "b").with(DEVICES))).isEqualTo(beliefs(Tale.begin("a", "b")));
    }

    private static List<Posterior> beliefs(Tale tale) {
        return step(tale).arms().stream()
                .map(Snapshot.ArmView::belief)
                .map(Snapshot.Belief::posterior)
                .toList();
    }

    private static Snapshot step(Tale tale) {
        return Learner.step(
                        tale.experiment(),
                        tale.counters(),
                        Learner.first(tale.experiment(), Tale.START),
                        Tale.START.plus(Tale.WINDOW.multipliedBy(2)))
                .snapshot();
    }
}
