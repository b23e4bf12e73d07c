package dev.bandolier.bandits.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// P9 against the table of `methods.md` 4, through the learner.
///
/// The share of wrong leaders is held to 7 % and three standard errors of it. False alarm of new seeds: less than 1 in
/// 1000 for each such gate, and 3 in 1000 for each published number.
final class SeasonProblemTest {

    private static final double WRONG_MAX = 0.07;
    private static final int SEEDS = 250;
    private static final int LONG_SEEDS = 600;

    @ParameterizedTest
    @ValueSource(strings = {"P9.3", "P9.5"})
    void epochs_someDaysAreBetter_rarelyEndWithTheWrongLeader(String problem) {
        rarelyWrong(problem, SEEDS);
    }

    @Test
    void rawCounts_duringASale_endWithTheWrongLeaderMoreOften() {
        assertThat(score("P9.5", false, SEEDS).misled())
                .isGreaterThan(1.5 * score("P9.5", true, SEEDS).misled());
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"P9.1", "P9.2", "P9.3", "P9.4", "P9.5", "P9.6", "P9.7", "P9.8"})
    void epochs_600Seeds_rarelyEndWithTheWrongLeader(String problem) {
        rarelyWrong(problem, LONG_SEEDS);
    }

    /// The standard errors of the table lie between 0.03 and 0.10.
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"P9.1, 2.85", "P9.2, 2.67", "P9.3, 2.79", "P9.4, 2.41", "P9.5, 2.46", "P9.6, 2.23"})
    void epochs_600Seeds_loseWhatWasPublished(String problem, double percent) {
        Score score = score(problem, true, LONG_SEEDS);

        assertThat(score.mean()).isCloseTo(percent, within(3 * score.combined(0.07)));
    }

    /// The table names the ends of the fall and not its course, on which the number of conversions depends.
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"P9.7, 2.51", "P9.8, 2.22"})
    void epochs_whileRatesFall_loseNoMoreThanWasPublished(String problem, double percent) {
        Score score = score(problem, true, LONG_SEEDS);

        assertThat(score.mean()).isLessThanOrEqualTo(percent + 3 * score.combined(0.07));
    }

    @Test
    void seasons_dayByDay_areWhatTheySay() {
        assertThat(factors(Season.weekend(0.8, 1.8), 8)).containsExactly(0.8, 0.8, 0.8, 0.8, 0.8, 1.8, 1.8, 0.8);
        assertThat(factors(Season.sale(2, 4, 3), 8)).containsExactly(1, 1, 3, 3, 3, 3, 1, 1);
        assertThat(factors(Season.sliding(2.5, 0.5, 5), 5)).containsExactly(2.5, 2, 1.5, 1, 0.5);
        assertThat(factors(Season.flat(), 2)).containsExactly(1, 1);
    }

    private static double[] factors(Season season, int days) {
        return IntStream.range(0, days)
                .mapToDouble(day -> season.factor(Duration.ofDays(day).plusHours(23)))
                .toArray();
    }

    private static void rarelyWrong(String problem, int seeds) {
        assertThat(score(problem, true, seeds).misled())
                .isLessThanOrEqualTo(WRONG_MAX + 3 * Math.sqrt(WRONG_MAX * (1 - WRONG_MAX) / seeds));
    }

    private static Score score(String name, boolean epochs, int seeds) {
        SeasonProblem problem = SeasonProblem.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Anchors.score(
                seed -> {
                    Ending ending = problem.play(epochs, seed);
                    return ending.percent(SeasonProblem.misled(ending));
                },
                seeds);
    }
}
