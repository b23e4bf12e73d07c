package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What P10 and P11 are there to show. The standard errors are below 5 % of the means, and the rules that are compared
/// differ by a factor of 2 and more: a false alarm of new seeds is less likely than 1 in 10,000.
final class PlayedTest {

    @Test
    void halfLife_rankingFlips_losesAtMostTwoThirdsOfWhatMemoryLoses() {
        int seeds = 12;
        Score forgets = Anchors.score(
                seed -> FlipProblem.play(Optional.of(Duration.ofDays(30)), seed).trial(false), seeds);
        Score remembers =
                Anchors.score(seed -> FlipProblem.play(Optional.empty(), seed).trial(false), seeds);

        assertThat(forgets.mean()).isLessThanOrEqualTo(2.0 / 3 * remembers.mean());
    }

    @Test
    void segments_thatCross_loseAtMost35PercentOfThePooled() {
        int seeds = 30;
        Score pooled = Anchors.score(seed -> CrossingProblem.play(false, seed).trial(false), seeds);
        Score told = Anchors.score(seed -> CrossingProblem.play(true, seed).trial(false), seeds);

        assertThat(told.mean()).isLessThanOrEqualTo(0.35 * pooled.mean());
    }

    @Test
    void play_sameSeed_isTheSameRun() {
        DelayProblem problem = DelayProblem.all().getLast();

        assertThat(problem.play(DelayProblem.Rule.DEFAULTS, 7)).isEqualTo(problem.play(DelayProblem.Rule.DEFAULTS, 7));
        assertThat(problem.play(DelayProblem.Rule.DEFAULTS, 7))
                .isNotEqualTo(problem.play(DelayProblem.Rule.DEFAULTS, 8));
    }

    /// What is counted in the end is what was served: 20,000 units less those since the last look.
    @Test
    void play_toTheEnd_countsEveryUnitOnce() {
        Ending ending = DelayProblem.all().getFirst().play(DelayProblem.Rule.MATURITY, 3);

        assertThat(ending.last().arms().stream()
                        .mapToLong(arm -> arm.counted().exposures())
                        .sum())
                .isEqualTo(DelayProblem.UNITS);
        assertThat(ending.regret()).isBetween(0.0, 0.01 * DelayProblem.UNITS);
        assertThat(ending.possible()).isCloseTo(0.06 * DelayProblem.UNITS, within(1e-6));
    }
}
