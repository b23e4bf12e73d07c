package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Golden;
import dev.bandolier.bandits.Thompson;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What Thompson sampling by quadrature loses in P1 to P3, with prior Beta(1, 1) and through the policy that is
/// served, against a reference that draws for every unit, and against other libraries (`methods.md` 9.2, 9.4).
///
/// False alarm of new seeds: 3 in 1000 for each reference; 2 in 100 for each of MABWiser's, whose policy is the same,
/// and none to speak of for Vowpal Wabbit's.
final class ThompsonRegretTest {

    private static final Player THOMPSON = new PolicyPlayer(new Thompson(), new BetaPosterior(1, 1));
    private static final int SEEDS = 500;
    private static final int LONG_SEEDS = 2000;

    /// Every case of a problem needs the same runs.
    private static final Map<String, Score> SCORES = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C"})
    void thompson_500Seeds_meetsTheReference(String problem) {
        meetsTheReference(problem, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("rivals")
    void thompson_500Seeds_losesNoMoreThan(Golden rival) {
        losesNoMoreThan(rival, SEEDS);
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"A", "B", "C"})
    void thompson_2000Seeds_meetsTheReference(String problem) {
        meetsTheReference(problem, LONG_SEEDS);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("rivals")
    void thompson_2000Seeds_losesNoMoreThan(Golden rival) {
        losesNoMoreThan(rival, LONG_SEEDS);
    }

    static Stream<Golden> rivals() {
        return Stream.concat(
                Golden.startingWith("regret_anchor_mabwiser_TS"), Golden.startingWith("regret_anchor_vw_"));
    }

    private static void meetsTheReference(String problem, int seeds) {
        Golden reference = Golden.named("regret_anchor_numpy_TS_" + problem);
        Score score = score(reference, seeds);

        assertThat(score.mean())
                .isCloseTo(Anchors.mean(reference), within(3 * score.combined(Anchors.error(reference))));
    }

    private static void losesNoMoreThan(Golden rival, int seeds) {
        Score score = score(rival, seeds);

        assertThat(score.mean()).isLessThanOrEqualTo(Anchors.mean(rival) + 2 * score.combined(Anchors.error(rival)));
    }

    /// Arms of P2 are told apart slowly, and a larger batch costs nothing there (`methods.md` 9.3).
    private static Score score(Golden anchor, int seeds) {
        int batch = Anchors.problem(anchor).name().equals("P2") ? 40 : 10;
        return SCORES.computeIfAbsent(
                Anchors.problem(anchor).name() + " " + seeds, name -> Anchors.score(anchor, THOMPSON, batch, seeds));
    }
}
