package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.bandolier.bandits.BetaPosterior;
import dev.bandolier.bandits.Thompson;
import dev.bandolier.bandits.Uniform;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BernoulliProblemTest {

    private static final BetaPosterior FLAT = new BetaPosterior(1, 1);
    private static final Player ALTERNATE = (standing, random) -> () -> (int) (standing.played() % standing.arms());

    @Test
    void play_uniform_losesTheMeanGap() {
        Trial trial = problem(10_000, 0.0, 1.0).play(new PolicyPlayer(new Uniform(), FLAT), 1000, 5);

        assertThat(trial.regret()).as("within 4.5 standard errors").isCloseTo(5000, within(225.0));
        assertThat(trial.early()).as("within 4.5 standard errors").isCloseTo(1500, within(124.0));
        assertThat(trial.bestShare()).as("within 4.5 standard errors").isCloseTo(0.5, within(0.072));
    }

    @Test
    void play_alternately_countsWhatIsLostAndWhen() {
        Trial trial = problem(100, 0.3, 0.5).play(ALTERNATE, 1, 6);

        assertThat(trial.regret()).isCloseTo(50 * 0.2, within(1e-12));
        assertThat(trial.early()).isCloseTo(15 * 0.2, within(1e-12));
        assertThat(trial.bestShare()).isEqualTo(0.5);
    }

    @Test
    void play_endsOnOneArm_isMisledIfThatIsWorse() {
        assertThat(problem(100, 0.3, 0.5).play((standing, random) -> () -> 0, 7, 1))
                .isEqualTo(new Trial(sum(100, 0.5 - 0.3), sum(30, 0.5 - 0.3), 0, true));
        assertThat(problem(100, 0.3, 0.5).play((standing, random) -> () -> 1, 7, 1))
                .isEqualTo(new Trial(0, 0, 1, false));
    }

    @Test
    void play_inTurns_showsCountsOnlyBetweenThem() {
        List<Long> seen = new ArrayList<>();
        problem(25, 0.3, 0.5)
                .play(
                        (standing, random) -> () -> {
                            seen.add(standing.played());
                            return 0;
                        },
                        10,
                        3);

        assertThat(seen).hasSize(25);
        assertThat(seen.subList(0, 10)).containsOnly(0L);
        assertThat(seen.subList(10, 20)).containsOnly(10L);
        assertThat(seen.subList(20, 25)).containsOnly(20L);
    }

    /// A certain and an impossible arm would not tell: the outcomes of arms in between do.
    @Test
    void play_otherArms_meetsTheSameChance() {
        List<Long> worse = new ArrayList<>();
        List<Long> better = new ArrayList<>();
        problem(2000, 0.3, 0.5).play(recording(0, worse), 1, 8);
        problem(2000, 0.3, 0.5).play(recording(1, better), 1, 8);

        int late = 0;
        for (int unit = 1; unit < worse.size(); unit++) {
            boolean earned = worse.get(unit) > worse.get(unit - 1);
            assertThat(earned && better.get(unit).equals(better.get(unit - 1))).isFalse();
            late += earned ? 1 : 0;
        }
        assertThat(late).isPositive();
    }

    @Test
    void play_sameSeed_isTheSameTrial() {
        Player thompson = new PolicyPlayer(new Thompson(), FLAT);
        BernoulliProblem problem = problem(500, 0.1, 0.2);

        assertThat(problem.play(thompson, 50, 7)).isEqualTo(problem.play(thompson, 50, 7));
        assertThat(problem.play(thompson, 50, 7)).isNotEqualTo(problem.play(thompson, 50, 8));
    }

    @Test
    void nonsense_isRefusedNamingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(9, 0.1, 0.2))
                .withMessageContaining("horizon 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> problem(10, 0.1, 0.2).play(ALTERNATE, -1, 1))
                .withMessageContaining("batch -1");
    }

    private static double sum(int terms, double each) {
        double[] all = new double[terms];
        Arrays.fill(all, each);
        return Arrays.stream(all).reduce(0, Double::sum);
    }

    private static Player recording(int arm, List<Long> conversions) {
        return (standing, random) -> {
            conversions.add(standing.conversions(arm));
            return () -> arm;
        };
    }

    private static BernoulliProblem problem(int horizon, Double... rates) {
        World world = new World(List.of(rates), Duration.ZERO);
        return new BernoulliProblem("P", "made up", horizon, 0.1, FLAT, random -> world);
    }
}
